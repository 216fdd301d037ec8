"""People who say that they work at a school, for those who may tell whether it is so."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.access import is_editor, may_decide, schools_led_by
from accounts.models import Affiliation, AffiliationState, Assurance
from accounts.selectors.people import person_name, proven_addresses
from accounts.selectors.sections import decided_for, waiting_for
from accounts.services.affiliations import decide_affiliation, domains_of, end_affiliation
from accounts.web.place_forms import DecideForm, EndForm, try_with
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
    form = DecideForm(request.POST, auto_id=_ids(affiliation))
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


@signed_in_only
@require_POST
def end(request: HttpRequest, pk: int) -> HttpResponse:
    """Say with a reason that a person does not work at the school any more."""
    affiliation = get_object_or_404(Affiliation.objects.select_related("school", "user"), pk=pk)
    if not may_decide(request.user, affiliation):
        raise PermissionDenied
    user, form = visitor(request), EndForm(request.POST, auto_id=_ids(affiliation))
    if form.is_valid():
        reason = form.cleaned_data["reason"]
        if try_with(form, "reason", lambda: end_affiliation(affiliation=affiliation, by=user, reason=reason)):
            words = {"name": person_name(affiliation.user), "school": affiliation.school}
            messages.success(request, _("%(name)s is niet meer bekend als medewerker van %(school)s.") % words)
            return redirect("accounts:waiting")
    return _page(request, refused=(affiliation.pk, form), status=400)


def _page(request: HttpRequest, refused: tuple[int, Form] | None = None, status: int = 200) -> HttpResponse:
    user = visitor(request)
    waiting, decided = waiting_for(user), decided_for(user)
    context = {
        "rows": [_row(affiliation, refused) for affiliation in waiting[:MOST_SHOWN]],
        "decided": [_row(affiliation, refused, EndForm) for affiliation in decided[:MOST_SHOWN]],
        "most": MOST_SHOWN,
        "has_more": len(waiting) > MOST_SHOWN,
        "has_more_decided": len(decided) > MOST_SHOWN,
    }
    return render(request, "accounts/waiting.html", context, status=status)


def _row(affiliation: Affiliation, refused: tuple[int, Form] | None, form: type[Form] = DecideForm) -> dict[str, Any]:
    return {
        "affiliation": affiliation,
        "name": person_name(affiliation.user),
        "address": _address(affiliation),
        "is_refused": affiliation.state == AffiliationState.REFUSED,
        "form": refused[1] if refused and refused[0] == affiliation.pk else form(auto_id=_ids(affiliation)),
    }


def _ids(affiliation: Affiliation) -> str:
    """One form for each person on a page: their fields must differ by id."""
    return f"id_{affiliation.pk}_%s"


def _address(affiliation: Affiliation) -> str:
    """The address on which the request rests, for whoever knows their colleagues' addresses; no other one."""
    if affiliation.assurance != Assurance.MAIL:
        return ""
    domains = set(domains_of(affiliation.school))
    return next((each for each in proven_addresses(affiliation.user) if each.rpartition("@")[2] in domains), "")
