"""People who say that they work at a school, for those who may tell whether it is so."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.access import is_editor, may_decide, schools_led_by
from accounts.models import Affiliation, Assurance
from accounts.selectors.people import person_name, proven_addresses
from accounts.selectors.sections import waiting_for
from accounts.services.affiliations import decide_affiliation, domains_of
from accounts.web.place_forms import DecideForm, try_with
from accounts.web.places import attempt, signed_in_only, visitor

MOST_SHOWN = 100
"""The longest waiting; who comes after them is shown when these were answered."""


@signed_in_only
@require_safe
def waiting_page(request: HttpRequest) -> HttpResponse:
    """Everybody who waits for this person's word."""
    if not (is_editor(request.user) or schools_led_by(request.user)):
        raise PermissionDenied
    return _page(request)


@signed_in_only
@require_POST
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    """Agree (`besluit` = "ja"), or refuse with a reason ("nee"); a reason that is missing is told at its field."""
    affiliation = get_object_or_404(Affiliation.objects.select_related("school", "user"), pk=pk)
    if not may_decide(request.user, affiliation):
        raise PermissionDenied
    user, name = visitor(request), person_name(affiliation.user)
    if request.POST.get("besluit") == "ja":
        attempt(
            request,
            lambda: decide_affiliation(affiliation=affiliation, by=user, is_approved=True),
            _("U hebt bevestigd dat %(name)s bij %(school)s werkt.") % {"name": name, "school": affiliation.school},
        )
        return redirect("accounts:waiting")
    form = _form(affiliation, request)
    if form.is_valid():
        reason = form.cleaned_data["reason"]
        decided = try_with(
            form,
            "reason",
            lambda: decide_affiliation(affiliation=affiliation, by=user, is_approved=False, reason=reason),
        )
        if decided:
            messages.success(request, _("U hebt het niet bevestigd; %(name)s krijgt uw reden.") % {"name": name})
            return redirect("accounts:waiting")
    return _page(request, refused=(affiliation.pk, form), status=400)


def _page(request: HttpRequest, refused: tuple[int, DecideForm] | None = None, status: int = 200) -> HttpResponse:
    waiting = waiting_for(visitor(request))
    rows = [
        {
            "affiliation": affiliation,
            "name": person_name(affiliation.user),
            "address": _address(affiliation),
            "form": refused[1] if refused and refused[0] == affiliation.pk else _form(affiliation),
        }
        for affiliation in waiting[:MOST_SHOWN]
    ]
    context = {"rows": rows, "most": MOST_SHOWN, "has_more": len(waiting) > MOST_SHOWN}
    return render(request, "accounts/waiting.html", context, status=status)


def _form(affiliation: Affiliation, request: HttpRequest | None = None) -> DecideForm:
    return DecideForm(request.POST if request else None, auto_id=f"id_{affiliation.pk}_%s")


def _address(affiliation: Affiliation) -> str:
    """The address on which the request rests, for whoever knows their colleagues' addresses; no other one."""
    if affiliation.assurance != Assurance.MAIL:
        return ""
    domains = set(domains_of(affiliation.school))
    return next((each for each in proven_addresses(affiliation.user) if each.rpartition("@")[2] in domains), "")
