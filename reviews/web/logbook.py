"""The log of moderation, as moderators and staff read it."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.selectors.people import person_name
from accounts.web.places import visitor
from catalogus.web.keyset import keyset_page
from reviews.access import judging_nothing, may_erase_reasons, may_set_holding, reviews_to_judge
from reviews.models import ModerationAction, ModerationEntry, Review
from reviews.services.erasing import ERASED, erase_reason
from reviews.web.guards import moderators_only

ENTRIES_PER_PAGE = 50

_REFERENCE_LENGTH = 13
_MOST_DIGITS = 18


@moderators_only
@require_http_methods(["GET", "HEAD", "POST"])
def log_page(request: HttpRequest) -> HttpResponse:
    """The log, newest first, without what its reader may not judge; the address may ask for one action or review.

    Nothing of it can be changed, but that staff erase a reason: POST with the number of the line as `wissen`.
    """
    if request.method == "POST":
        return _erase(request)
    action, review = request.GET.get("actie", ""), request.GET.get("beoordeling", "").strip()
    if action and action not in ModerationAction.values:
        raise Http404(_("Er is geen actie “%(action)s”.") % {"action": action[:40]})
    # What one may not judge one does not read about either. Of a review that is gone the line alone is left.
    hidden = Review.objects.exclude(pk__in=reviews_to_judge(request.user).values("pk"))
    rows = ModerationEntry.objects.exclude(review_ref__in=hidden.values("public_id")).select_related("actor", "method")
    if judging_nothing(request.user):
        rows = rows.none()
    if action:
        rows = rows.filter(action=action)
    if review:
        is_readable = len(review) <= _REFERENCE_LENGTH and "\x00" not in review
        rows = rows.filter(review_ref=review) if is_readable else rows.none()
    page = keyset_page(rows, request, ENTRIES_PER_PAGE, newest_first=True)
    context = {
        "entries": [{"entry": one, "who": person_name(one.actor) if one.actor else ""} for one in page.rows],
        "page": page,
        "actions": ModerationAction.choices,
        "action": action,
        "review": review,
        "may_erase": may_erase_reasons(request.user),
        "erased": ERASED,
        "may_set_holding": may_set_holding(request.user),
    }
    return render(request, "reviews/moderation/log.html", context)


def _erase(request: HttpRequest) -> HttpResponse:
    if not may_erase_reasons(request.user):
        raise PermissionDenied
    given = request.POST.get("wissen", "")
    # Longer numbers are no row's, and the database would not take them.
    is_number = given.isascii() and given.isdigit() and len(given) <= _MOST_DIGITS
    entry = ModerationEntry.objects.filter(pk=int(given)).first() if is_number else None
    if entry is None:
        raise Http404(_("Deze regel staat niet in het logboek."))
    erase_reason(actor=visitor(request), entry=entry)
    messages.success(request, _("De reden is gewist; de regel blijft staan."))
    return redirect("reviews:moderation-log")
