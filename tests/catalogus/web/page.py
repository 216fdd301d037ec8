"""A page as tests read it."""

from typing import Any

from lxml import html


class Page:
    """The HTML of a response, asked by XPath."""

    def __init__(self, response) -> None:
        self.tree: Any = html.document_fromstring(response.content.decode())

    def texts(self, path: str) -> list[str]:
        """The text of each element, white space folded."""
        return [" ".join(" ".join(element.itertext()).split()) for element in self.tree.xpath(path)]

    def text(self, path: str = "//main") -> str:
        """The text of the one element there is."""
        (text,) = self.texts(path)
        return text

    def all(self, path: str) -> list[Any]:
        """Elements or attribute values."""
        return list(self.tree.xpath(path))

    def href(self, text: str) -> str:
        """Where the first link with this text leads."""
        links = [link for link in self.tree.xpath("//a") if " ".join(link.text_content().split()) == text]
        assert links, f"no link “{text}” among {self.texts('//a')}"
        href: str = links[0].get("href")
        return href
