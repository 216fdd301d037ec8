"""The home page: one search field, ways in, what is new and what was reviewed."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from catalogus.choices import News, RatingRange
from catalogus.search import SearchCriteria
from catalogus.search.criteria import Sort
from catalogus.search.overview import overview
from catalogus.web import formatting
from portal.method_tiles import methods_of, new_tiles, reviewed_tiles
from portal.ways_in import sector_ways, way_in

_NEW = SearchCriteria(news=(News.THIS_YEAR.value,), sort=Sort.NEWEST)
_REVIEWED = SearchCriteria(ratings=(RatingRange.ANY.value,), sort=Sort.REVIEWS)


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """From the database alone, so that it stands without an engine.

    One query for the methods that are shown; counts and names are remembered, see `search.overview` and `labels`.
    Before anything is counted it has its search field, and says so.
    """
    found = overview()
    methods = methods_of(found.new, found.reviewed)
    context = {
        "is_counted": found.is_counted,
        "is_empty": not found.products,
        "sectors": [sector_ways(sector) for sector in found.sectors if sector.methods],
        "new": new_tiles(found.new, methods),
        "new_way": way_in("", _NEW, found.new_methods),
        "reviewed": reviewed_tiles(found.reviewed, methods),
        "reviewed_way": way_in("", _REVIEWED, found.reviewed_methods),
        "methods": formatting.number(found.methods),
        "products": formatting.number(found.products),
        "publishers": formatting.number(found.publishers),
        "changed_on": formatting.day(found.changed_at) if found.changed_at else "",
        "canonical_url": request.build_absolute_uri(request.path),
    }
    return render(request, "portal/home.html", context)
