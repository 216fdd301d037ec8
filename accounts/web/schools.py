""" "Mijn school": what was confirmed of where a person works, and how to ask for it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.models import Affiliation, AffiliationState, Assurance
from accounts.selectors.schools import find_schools
from accounts.services.affiliations import ask_for_affiliation, leave_school
from accounts.web.place_forms import AskForm, FindSchoolForm, try_with
from accounts.web.places import attempt, signed_in_only, visitor

MOST_ENDED = 5
"""What one was before that is of use to know why it no longer counts; the rest is among one's data."""

MOST_FOUND = 20
"""More than this is no list to choose from; the page asks for another word."""


@signed_in_only
@require_safe
def school_page(request: HttpRequest) -> HttpResponse:
    """Where one works, how sure that is, and with `q` the schools that are found."""
    return _page(request, AskForm())


@signed_in_only
@require_POST
def ask(request: HttpRequest) -> HttpResponse:
    """Ask to be known at a school; what is refused is told at the school that was asked for."""
    form = AskForm(request.POST)
    if form.is_valid():
        user, school = visitor(request), form.cleaned_data["school"]
        if try_with(form, "school", lambda: ask_for_affiliation(user=user, school=school)):
            messages.success(
                request,
                _("Uw aanvraag bij %(school)s is gestuurd. U krijgt mail zodra er besloten is.") % {"school": school},
            )
            return redirect("accounts:school")
    return _page(request, form, status=400)


@signed_in_only
@require_POST
def leave(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Leave a school, or take back what one asked."""
    user = visitor(request)
    affiliation = get_object_or_404(Affiliation.objects.select_related("school"), pk=pk, user=user)
    done = _("U bent niet meer bekend als medewerker van %(school)s.") % {"school": affiliation.school}
    attempt(request, lambda: leave_school(user=user, affiliation=affiliation), done)
    return redirect("accounts:school")


def _page(request: HttpRequest, asked: AskForm, status: int = 200) -> HttpResponse:
    user = visitor(request)
    find = FindSchoolForm(request.GET if "q" in request.GET else None)
    text = find.cleaned_data["q"] if find.is_bound and find.is_valid() else ""
    found = find_schools(text, MOST_FOUND) if text else []
    live = Affiliation.objects.filter(user=user, ended_at=None).select_related("school")
    can_leave = (AffiliationState.PENDING, AffiliationState.APPROVED)
    context = {
        "affiliations": [
            {
                "affiliation": affiliation,
                "can_leave": affiliation.state in can_leave,
                "is_refused": affiliation.state == AffiliationState.REFUSED,
                "is_pending": affiliation.state == AffiliationState.PENDING,
                "is_by_school": affiliation.assurance == Assurance.FEDERATION,
            }
            for affiliation in live
        ],
        "ended": Affiliation.objects.filter(user=user, state=AffiliationState.ENDED)
        .select_related("school")
        .order_by("-ended_at", "-pk")[:MOST_ENDED],
        "find": find,
        "asked": asked,
        "refused_school": asked.cleaned_data.get("school") if asked.is_bound and not asked.is_valid() else None,
        "found": found,
        "has_more": len(found) == MOST_FOUND,
        "has_searched": bool(text),
        "can_ask": user.is_local,
    }
    return render(request, "accounts/school.html", context, status=status)
