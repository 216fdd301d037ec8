"""The ways into the catalogue: searches by sector, by level or group, and by subject, with what each finds."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from catalogus import labels
from catalogus.facets import FACETS, UNKNOWN
from catalogus.search import SearchCriteria
from catalogus.search.overview import SectorOverview
from catalogus.web import formatting
from catalogus.web.addresses import search_url

MOST_SUBJECTS = 12
"""For each sector: what most come for. A page that names all of them is a list to read, not a way in."""

_GROUPS = tuple(f"groep-{number}" for number in range(1, 9))
_BELOW: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "po": ("years", _GROUPS),
    "so": ("years", _GROUPS),
    "vo": ("levels", ("pro", "vmbo", "havo", "vwo")),
    "vso": ("levels", ("vso-db", "vso-am", "vso-vo")),
    "mbo": ("levels", ("mbo-1", "mbo-2", "mbo-3", "mbo-4")),
}
"""What a school of a sector calls its pupils by: a facet and its codes. A product for several sectors brings the levels
of one under another, so they are named here."""


@dataclass(frozen=True, slots=True)
class WayIn:
    """A search, what it is called and how many methods it finds; a count of 1 is told apart for the grammar."""

    label: str
    url: str
    methods: int
    methods_text: str


@dataclass(frozen=True, slots=True)
class SectorWays:
    """A sector with the ways further in. below_label: what `below` are; subject_total: how many subjects there are."""

    code: str
    way: WayIn
    below_label: str
    below: tuple[WayIn, ...]
    subjects: tuple[WayIn, ...]
    subject_total: int
    subjects_url: str


def sector_ways(sector: SectorOverview) -> SectorWays:
    criteria = SearchCriteria(sectors=(sector.code,))
    facet, codes = _BELOW[sector.code]
    counts = sector.years if facet == "years" else sector.levels
    subjects = {code: count for code, count in sector.subjects.items() if code != UNKNOWN}
    most = sorted(subjects, key=lambda code: (-subjects[code], code))[:MOST_SUBJECTS]
    names = labels.value_labels("subjects", most)
    by_name = sorted(most, key=lambda code: names[code])
    return SectorWays(
        code=sector.code,
        way=way_in(labels.value_labels("sectors", [sector.code])[sector.code], criteria, sector.methods),
        below_label=_("Groep") if facet == "years" else labels.facet_label("levels"),
        below=tuple(_ways(criteria, facet, {code: counts[code] for code in codes if counts.get(code)})),
        subjects=tuple(_ways(criteria, "subjects", {code: subjects[code] for code in by_name})),
        subject_total=len(subjects),
        subjects_url=f"{reverse('catalogus:facet', args=[FACETS['subjects'].parameter])}?{criteria.query_string()}",
    )


def _ways(criteria: SearchCriteria, facet: str, counts: Mapping[str, int]) -> Iterable[WayIn]:
    names: Mapping[str, str] = labels.value_labels(facet, counts)
    if facet == "levels":
        names = _short(names)
    return (way_in(names[code], criteria.choosing(facet, code), count) for code, count in counts.items())


def _short(names: Mapping[str, str]) -> Mapping[str, str]:
    """Without what stands in brackets, where the names are told apart without: "Vmbo (pre-vocational education)"."""
    short = {code: name.partition(" (")[0] for code, name in names.items()}
    return short if len(set(short.values())) == len(names) else names


def way_in(label: str, criteria: SearchCriteria, count: int) -> WayIn:
    """A search that finds so many methods."""
    return WayIn(label, search_url(criteria), count, formatting.number(count))
