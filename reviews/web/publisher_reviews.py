"""What teachers say of a publisher's methods, for who speaks for it: first what has no reply yet."""

from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.access import publisher_role
from accounts.models import PublisherRole
from accounts.web.places import signed_in_only
from catalogus.models import Method, Publisher
from catalogus.services.publishers import survivor
from catalogus.web.keyset import keyset_page
from reviews.access import may_see_reviews_of
from reviews.models import Review
from reviews.selectors.authors import shown_author
from reviews.selectors.publisher_reviews import answered_counts, reviewed_methods_of, reviews_to_answer

PER_PAGE = 20

SHOWS, METHOD = "toon", "methode"
"""Parameters: which reviews, and of which method (its public id)."""

ANSWERED = "beantwoord"


@dataclass(frozen=True, slots=True)
class Row:
    review: Review
    author: str


@signed_in_only
@require_safe
def publisher_reviews_page(request: HttpRequest, slug: str) -> HttpResponseBase:
    """Newest first, in pages. Its members see it, and staff; the address of a publisher that was merged leads on."""
    publisher = survivor(get_object_or_404(Publisher, slug=slug))
    if not may_see_reviews_of(request.user, publisher.pk):
        raise PermissionDenied
    if publisher.slug != slug:
        return redirect("reviews:publisher-reviews", publisher.slug)
    return _page(request, publisher)


def _page(request: HttpRequest, publisher: Publisher) -> HttpResponse:
    shows = request.GET.get(SHOWS, "")
    if shows not in {"", ANSWERED}:
        raise Http404(_("Deze pagina is er niet."))
    methods = reviewed_methods_of(publisher)
    method = _method(request, methods)
    is_answered = shows == ANSWERED
    page = keyset_page(
        reviews_to_answer(publisher, is_answered=is_answered, method=method),
        request,
        PER_PAGE,
        newest_first=True,
        named_by="public_id",
    )
    role = publisher_role(request.user, publisher.pk)
    context = {
        "publisher": publisher,
        "methods": methods,
        "method": method,
        "is_answered": is_answered,
        "counts": answered_counts(publisher, method),
        "waiting_url": _address(publisher, method),
        "answered_url": _address(publisher, method, is_answered=True),
        "page": page,
        "rows": [Row(review, shown_author(review)) for review in page.rows],
        "may_reply": role in {PublisherRole.EDITOR, PublisherRole.OWNER},
    }
    return render(request, "reviews/answering/publisher_reviews.html", context)


def _method(request: HttpRequest, methods: list[Method]) -> Method | None:
    """The method that the address names; 404 for one without reviews here."""
    wanted = request.GET.get(METHOD, "")
    if not wanted:
        return None
    found = next((method for method in methods if method.public_id == wanted), None)
    if found is None:
        raise Http404(_("Van deze methode zijn hier geen beoordelingen."))
    return found


def _address(publisher: Publisher, method: Method | None, *, is_answered: bool = False) -> str:
    query = ({METHOD: method.public_id} if method else {}) | ({SHOWS: ANSWERED} if is_answered else {})
    path = reverse("reviews:publisher-reviews", args=[publisher.slug])
    return f"{path}?{urlencode(query)}" if query else path
