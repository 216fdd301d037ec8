"""RIS, which most programs that keep references read.

Source: RIS Format Specifications (Research Information Systems): a tag of two signs, two spaces, a dash and a space on
each line, lines end with CR LF, TY first and ER last.
"""

from collections.abc import Iterator

from catalogus.web.citation.reference import Kind, Reference

CONTENT_TYPE = "application/x-research-info-systems; charset=utf-8"

_TYPES = {Kind.BOOK: "BOOK", Kind.WEB: "ELEC", Kind.SOFTWARE: "COMP", Kind.OTHER: "GEN"}


def ris(reference: Reference) -> str:
    """What is not known has no line."""
    return "".join(f"{tag}  - {text}\r\n" for tag, text in _lines(reference))


def _lines(reference: Reference) -> Iterator[tuple[str, str]]:
    day = reference.published_on
    yield "TY", _TYPES[reference.kind]
    yield "ID", reference.key
    facts = [
        ("TI", reference.title),
        *(("AU", author) for author in reference.authors),
        ("PB", reference.publisher),
        ("PY", f"{day:%Y}" if day else ""),
        ("DA", f"{day:%Y/%m/%d}" if day else ""),
        ("ET", reference.edition),
        ("T2", reference.series),
        ("SN", reference.isbn),
        ("LA", reference.language),
        ("N1", f"EAN {reference.ean}" if reference.ean and not reference.isbn else ""),
        ("UR", reference.url),
        ("DB", "Open Keuzecatalogus"),
    ]
    yield from ((tag, text) for tag, text in facts if text)
    yield "ER", ""
