"""Ask the demonstration Koppelpunt and read what it says, by the names and namespaces of the standard."""

from dataclasses import dataclass
from functools import cached_property

import httpx
from lxml import etree

NAMESPACES = {
    "srw": "http://www.loc.gov/zing/srw/",
    "diag": "http://www.loc.gov/zing/srw/diagnostic/",
    "dd": "http://meresco.org/namespace/drilldown",
    "eck": "http://dt2.eck.nl/schema/catalogservice/v2.5.2",
    "meta": "http://meresco.org/namespace/harvester/meta",
    "zeerex": "http://explain.z3950.org/dtd/2.0/",
}

# One client, for making one costs more than a page does; without connections kept, for servers come and go.
_CLIENT = httpx.Client(limits=httpx.Limits(max_keepalive_connections=0))


@dataclass(frozen=True)
class Answer:
    body: bytes

    @cached_property
    def root(self) -> etree._Element:
        return etree.fromstring(self.body)

    def texts(self, path: str) -> list[str]:
        """Texts of the elements at an XPath of srw:, dd: and so on."""
        return [element.text or "" for element in self.root.iterfind(f".//{path}", NAMESPACES)]

    def element(self, path: str) -> etree._Element:
        """The first element at an XPath."""
        found = self.root.xpath(path, namespaces=NAMESPACES)
        assert isinstance(found, list)
        assert found, f"nothing at {path}"
        assert isinstance(found[0], etree._Element)
        return found[0]

    @property
    def total(self) -> int:
        return int(self.texts("srw:numberOfRecords")[0])

    @property
    def identifiers(self) -> list[str]:
        return self.texts("srw:recordIdentifier")

    @property
    def diagnostics(self) -> list[str]:
        """The codes: info:srw/diagnostic/1/61 -> "61"."""
        return [text.rpartition("/")[2] for text in self.texts("diag:uri")]

    @property
    def next_position(self) -> int | None:
        return next((int(text) for text in self.texts("srw:nextRecordPosition")), None)

    def counts(self, name: str) -> dict[str, int]:
        """One navigator of the drilldown, in the order of the answer."""
        path = f".//dd:navigator[@name='{name}']/dd:item"
        return {item.text or "": int(item.get("count", "")) for item in self.root.iterfind(path, NAMESPACES)}


def ask(url: str, **parameters: str | int) -> Answer:
    """A search; x_term_drilldown stands for x-term-drilldown."""
    asked = {"operation": "searchRetrieve", "version": "1.2", "query": "*", **parameters}
    response = _CLIENT.get(url, params={name.replace("_", "-"): value for name, value in asked.items()})
    assert response.status_code == 200
    return Answer(response.content)
