"""A person's own reviews and drafts; taking one back, and what is told after one was sent."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.web.places import signed_in_only, visitor
from reviews.access import own_review
from reviews.exceptions import ReviewChanged, ReviewNotAllowed
from reviews.models import ReviewState
from reviews.selectors.own import own_drafts, own_reviews
from reviews.services.expiring import HELD_BACK_LAST, WITHDRAWN_LAST
from reviews.services.publishing import removed_words, withdraw_review


@signed_in_only
@require_safe
def own(request: HttpRequest) -> HttpResponse:
    """Drafts, and reviews in every state: of a removed one why, and what can be done about it."""
    user = visitor(request)
    reviews = own_reviews(user)
    context = {
        "drafts": own_drafts(user),
        "removed": [one for one in reviews if one.review.state == ReviewState.REMOVED],
        "waiting": [one for one in reviews if one.review.state == ReviewState.WAITING],
        "published": [one for one in reviews if one.review.state == ReviewState.PUBLISHED],
        "withdrawn": [one for one in reviews if one.review.state == ReviewState.WITHDRAWN],
        "withdrawn_days": WITHDRAWN_LAST.days,
        "held_back_days": HELD_BACK_LAST.days,
    }
    return render(request, "reviews/writing/own.html", context)


@signed_in_only
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: HttpRequest, public_id: str) -> HttpResponseBase:
    """GET asks, POST takes it back; 404 for another's."""
    review = own_review(request.user, public_id)
    if review.state == ReviewState.WITHDRAWN:
        messages.info(request, _("Deze beoordeling is al ingetrokken."))
        return redirect("reviews:own")
    if request.method == "POST":
        try:
            withdraw_review(author=visitor(request), review=review)
        except (ReviewNotAllowed, ReviewChanged) as refused:
            messages.error(request, str(refused))
        else:
            messages.success(request, _("De beoordeling is ingetrokken; niemand anders leest haar nog."))
        return redirect("reviews:own")
    if review.state == ReviewState.REMOVED:
        # Nothing is asked of who may not, and a visit takes nothing back.
        messages.error(request, removed_words())
        return redirect("reviews:own")
    context = {"review": review, "days": WITHDRAWN_LAST.days, "held_back_days": HELD_BACK_LAST.days}
    return render(request, "reviews/writing/withdraw.html", context)


@signed_in_only
@require_safe
def thanks(request: HttpRequest, public_id: str) -> HttpResponse:
    """What became of a review that was just sent, and the ways on."""
    return render(request, "reviews/writing/thanks.html", {"review": own_review(request.user, public_id)})
