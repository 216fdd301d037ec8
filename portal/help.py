"""Pages that explain the site and answer for it; what stands in them is in their templates."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from catalogus.search.criteria import MAX_REACHABLE, MAX_TEXT_LENGTH, PAGE_SIZES
from catalogus.web.formatting import number
from portal.api_examples import api_examples
from portal.help_pages import help_context
from portal.review_sorting import sorting_example
from reviews.rubric import LEAST_SCORED
from reviews.selectors.rubrics import current_rubric
from reviews.spread import LEAST_AUTHORS, LEAST_SCHOOLS


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    return render(request, "portal/help.html", help_context(request, "portal:help"))


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    context = help_context(request, "portal:help-search") | {"most_signs": MAX_TEXT_LENGTH}
    return render(request, "portal/help_search.html", context)


@require_safe
def reviews(request: HttpRequest) -> HttpResponse:
    """One query, for the prior; the rubric is remembered."""
    context = help_context(request, "portal:help-reviews") | {
        "rubric": current_rubric(),
        "sorting": sorting_example(),
        "least_scored": LEAST_SCORED,
        "least_authors": LEAST_AUTHORS,
        "least_schools": LEAST_SCHOOLS,
    }
    return render(request, "portal/help_reviews.html", context)


@require_safe
def data(request: HttpRequest) -> HttpResponse:
    return render(request, "portal/help_data.html", help_context(request, "portal:help-data"))


@require_safe
def api(request: HttpRequest) -> HttpResponse:
    """One query, for a product to show in the examples."""
    context = help_context(request, "portal:help-api") | {
        "examples": api_examples(request),
        "most_reached": number(MAX_REACHABLE),
        "largest_page": PAGE_SIZES[-1],
        "openapi_url": request.build_absolute_uri(reverse("openapi")),
    }
    return render(request, "portal/help_api.html", context)


@require_safe
def about(request: HttpRequest) -> HttpResponse:
    return render(request, "portal/about.html", help_context(request, "portal:about"))


@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    context = help_context(request, "portal:accessibility") | contact()
    return render(request, "portal/accessibility.html", context)


@require_safe
def contact_page(request: HttpRequest) -> HttpResponse:
    return render(request, "portal/contact.html", help_context(request, "portal:contact") | contact())


def contact() -> dict[str, object]:
    """Where to write to; "" where who runs the site gave no address."""
    return {"contact": settings.CONTACT, "contact_is_mail": "@" in settings.CONTACT}
