"""Which products a search wants, text apart: the rules of `search.filters` as conditions on a row, called `row`.

The filters of a search are slots: one for each facet with a choice, or with something that counts without one; level
and year together are one slot. A product that fails in no slot is a hit; one that fails in a single slot is counted in
that slot's own facets, so that each facet is counted with all choices but its own.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from catalogus.classification import combined_code
from catalogus.facet_rules import first_day_of_this_year
from catalogus.facets import FACETS, UNKNOWN
from catalogus.models import Concept, Scheme
from catalogus.search.criteria import SearchCriteria
from catalogus.search.postgres.codes import has_any, numbers
from catalogus.search.postgres.sql import TRUE, Sql, either, every
from catalogus.services.facet_codes import COMBINED

TOGETHER = ("levels", "years")


@dataclass(frozen=True, slots=True)
class Slot:
    """A condition, and the facets that are counted without it."""

    facets: tuple[str, ...]
    condition: Sql


@dataclass(frozen=True, slots=True)
class RowFilters:
    """always: what every product must fit that is counted anywhere."""

    criteria: SearchCriteria
    always: Sql
    slots: tuple[Slot, ...] = ()

    @classmethod
    def of(cls, criteria: SearchCriteria) -> "RowFilters":
        always = TRUE if criteria.include_all else Sql("NOT row.is_withdrawn")
        slots = [
            Slot((facet,), condition)
            for facet in FACETS
            if facet not in TOGETHER and (condition := _condition(criteria, facet)) is not None
        ]
        chosen = tuple(facet for facet in TOGETHER if criteria.selected(facet))
        if chosen:
            slots.append(Slot(chosen, level_and_year(criteria.levels, criteria.years)))
        return cls(criteria, always, tuple(slots))

    def all(self) -> Sql:
        """Everything that a hit must fit."""
        return every([self.always, *(slot.condition for slot in self.slots)])

    def is_counted_in_pairs(self, facet: str) -> bool:
        """Whether a value of this facet must stand in one group with a chosen value of the other one of the pair."""
        return facet in TOGETHER and any(self.criteria.selected(other) for other in TOGETHER if other != facet)

    def pair(self, facet: str, code: str) -> Sql:
        """With this value alone chosen in its facet, and the choices in the other one of the pair as they are."""
        levels = (code,) if facet == "levels" else self.criteria.levels
        years = (code,) if facet == "years" else self.criteria.years
        return level_and_year(levels, years)


def level_and_year(levels: Sequence[str], years: Sequence[str]) -> Sql:
    """A level and a year hold within one group; where one of them is not stated, the other stands with it."""
    if not levels or not years:
        return every(has_any(facet, codes) for facet, codes in zip(TOGETHER, (levels, years), strict=True) if codes)
    classes = [combined_code(level, year) for level in levels for year in years if UNKNOWN not in (level, year)]
    fits = [has_any(COMBINED, classes)] if classes else []
    if UNKNOWN in levels:
        fits.append(every([has_any("levels", [UNKNOWN]), has_any("years", years)]))
    if UNKNOWN in years:
        fits.append(every([has_any("years", [UNKNOWN]), has_any("levels", levels)]))
    return either(fits)


def is_new() -> Sql:
    """First published this year, or announced for later."""
    return Sql(f"row.published_day >= {first_day_of_this_year().toordinal()}")


def _condition(criteria: SearchCriteria, facet: str) -> Sql | None:
    chosen = criteria.selected(facet)
    if chosen:
        return has_any(facet, chosen) if FACETS[facet].is_stored else is_new()
    if criteria.include_all:
        return None
    if facet == "states":
        return Sql("row.is_orderable")
    return _default_sectors() if facet == "sectors" else None


def _default_sectors() -> Sql:
    """Not what is for sectors alone that stay out by themselves."""
    others = set(
        Concept.objects.filter(scheme=Scheme.SECTOR, is_in_default_search=False).values_list("code", flat=True)
    )
    return has_any("sectors", [code for facet, code in numbers() if facet == "sectors" and code not in others])
