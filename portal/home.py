"""The home page: one search field, ways in, what is new and what was reviewed."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from catalogus import labels
from catalogus.choices import News, RatingRange
from catalogus.facets import FACETS, UNKNOWN
from catalogus.models import Method
from catalogus.search import SearchCriteria
from catalogus.search.criteria import Sort
from catalogus.search.overview import NamedMethod, Overview, SectorOverview, overview
from catalogus.web import formatting, hits
from catalogus.web.addresses import method_url, search_url
from catalogus.web.covers import Cover, drawn_cover

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


@dataclass(frozen=True, slots=True)
class MethodTile:
    """A method with its cover. note: why it stands here."""

    name: str
    url: str
    cover: Cover
    about: str
    audience: str
    note: str


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """From the database alone, so that it stands without an engine.

    One query for the methods that are shown; counts and names are remembered, see `search.overview` and `labels`.
    """
    found = overview()
    methods = _methods([*found.new, *found.reviewed])
    new = SearchCriteria(news=(News.THIS_YEAR.value,), sort=Sort.NEWEST)
    reviewed = SearchCriteria(ratings=(RatingRange.ANY.value,), sort=Sort.REVIEWS)
    context = {
        "is_home": True,
        "is_empty": not found.products,
        "sectors": [_sector_ways(sector) for sector in found.sectors if sector.methods],
        "new": _new_tiles(found, methods),
        "new_way": _way("", new, found.new_methods),
        "reviewed": _reviewed_tiles(found, methods),
        "reviewed_way": _way("", reviewed, found.reviewed_methods),
        "methods": formatting.number(found.methods),
        "products": formatting.number(found.products),
        "publishers": formatting.number(found.publishers),
        "changed_on": formatting.day(found.changed_at) if found.changed_at else "",
        "canonical_url": request.build_absolute_uri(request.path),
    }
    return render(request, "portal/home.html", context)


def _sector_ways(sector: SectorOverview) -> SectorWays:
    criteria = SearchCriteria(sectors=(sector.code,))
    facet, codes = _BELOW[sector.code]
    counts = sector.years if facet == "years" else sector.levels
    subjects = {code: count for code, count in sector.subjects.items() if code != UNKNOWN}
    most = sorted(subjects, key=lambda code: (-subjects[code], code))[:MOST_SUBJECTS]
    names = labels.value_labels("subjects", most)
    by_name = sorted(most, key=lambda code: names[code])
    return SectorWays(
        code=sector.code,
        way=_way(labels.value_labels("sectors", [sector.code])[sector.code], criteria, sector.methods),
        below_label=_("Groep") if facet == "years" else labels.facet_label("levels"),
        below=tuple(_ways(criteria, facet, {code: counts[code] for code in codes if counts.get(code)})),
        subjects=tuple(_ways(criteria, "subjects", {code: subjects[code] for code in by_name})),
        subject_total=len(subjects),
        subjects_url=f"{reverse('catalogus:facet', args=[FACETS['subjects'].parameter])}?{criteria.query_string()}",
    )


def _ways(criteria: SearchCriteria, facet: str, counts: Mapping[str, int]) -> Iterable[WayIn]:
    names = _short(labels.value_labels(facet, counts))
    return (_way(names[code], criteria.choosing(facet, code), count) for code, count in counts.items())


def _short(names: Mapping[str, str]) -> Mapping[str, str]:
    """Without what stands in brackets, where the names are told apart without: "Vmbo (pre-vocational education)"."""
    short = {code: name.partition(" (")[0] for code, name in names.items()}
    return short if len(set(short.values())) == len(names) else names


def _way(label: str, criteria: SearchCriteria, count: int) -> WayIn:
    return WayIn(label, search_url(criteria), count, formatting.number(count))


def _methods(named: Iterable[NamedMethod]) -> Mapping[int, Method]:
    """Those that still stand; what was counted may be minutes old."""
    ids = {method.pk for method in named}
    if not ids:
        return {}
    return Method.objects.live().filter(pk__in=ids).select_related("publisher").in_bulk()


def _new_tiles(found: Overview, methods: Mapping[int, Method]) -> list[MethodTile]:
    return [
        _tile(
            methods[named.pk],
            named,
            _("Verschenen op %(day)s") % {"day": formatting.day(named.published_on)} if named.published_on else "",
        )
        for named in found.new
        if named.pk in methods
    ]


def _reviewed_tiles(found: Overview, methods: Mapping[int, Method]) -> list[MethodTile]:
    return [
        _tile(methods[named.pk], named, hits.rating_text(method.review_mean, method.review_count))
        for named in found.reviewed
        if (method := methods.get(named.pk)) is not None and method.review_count
    ]


def _tile(method: Method, named: NamedMethod, note: str) -> MethodTile:
    publisher: str = method.publisher.name
    subjects = hits.subjects(named.subjects)
    return MethodTile(
        name=method.name,
        url=method_url(method.public_id, method.name),
        cover=drawn_cover(method.name, publisher),
        about=" · ".join(part for part in (publisher, subjects) if part),
        audience=hits.audience(named.levels, named.years),
        note=note,
    )
