"""The content of a record as it was sent, for people: each element with where it goes, and the XML itself."""

import re
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from lxml import etree

from catalogus.web.field_words import field_label
from ingest.exceptions import SourceError
from ingest.koppelpunt.xml import local_name, parse
from ingest.mapping.elements import destination_of

MOST_SIGNS = 200_000
"""Of the XML, and of all values together; fifty times a large record of the real feed."""

MOST_ROWS = 2_000
"""A large record of the real feed has two hundred elements."""

_INDENTED_UP_TO = 1_000_000
"""Bytes: to indent more would cost seconds, of which the reader sees the first fifth of a megabyte."""

_CODES = frozenset({"sectors", "levels", "years", "subjects", "combined"})

_UNREADABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
"""Signs that no XML may hold and no page can show; a record that is not well-formed may have them."""


@dataclass(frozen=True, slots=True)
class ElementRow:
    """destination is empty where the element is kept and not used. key: the path with every place, to compare by."""

    key: str
    path: str
    value: str
    destination: str


@dataclass(frozen=True, slots=True)
class ComparedRow:
    """An element in two contents; None where one does not have it."""

    path: str
    old: str | None
    new: str | None
    destination: str

    @property
    def is_other(self) -> bool:
        return self.old != self.new


@dataclass(frozen=True, slots=True)
class Payload:
    """fault says why there are no rows; has_more_rows: they do not hold all; text is the XML, cut where is_cut."""

    rows: tuple[ElementRow, ...]
    has_more_rows: bool
    text: str
    is_cut: bool
    fault: str


def content_of(compressed: bytes | memoryview) -> bytes:
    """The bytes as they were stored of what was sent."""
    return zlib.decompress(bytes(compressed))


def read_payload(compressed: bytes | memoryview) -> Payload:
    content = content_of(compressed)
    try:
        root = parse(content)
    except SourceError as error:
        return _payload(content.decode("utf-8", "replace"), fault=_readable(str(error)))
    rows, has_more_rows = _bounded(element_rows(root))
    if len(content) <= _INDENTED_UP_TO:
        etree.indent(root)
        text = etree.tostring(root, encoding="unicode")
    else:
        text = content[: MOST_SIGNS * 4].decode("utf-8", "replace")
    return _payload(text, rows=rows, has_more_rows=has_more_rows)


def _bounded(rows: Iterator[ElementRow]) -> tuple[list[ElementRow], bool]:
    """As many rows as a page can bear, and whether there are more or one was cut."""
    found: list[ElementRow] = []
    left = MOST_SIGNS
    for row in rows:
        if len(found) == MOST_ROWS or left <= 0:
            return found, True
        if len(row.value) > left:
            return [*found, replace(row, value=f"{row.value[:left]}…")], True
        found.append(row)
        left -= len(row.value)
    return found, False


def compared(old: Payload, new: Payload) -> tuple[ComparedRow, ...]:
    """Both contents row by row; nothing where one of them cannot be told whole, for then a gap would say nothing."""
    if any(payload.fault or payload.has_more_rows for payload in (old, new)):
        return ()
    before, after = ({row.key: row for row in payload.rows} for payload in (old, new))
    order = list(before)
    place = 0
    for key in after:
        if key in before:
            place = order.index(key) + 1
        else:
            order.insert(place, key)
            place += 1
    return tuple(_compared_row(before.get(key), after.get(key)) for key in order)


def _compared_row(old: ElementRow | None, new: ElementRow | None) -> ComparedRow:
    row = new or old
    if row is None:
        raise ValueError("a row of neither content")
    return ComparedRow(row.path, old.value if old else None, new.value if new else None, row.destination)


def _payload(text: str, *, rows: Iterable[ElementRow] = (), has_more_rows: bool = False, fault: str = "") -> Payload:
    return Payload(
        rows=tuple(rows),
        has_more_rows=has_more_rows,
        text=_readable(text[:MOST_SIGNS]),
        is_cut=len(text) > MOST_SIGNS,
        fault=fault,
    )


@dataclass(frozen=True, slots=True)
class _Path:
    """key: with every place; shown: with those that tell elements apart; plain: without, as destinations have it."""

    key: str
    shown: str
    plain: str


def element_rows(root: etree._Element) -> Iterator[ElementRow]:
    """Every text and attribute below the root in the order of the document, and elements that hold nothing at all.

    Paths begin below the root; one of several elements of a name says which it is: "Authors/Author[2]".
    """
    name = local_name(root)
    yield from _rows_of(root, _Path(name, name, name))
    yield from _rows_below(root, _Path("", "", ""))


def _rows_below(element: etree._Element, above: _Path) -> Iterator[ElementRow]:
    numbers = Counter(map(_name, element))
    met: Counter[str] = Counter()
    for child in element:
        name = _name(child)
        met[name] += 1
        place = f"{name}[{met[name]}]"
        shown = place if numbers[name] > 1 else name
        yield from _rows_of(child, _Path(f"{above.key}{place}", f"{above.shown}{shown}", f"{above.plain}{name}"))
        below = _Path(f"{above.key}{place}/", f"{above.shown}{shown}/", f"{above.plain}{name}/")
        yield from _rows_below(child, below)


def _rows_of(element: etree._Element, path: _Path) -> Iterator[ElementRow]:
    """An element's own attributes and text, the text behind its children included."""
    for name, value in element.attrib.items():
        place = f"/@{etree.QName(str(name)).localname}"
        yield _row(_Path(f"{path.key}{place}", f"{path.shown}{place}", ""), str(value))
    pieces = [element.text, *(child.tail for child in element)]
    text = "\n".join(piece.strip() for piece in pieces if piece and piece.strip())
    if text or not (len(element) or element.attrib):
        yield _row(path, text)


def _row(path: _Path, value: str) -> ElementRow:
    destination = destination_of(path.plain) if path.plain else None
    labels = _labels(destination.fields) if destination else ""
    return ElementRow(path.key, path.shown, _readable(value), labels)


def _labels(names: Sequence[str]) -> str:
    """What the fields are called; the codes that filters use follow from the classification and go without saying."""
    told = [name for name in names if not (name in _CODES and "classification" in names)]
    return ", ".join(dict.fromkeys(map(field_label, told)))


def _name(element: etree._Element) -> str:
    """A processing instruction goes by its target, with a question mark before it."""
    return local_name(element) or f"?{getattr(element, 'target', '')}"


def _readable(text: str) -> str:
    return _UNREADABLE.sub("\ufffd", text)
