"""Which products a search wants, text apart: one filter for each facet, and what counts without any choice.

Filters are made for the fields of a product, wherever they stand: `path` is "" in product documents and "products." in
method documents.
"""

from collections.abc import Iterable, Sequence

from elasticsearch.dsl.query import Bool, Query, Range, Term, Terms

from catalogus.classification import combined_code
from catalogus.facet_rules import first_day_of_this_year
from catalogus.facets import FACETS, UNKNOWN
from catalogus.search.criteria import SearchCriteria

FIELDS = {rule.name: rule.field for rule in FACETS.values()}
"""Facet -> the field that holds its values."""

_TOGETHER = frozenset({"levels", "years"})
_COUNT_WITHOUT_CHOICE = {"states": "is_orderable", "sectors": "is_default_sector"}


class ProductFilters:
    """The filters of a search. Those of two facets narrow each other; values within one are alternatives."""

    def __init__(self, criteria: SearchCriteria, path: str = "") -> None:
        self._criteria = criteria
        self._path = path
        # What was withdrawn stays out although its last state reads "available": a choice of states is no wish for it.
        self._always: list[Query] = [] if criteria.include_all else [self._term("is_withdrawn", value=False)]
        self._own: dict[str, Query] = {}
        for facet in FACETS:
            if facet not in _TOGETHER and (own := self._filter(facet)) is not None:
                self._own[facet] = own

    def all(self) -> list[Query]:
        """Everything that a hit must fit."""
        return self.without()

    def without(self, *facets: str) -> list[Query]:
        """Everything but the choices in these facets."""
        filters = [*self._always, *(own for facet, own in self._own.items() if facet not in facets)]
        levels = () if "levels" in facets else self._criteria.levels
        years = () if "years" in facets else self._criteria.years
        return filters + self._level_and_year(levels, years)

    def narrows(self, facet: str) -> bool:
        """Whether the counts of this facet need a filter of their own, for a choice in it does not count there."""
        return facet in self._own or bool(facet in _TOGETHER and self._criteria.selected(facet))

    def counts_without_choice(self, facet: str) -> bool:
        """Whether leaving its choices out brings in a filter of its own, so that not everything `without` is found."""
        return facet in _COUNT_WITHOUT_CHOICE and not self._criteria.include_all

    def is_counted_in_pairs(self, facet: str) -> bool:
        """Whether a value of this facet must stand in one group with a chosen value of the other one of the pair."""
        return facet in _TOGETHER and any(self._criteria.selected(other) for other in _TOGETHER - {facet})

    def pair(self, facet: str, code: str) -> Query:
        """With this value alone chosen in its facet, and the choices in the other one of the pair as they are."""
        levels = (code,) if facet == "levels" else self._criteria.levels
        years = (code,) if facet == "years" else self._criteria.years
        return Bool(filter=self._level_and_year(levels, years))

    def _filter(self, facet: str) -> Query | None:
        chosen = self._criteria.selected(facet)
        if chosen and not FACETS[facet].is_stored:
            # The one code that a calendar decides; a day is stored as its number.
            return Range(f"{self._path}{FIELDS[facet]}", {"gte": first_day_of_this_year().toordinal()})
        if chosen:
            return self._terms(FIELDS[facet], chosen)
        if facet in _COUNT_WITHOUT_CHOICE and not self._criteria.include_all:
            return self._term(_COUNT_WITHOUT_CHOICE[facet], value=True)
        return None

    def _level_and_year(self, levels: Sequence[str], years: Sequence[str]) -> list[Query]:
        """A level and a year hold within one group: "havo" of one and "leerjaar 3" of another are not "havo 3".

        "unknown" means that no group states a level, or a year; whatever the other one is then stands with it.
        """
        if not levels or not years:
            return [self._terms(name, codes) for name, codes in (("levels", levels), ("years", years)) if codes]
        known_levels = [code for code in levels if code != UNKNOWN]
        known_years = [code for code in years if code != UNKNOWN]
        classes = [combined_code(level, year) for level in known_levels for year in known_years]
        fits: list[Query] = [self._terms("combined", classes)] if classes else []
        if UNKNOWN in levels:
            fits.append(Bool(filter=[self._term("levels", UNKNOWN), self._terms("years", years)]))
        if UNKNOWN in years:
            fits.append(Bool(filter=[self._term("years", UNKNOWN), self._terms("levels", levels)]))
        return [Bool(should=fits, minimum_should_match=1)] if len(fits) > 1 else fits

    def _term(self, name: str, value: str | bool) -> Query:
        return Term(f"{self._path}{name}", {"value": value})

    def _terms(self, name: str, values: Iterable[str]) -> Query:
        return Terms(f"{self._path}{name}", list(values))
