"""The log of moderation, as moderators and staff read it."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.selectors.people import person_name
from catalogus.web.keyset import keyset_page
from reviews.access import may_set_holding
from reviews.models import ModerationAction, ModerationEntry
from reviews.web.guards import moderators_only

ENTRIES_PER_PAGE = 50

_REFERENCE_LENGTH = 13


@moderators_only
@require_safe
def log_page(request: HttpRequest) -> HttpResponse:
    """The log, newest first; of one action or one review where the address says so. Nothing can be changed."""
    action, review = request.GET.get("actie", ""), request.GET.get("beoordeling", "").strip()
    if action and action not in ModerationAction.values:
        raise Http404(_("Er is geen actie “%(action)s”.") % {"action": action[:40]})
    rows = ModerationEntry.objects.select_related("actor", "method")
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
        "may_set_holding": may_set_holding(request.user),
    }
    return render(request, "reviews/moderation/log.html", context)
