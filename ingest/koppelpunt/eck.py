"""An ECK Entry as texts: elements by their local names, of every schema version from 2.1.1 to 2.5.2.

Source: ECK Distributie en Toegang, catalogservice, element Entry. Elements stand directly under Entry.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from lxml import etree

from ingest.koppelpunt.xml import child, children, local_name, text_of


@dataclass(frozen=True, slots=True)
class Group:
    """One classification group, as texts. rubrics are the publisher's own headings (element Subject), no subjects."""

    sectors: tuple[str, ...]
    courses: tuple[str, ...]
    levels: tuple[str, ...]
    years: tuple[str, ...]
    rubrics: tuple[str, ...]


class Entry:
    """Reads texts from an Entry element; all are without white space at their ends, and empty ones are left out.

    children_by_name: what stands directly under it, by local names.
    """

    def __init__(self, element: etree._Element) -> None:
        self.children_by_name: dict[str, list[etree._Element]] = {}
        for found in element.iterchildren("{*}*"):
            self.children_by_name.setdefault(local_name(found), []).append(found)

    def text(self, name: str) -> str:
        """The first such element's text; empty where there is none."""
        return _first(self.children_by_name.get(name, ()))

    def all_texts(self, name: str) -> tuple[str, ...]:
        """The texts of all such elements, without repeats."""
        return _unique(self.children_by_name.get(name, ()))

    def texts(self, parent: str, name: str) -> tuple[str, ...]:
        """("Authors", "Author") -> the texts of all such elements within such parents, without repeats."""
        parents = self.children_by_name.get(parent)
        return _unique([found for element in parents for found in children(element, name)]) if parents else ()

    def first_text(self, *path: str) -> str:
        """("Prices", "Price", "Amount") -> the first text at that path; empty where there is none."""
        elements = self.children_by_name.get(path[0], [])
        for name in path[1:]:
            elements = [found for element in elements for found in children(element, name)]
        return _first(elements)

    def prices(self) -> tuple[tuple[str, str], ...]:
        """(amount, VAT) of each Prices/Price; a product with parts at several rates has several."""
        return tuple(
            (text_of(child(price, "Amount")), text_of(child(price, "VAT")))
            for prices in self.children_by_name.get("Prices", ())
            for price in children(prices, "Price")
        )

    def groups(self) -> tuple[Group, ...]:
        """The classification: CurriculumInfo where it says something, else the DEP elements, else those of 2.3."""
        groups = tuple(_group(element) for element in self.children_by_name.get("CurriculumInfo", []))
        groups = tuple(group for group in groups if any((group.sectors, group.courses, group.levels, group.years)))
        return groups or self._flat_group("DEP") or self._flat_group("")

    def _flat_group(self, prefix: str) -> tuple[Group, ...]:
        sectors, courses, levels, years, rubrics = (
            self.texts(f"{prefix}{name}s", f"{prefix}{name}")
            for name in ("Sector", "Course", "Level", "Year", "Subject")
        )
        found = Group(sectors, courses, levels, years, rubrics)
        return (found,) if any((sectors, courses, levels, years, rubrics)) else ()


def _first(elements: Iterable[etree._Element]) -> str:
    # A loop over what text_of does: a feed is a million of these.
    for element in elements:
        if text := (element.text or "").strip():
            return text
    return ""


def _unique(elements: Sequence[etree._Element]) -> tuple[str, ...]:
    if not elements:
        return ()
    return tuple(dict.fromkeys([text for element in elements if (text := (element.text or "").strip())]))


def _group(element: etree._Element) -> Group:
    entry = Entry(element)
    return Group(
        sectors=entry.all_texts("Sector") or entry.texts("Sectors", "Sector"),
        courses=entry.texts("Courses", "Course"),
        levels=entry.texts("Levels", "Level"),
        years=entry.texts("Years", "Year"),
        rubrics=entry.texts("Subjects", "Subject"),
    )
