"""BibTeX, in UTF-8: what LaTeX would take for a command is written as the sign that it stands for.

A field stands in braces, and BibTeX counts these whatever stands before them, so a brace of a title is written as a
command too. A title stands in two pairs: without the second many styles make its capitals small.
"""

import re
from collections.abc import Iterator

from catalogus.web.citation.reference import Kind, Reference

CONTENT_TYPE = "application/x-bibtex; charset=utf-8"

_COMMANDS = str.maketrans(
    {
        "\\": r"\textbackslash{}",
        "{": r"\textbraceleft{}",
        "}": r"\textbraceright{}",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
        **{sign: f"\\{sign}" for sign in "#$%&_"},
    }
)
_TYPES = {Kind.BOOK: "book", Kind.WEB: "misc", Kind.SOFTWARE: "misc", Kind.OTHER: "misc"}
_JOINS_NAMES = re.compile(r"\band\b|\bothers\b", re.IGNORECASE)
_MOST_COMMAS = 2
"""BibTeX reads "last, jr, first" and refuses more."""


def bibtex(reference: Reference) -> str:
    """What is not known has no field."""
    fields = "".join(f"  {name} = {{{value}}},\n" for name, value in _fields(reference) if value)
    return f"@{_TYPES[reference.kind]}{{{reference.key},\n{fields}}}\n"


def _fields(reference: Reference) -> Iterator[tuple[str, str]]:
    yield "title", f"{{{_escaped(reference.title)}}}"
    yield "author", " and ".join(map(_name, reference.authors))
    yield "publisher", _escaped(reference.publisher)
    yield "year", f"{reference.published_on:%Y}" if reference.published_on else ""
    yield "edition", _escaped(reference.edition)
    yield "series", _escaped(reference.series)
    yield "isbn", reference.isbn
    yield "language", reference.language
    yield "note", f"EAN {reference.ean}" if reference.ean and not reference.isbn else ""
    # An address is read as it stands, by \url and by programs alike; one of ours has no signs that need writing.
    yield "url", reference.url


def _name(author: str) -> str:
    """In braces of its own where BibTeX would read several names, or none, in it."""
    text = _escaped(author)
    return f"{{{text}}}" if _JOINS_NAMES.search(author) or author.count(",") > _MOST_COMMAS else text


def _escaped(text: str) -> str:
    return text.translate(_COMMANDS)
