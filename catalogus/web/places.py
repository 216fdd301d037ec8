"""For which classes a product is: places of a sector, level and year that belong together.

What stands in one group of the classification belongs together: a product for havo 3 and vwo 4 is not one for havo 4.
A part that a group does not state is UNKNOWN.
"""

from collections.abc import Iterable, Mapping, Sequence, Set
from functools import cache
from typing import NamedTuple

from catalogus import labels
from catalogus.facets import UNKNOWN
from catalogus.models import Scheme

Groups = Sequence[Mapping[str, Sequence[str]]]


class Place(NamedTuple):
    sector: str
    level: str
    year: str


class Places:
    """Reads places with the vocabularies of now; make one for each page, as editors change them."""

    def __init__(self) -> None:
        self._sectors = {scheme: labels.concept_sectors(scheme) for scheme in (Scheme.LEVEL, Scheme.YEAR)}
        self._broader = labels.broader_codes(Scheme.LEVEL)
        self.related_levels = cache(self._related_levels)

    def of(self, groups: Groups) -> frozenset[Place]:
        """The places of a product by its classification; at least one."""
        found = (
            Place(sector, level, year)
            for group in groups or ({},)
            for sector in group.get("sectors") or (UNKNOWN,)
            for level in self._fitting(Scheme.LEVEL, sector, group.get("levels", ()), group.get("sectors", ()))
            for year in self._fitting(Scheme.YEAR, sector, group.get("years", ()), group.get("sectors", ()))
        )
        return frozenset(found)

    def is_for(self, places: Iterable[Place], *, sector: str = "", level: str = "", year: str = "") -> bool:
        """Whether one of the places is in this sector, of this level and year; "" asks nothing.

        As in search, what is for all of vmbo is for each of its tracks, and what is for one of them is for vmbo.
        """
        return any(
            (not sector or place.sector == sector)
            and (not level or level in self.related_levels(place.level))
            and (not year or place.year == year)
            for place in places
        )

    def _fitting(self, scheme: Scheme, sector: str, codes: Sequence[str], sectors: Sequence[str]) -> Sequence[str]:
        """Those codes of a group that are words of this sector, or of none that the group names."""
        known = self._sectors[scheme]
        fitting = [
            code
            for code in codes
            if not (of := known.get(code)) or sector in of or sector == UNKNOWN or of.isdisjoint(sectors)
        ]
        return fitting or (UNKNOWN,)

    def _related_levels(self, level: str) -> Set[str]:
        """The level with those above and below it."""
        above = set(self._above(level))
        below = {code for code in self._broader if level in self._above(code)}
        return {level} | above | below

    def _above(self, level: str) -> Iterable[str]:
        seen = {level}
        while (level := self._broader.get(level, "")) and level not in seen:
            seen.add(level)
            yield level
