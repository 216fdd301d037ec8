"""What the engine made of the text, above the results: a chip for each thing, each with the search without it."""

from dataclasses import dataclass, replace
from itertools import groupby
from typing import Self

from django.utils.translation import gettext as _

from catalogus.models import Scheme
from catalogus.search import SearchCriteria
from catalogus.search.understanding import Marked, Recognised, Sign, Stretch, Understanding, understand
from catalogus.search.understanding.describing import facet_name, value_names
from catalogus.web import formatting
from catalogus.web.addresses import first_page, search_url
from catalogus.web.layout import Layout

_MOST_VALUES = 3
"""Of more values a chip says what was typed: "leverbaar" is clearer than the five states of what can be ordered."""


@dataclass(frozen=True, slots=True)
class Chip:
    """label: "Niveau: Havo"; remove_url: the search without the words that said so."""

    label: str
    remove_url: str


@dataclass(frozen=True, slots=True)
class Understood:
    """chips in the order of the text; words: what is looked for besides.

    literal_url: the search for the words as they stand, empty where that is the same search. meaning_url: back from
    there, empty elsewhere.
    """

    text: str
    chips: tuple[Chip, ...]
    words: str
    literal_url: str
    meaning_url: str

    @classmethod
    def of(cls, criteria: SearchCriteria, understanding: Understanding, layout: Layout = Layout.LIST) -> Self | None:
        """None where there is nothing to tell: no text, or words alone."""
        stretches: list[Stretch] = sorted(
            (*understanding.recognised, *understanding.marked), key=lambda stretch: (stretch.start, stretch.end)
        )
        chips = tuple(
            _chip(criteria, understanding, list(together), layout)
            for _span, together in groupby(stretches, key=lambda stretch: (stretch.start, stretch.end))
        )
        other_url = ""
        if _reads_otherwise(criteria, understanding):
            other_url = search_url(replace(first_page(criteria), is_literal=not criteria.is_literal), layout)
        literal_url, meaning_url = ("", other_url) if criteria.is_literal else (other_url, "")
        if not chips and not meaning_url:
            return None
        return cls(criteria.text, chips, " ".join(understanding.words), literal_url, meaning_url)


def _reads_otherwise(criteria: SearchCriteria, understanding: Understanding) -> bool:
    """Whether the text means something else when it is read the other way, literally or not."""
    if understanding.recognised:
        return True
    if not criteria.is_literal and not understanding.excluded:
        return False
    other = understand(criteria.text, is_literal=not criteria.is_literal)
    return bool(other.recognised) or other.excluded != understanding.excluded


def _chip(criteria: SearchCriteria, understanding: Understanding, together: list[Stretch], layout: Layout) -> Chip:
    shorter = replace(first_page(criteria), text=understanding.without(together[0]))
    return Chip(", ".join(_label(stretch) for stretch in together), search_url(shorter, layout))


def _label(stretch: Stretch) -> str:
    if isinstance(stretch, Recognised):
        is_years = stretch.facet == "years"
        values = formatting.names(Scheme.YEAR, stretch.codes) if is_years else value_names(stretch)
        said = _(" of ").join(values) if len(values) <= _MOST_VALUES else stretch.text
        return f"{facet_name(stretch)}: {said}"
    assert isinstance(stretch, Marked)  # noqa: S101  There is no third kind.
    names = {Sign.PHRASE: _("Precies"), Sign.EXCLUDED: _("Zonder"), Sign.EAN: _("EAN")}
    said = f"“{stretch.text}”" if stretch.sign == Sign.PHRASE else stretch.text
    return f"{names[stretch.sign]}: {said}"
