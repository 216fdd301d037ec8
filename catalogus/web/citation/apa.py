"""A line in the manner of APA (7th edition), the one that most schools ask for."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from catalogus.web.citation.reference import Reference


@dataclass(frozen=True, slots=True)
class CitationLine:
    """One sentence after another, of which the title stands in italics."""

    before: str
    title: str
    after: str
    url: str

    def __str__(self) -> str:
        return f"{self.before} {self.title}{self.after} {self.url}"


def citation_line(reference: Reference) -> CitationLine:
    """ "Vries, J. de. (2024). Kompas 3 (5e druk). Noord. https://…"; without an author the publisher stands first."""
    year = str(reference.published_on.year) if reference.published_on else _("z.d.")
    who = _listed(reference.authors) or reference.publisher
    edition = f" ({reference.edition})" if reference.edition else ""
    house = f" {_ended(reference.publisher)}" if reference.authors else ""
    return CitationLine(f"{_ended(who)} ({year}).", reference.title, f"{edition}.{house}", reference.url)


def _listed(names: tuple[str, ...]) -> str:
    """ "A., B. & C."."""
    *most, last = names or ("",)
    return f"{', '.join(most)} & {last}" if most else last


def _ended(text: str) -> str:
    return text if text.endswith(".") else f"{text}."
