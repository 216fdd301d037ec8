"""Pages where several rooms meet."""

from dataclasses import dataclass

from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from catalogus.labels import concept_label
from catalogus.models import Scheme
from catalogus.search import SearchCriteria
from catalogus.selectors import catalogue_numbers
from catalogus.web.addresses import search_url
from catalogus.web.formatting import number


@dataclass(frozen=True, slots=True)
class WayIn:
    """A sector, the search for it and how many methods that finds."""

    label: str
    url: str
    methods: int
    methods_text: str


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The search field, ways in by sector, and how much there is: from the database, so it stands without an engine."""
    numbers = catalogue_numbers()
    context = {
        "ways_in": [
            WayIn(concept_label(Scheme.SECTOR, code), search_url(SearchCriteria(sectors=(code,))), count, number(count))
            for code, count in numbers.methods_by_sector.items()
            if count
        ],
        "methods": number(numbers.methods),
        "products": number(numbers.products),
        "publishers": number(numbers.publishers),
        "is_empty": not numbers.products,
        "canonical_url": request.build_absolute_uri(request.path),
    }
    return render(request, "portal/home.html", context)


@never_cache
def healthz(_request: HttpRequest) -> HttpResponse:
    """200 "ok" when this process and its database answer; what asks is a load balancer, not a person."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return HttpResponse("ok", content_type="text/plain")
