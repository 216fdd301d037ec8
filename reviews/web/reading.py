"""The pages of reviews that everybody reads: all of a method, one, and what one said before."""

from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.access import may_moderate
from catalogus.models import Method
from catalogus.selectors import method_with_relations, surviving_method
from catalogus.web.addresses import with_query
from reviews.access import (
    is_author,
    may_appeal,
    may_find_helpful,
    may_flag,
    may_read_versions,
    may_reply,
    review_to_read,
)
from reviews.models import HelpfulVote, Review, ReviewState
from reviews.selectors.detail import method_detail, reviewed_editions
from reviews.selectors.filtering import PARAMETERS, ReviewFilter, read_filter, review_facts
from reviews.selectors.listing import PlaceGone, UnknownPlace, reviews_of, with_everything_shown
from reviews.web.cards import review_card, review_cards
from reviews.web.review_filter import described, form_fields, sort_field
from reviews.web.summary import number_text, summary_of
from reviews.web.versions import version_cards

AFTER, BEFORE = "na", "voor"


@require_safe
def method_reviews_page(request: HttpRequest, public_id: str) -> HttpResponse:
    """All published reviews of a method, filtered; nine queries at most. A merged method redirects (301)."""
    method = _method(public_id)
    right = surviving_method(method)
    if right is not method:
        return redirect(
            with_query(reverse("reviews:method-reviews", args=[right.public_id]), request.GET.urlencode()),
            permanent=True,
        )
    chosen, refused = read_filter(request.GET)
    facts = review_facts(method)
    editions = {str(row.pk): _("Uitgave onbekend") if row.is_unknown else row.label for row in reviewed_editions(facts)}
    after, before = request.GET.get(AFTER, ""), request.GET.get(BEFORE, "")
    is_place_gone = False
    try:
        found = reviews_of(method, chosen, after=after, before=before, facts=facts)
    except PlaceGone:
        # Its reader did nothing wrong: the writer took it along with their account.
        found, is_place_gone = reviews_of(method, chosen, facts=facts), True
    except UnknownPlace as error:
        raise Http404(_("Deze pagina is er niet.")) from error
    detail = method_detail(method, chosen, facts=facts)
    return render(
        request,
        "reviews/reading/method.html",
        {
            "method": method,
            "page_description": _("Wat docenten vinden van %(name)s.") % {"name": method.name},
            "canonical_url": request.build_absolute_uri(request.path),
            "has_reviews": bool(facts),
            "is_filtered": not chosen.is_empty,
            "filter_text": described(chosen, editions),
            "refused_filters": refused,
            "fields": [*form_fields(facts, chosen, editions), sort_field(chosen)],
            "product": chosen.product,
            "product_name": PARAMETERS["product"],
            "clear_url": request.path,
            "is_place_gone": is_place_gone,
            "found_text": number_text(found.count),
            "summary": summary_of(detail, is_filtered=not chosen.is_empty),
            "cards": review_cards(found.reviews),
            "previous_url": _page_url(request, chosen, BEFORE, found.before),
            "next_url": _page_url(request, chosen, AFTER, found.after),
        },
    )


@require_safe
def review_page(request: HttpRequest, public_id: str) -> HttpResponse:
    """One review at its own address, and what its reader may do with it.

    What is not published is shown to its writer and to moderators, with the reason; nobody keeps that page.
    """
    user = request.user
    allowed = review_to_read(user, public_id)
    review = with_everything_shown(Review.objects.filter(pk=allowed.pk)).get()
    is_own, finds = is_author(user, review), may_find_helpful(user, review)
    is_public = review.state == ReviewState.PUBLISHED
    response = render(
        request,
        "reviews/reading/review.html",
        {
            "review": review,
            "method": review.shown_method,
            "card": review_card(review),
            "is_public": is_public,
            "is_own": is_own,
            "may_edit": is_own and review.state != ReviewState.WITHDRAWN,
            "may_withdraw": is_own and review.state in (ReviewState.PUBLISHED, ReviewState.WAITING),
            "may_appeal": may_appeal(user, review),
            "may_find_helpful": finds,
            "has_voted": finds and HelpfulVote.objects.filter(review=review, user=user.pk).exists(),
            "may_flag": may_flag(user, review),
            "may_reply": may_reply(user, review),
            "may_read_versions": review.version > 1 and may_read_versions(user, review),
            "may_moderate": may_moderate(user) and not is_own,
            "canonical_url": request.build_absolute_uri(request.path) if is_public else "",
        },
    )
    if not is_public:
        add_never_cache_headers(response)
    return response


@require_safe
def review_versions(request: HttpRequest, public_id: str) -> HttpResponse:
    """What a review said before, for its writer and moderators. Raises Http404 for all others."""
    review = review_to_read(request.user, public_id)
    if not may_read_versions(request.user, review):
        raise Http404
    response = render(
        request,
        "reviews/reading/versions.html",
        {"review": review, "method": review.shown_method, "versions": version_cards(review)},
    )
    add_never_cache_headers(response)
    return response


def _method(public_id: str) -> Method:
    try:
        return method_with_relations(public_id)
    except Method.DoesNotExist as error:
        raise Http404(_("Deze methode staat niet in de catalogus.")) from error


def _page_url(request: HttpRequest, chosen: ReviewFilter, parameter: str, token: str) -> str:
    if not token:
        return ""
    return f"{request.path}?{urlencode({**chosen.parameters(), parameter: token})}"
