"""One section: who is in it, whom it invites, who leads it."""

from collections.abc import Callable

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.access import may_lead, may_see_section, may_take_lead, section_role
from accounts.models import Invitation, Section, SectionMember, SectionRole, User
from accounts.selectors.people import person_name
from accounts.selectors.sections import members_of, open_invitations
from accounts.services import invitations as inviting
from accounts.services import sections as changing
from accounts.web.invitation_actions import act_on_invitation
from accounts.web.place_forms import InviteToSectionForm, try_with
from accounts.web.places import attempt, signed_in_only, visitor


@signed_in_only
@require_safe
def section_page(request: HttpRequest, pk: int) -> HttpResponse:
    section = _section(pk)
    if not (may_see_section(request.user, section) or may_take_lead(request.user, section)):
        raise PermissionDenied
    return _page(request, section, InviteToSectionForm())


@signed_in_only
@require_POST
def invite(request: HttpRequest, pk: int) -> HttpResponse:
    section = _section_to_lead(request, pk)
    form = InviteToSectionForm(request.POST)
    user = visitor(request)
    if form.is_valid():
        email, role = form.cleaned_data["email"], form.cleaned_data["role"]
        sent = try_with(
            form, "email", lambda: inviting.invite_to_section(section=section, email=email, role=role, by=user)
        )
        if sent:
            messages.success(request, _("De uitnodiging aan %(email)s is gestuurd.") % {"email": sent.email})
            return redirect("accounts:section", pk)
    return _page(request, section, form, status=400)


@signed_in_only
@require_POST
def invitation_action(request: HttpRequest, pk: int, invitation_pk: int, action: str) -> HttpResponseBase:
    """Withdraw an invitation, or send its letter again."""
    section = _section_to_lead(request, pk)
    invitation = get_object_or_404(Invitation, pk=invitation_pk, section=section)
    act_on_invitation(request, invitation, action)
    return redirect("accounts:section", pk)


@signed_in_only
@require_POST
def member_action(request: HttpRequest, pk: int, member_pk: int, action: str) -> HttpResponseBase:
    """What a lead does with one member."""
    section = _section_to_lead(request, pk)
    member = get_object_or_404(SectionMember.objects.select_related("user"), pk=member_pk, section=section)
    actions = _member_actions(section, member.user, visitor(request))
    if action not in actions:
        raise Http404
    act, done = actions[action]
    attempt(request, act, done)
    return _back(request, section)


@signed_in_only
@require_POST
def leave(request: HttpRequest, pk: int) -> HttpResponseBase:
    section, user = _section(pk), visitor(request)
    if section_role(user, section) is None:
        raise PermissionDenied
    done = _("U bent geen lid meer van de vaksectie.")
    attempt(request, lambda: changing.leave_section(section=section, user=user), done)
    return _back(request, section)


@signed_in_only
@require_POST
def take_lead(request: HttpRequest, pk: int) -> HttpResponseBase:
    section, user = _section(pk), visitor(request)
    # A member who comes too late is told so; nobody else gets that far.
    if section_role(user, section) is None and not may_take_lead(user, section):
        raise PermissionDenied
    done = _("U bent nu voorzitter van de vaksectie.")
    attempt(request, lambda: changing.take_lead(section=section, user=user), done)
    return _back(request, section)


@signed_in_only
@require_POST
def end(request: HttpRequest, pk: int) -> HttpResponseBase:
    section = _section_to_lead(request, pk)
    attempt(request, lambda: changing.end_section(section=section), _("De vaksectie is opgeheven."))
    return _back(request, section)


def _member_actions(section: Section, member: User, user: User) -> dict[str, tuple[Callable[[], object], str]]:
    """The last part of an address -> what it does, and what is told when it is done."""
    name = person_name(member)
    return {
        "voorzitter": (
            lambda: changing.change_role(section=section, user=member, role=SectionRole.LEAD, by=user),
            _("%(name)s is nu ook voorzitter.") % {"name": name},
        ),
        "lid": (
            lambda: changing.change_role(section=section, user=member, role=SectionRole.MEMBER, by=user),
            _("%(name)s is nu lid en geen voorzitter meer.") % {"name": name},
        ),
        "overdragen": (
            lambda: changing.hand_over(section=section, to=member, by=user),
            _("%(name)s is nu voorzitter; u bent lid.") % {"name": name},
        ),
        "weg": (
            lambda: changing.remove_member(section=section, user=member, by=user),
            _("%(name)s is geen lid meer van de vaksectie.") % {"name": name},
        ),
    }


def _page(request: HttpRequest, section: Section, form: InviteToSectionForm, status: int = 200) -> HttpResponse:
    user = visitor(request)
    sees, leads = may_see_section(user, section), may_lead(user, section)
    members = list(members_of(section)) if sees else []
    own_role = section_role(user, section)
    invitations = open_invitations(Invitation.objects.filter(section=section)) if leads else []
    context = {
        "section": section,
        "members": [
            {
                "member": member,
                "name": person_name(member.user),
                "is_self": member.user_id == user.pk,
                "is_lead": member.role == SectionRole.LEAD,
            }
            for member in members
        ],
        "sees_members": sees,
        "is_member": own_role is not None,
        "is_own_lead": own_role == SectionRole.LEAD,
        "may_lead": leads,
        "may_take_lead": may_take_lead(user, section),
        "invitations": [{"invitation": each, "is_valid": is_valid} for each, is_valid in invitations],
        "form": form,
    }
    return render(request, "accounts/section.html", context, status=status)


def _section(pk: int) -> Section:
    return get_object_or_404(Section.objects.select_related("school", "subject"), pk=pk)


def _section_to_lead(request: HttpRequest, pk: int) -> Section:
    section = _section(pk)
    if not may_lead(request.user, section):
        raise PermissionDenied
    return section


def _back(request: HttpRequest, section: Section) -> HttpResponseBase:
    """To the section for who still sees it, else to the list."""
    section.refresh_from_db(fields=["ended_at"])
    user = request.user
    if section.ended_at is None and (may_see_section(user, section) or may_take_lead(user, section)):
        return redirect("accounts:section", section.pk)
    return redirect("accounts:sections")
