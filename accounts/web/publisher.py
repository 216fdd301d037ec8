"""One publisher: who speaks for it, and, for staff, whom to invite."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.access import is_editor, may_invite_for, may_manage_members_of, publisher_role
from accounts.models import Invitation, PublisherMember
from accounts.selectors.people import person_name
from accounts.selectors.sections import open_invitations
from accounts.services import invitations as inviting
from accounts.services.publisher_members import change_publisher_role, end_publisher_membership
from accounts.web.invitation_actions import act_on_invitation
from accounts.web.place_forms import FindPublisherForm, InviteToPublisherForm, PublisherRoleForm, try_with
from accounts.web.places import attempt, signed_in_only, visitor
from catalogus.models import Publisher
from catalogus.services.publishers import family_of, survivor

MOST_FOUND = 50


@signed_in_only
@require_safe
def publishers_page(request: HttpRequest) -> HttpResponse:
    """The publishers that one speaks for; staff look for any."""
    memberships = PublisherMember.objects.filter(user=visitor(request), ended_at=None).select_related("publisher")
    own = {publisher.pk: publisher for publisher in (survivor(member.publisher) for member in memberships)}
    own = {pk: publisher for pk, publisher in own.items() if publisher_role(request.user, pk)}
    if not own and not is_editor(request.user):
        raise PermissionDenied
    find = FindPublisherForm(request.GET if "q" in request.GET else None) if is_editor(request.user) else None
    text = find.cleaned_data["q"] if find and find.is_bound and find.is_valid() else ""
    found = Publisher.objects.filter(merged_into=None, name__icontains=text)[:MOST_FOUND] if text else []
    context = {"own": list(own.values()), "find": find, "found": found, "has_searched": bool(text)}
    return render(request, "accounts/publishers.html", context)


@signed_in_only
@require_safe
def publisher_page(request: HttpRequest, slug: str) -> HttpResponseBase:
    publisher = _publisher(request, slug)
    if publisher.slug != slug:
        return redirect("accounts:publisher", publisher.slug)
    return _page(request, publisher, InviteToPublisherForm())


@signed_in_only
@require_POST
def invite(request: HttpRequest, slug: str) -> HttpResponse:
    publisher = _publisher(request, slug)
    if not may_invite_for(request.user, publisher.pk):
        raise PermissionDenied
    form, user = InviteToPublisherForm(request.POST), visitor(request)
    if form.is_valid():
        email, role = form.cleaned_data["email"], form.cleaned_data["role"]
        sent = try_with(
            form, "email", lambda: inviting.invite_to_publisher(publisher=publisher, email=email, role=role, by=user)
        )
        if sent:
            messages.success(request, _("De uitnodiging aan %(email)s is gestuurd.") % {"email": sent.email})
            return redirect("accounts:publisher", publisher.slug)
    return _page(request, publisher, form, status=400)


@signed_in_only
@require_POST
def invitation_action(request: HttpRequest, slug: str, invitation_pk: int, action: str) -> HttpResponseBase:
    """Withdraw an invitation, or send its letter again."""
    publisher = _publisher(request, slug)
    if not may_invite_for(request.user, publisher.pk):
        raise PermissionDenied
    act_on_invitation(request, get_object_or_404(_invitations(publisher), pk=invitation_pk), action)
    return redirect("accounts:publisher", publisher.slug)


@signed_in_only
@require_POST
def member_action(request: HttpRequest, slug: str, member_pk: int, action: str) -> HttpResponseBase:
    """Give a member another role (`role`), or end that they speak for the publisher."""
    publisher, user = _publisher(request, slug), visitor(request)
    if not may_manage_members_of(user, publisher.pk):
        raise PermissionDenied
    member = get_object_or_404(_members(publisher), pk=member_pk)
    if action == "weg":
        done = _("%(name)s werkt niet meer voor %(publisher)s.")
        words = {"name": person_name(member.user), "publisher": publisher}
        attempt(request, lambda: end_publisher_membership(member=member, by=user), done % words)
    elif action == "rol":
        _give_role(request, member)
    else:
        raise Http404
    if publisher_role(user, publisher.pk) is None and not is_editor(user):
        return redirect("accounts:overview")
    return redirect("accounts:publisher", publisher.slug)


def _give_role(request: HttpRequest, member: PublisherMember) -> None:
    form, user = PublisherRoleForm(request.POST), visitor(request)
    if not form.is_valid():
        messages.error(request, _("Kies een van de rollen uit de lijst; er is niets veranderd."))
        return
    role = form.cleaned_data["role"]
    done = _("%(name)s is nu %(role)s.") % {"name": person_name(member.user), "role": role.label}
    attempt(request, lambda: change_publisher_role(member=member, role=role, by=user), done)


def _page(request: HttpRequest, publisher: Publisher, form: InviteToPublisherForm, status: int = 200) -> HttpResponse:
    user = request.user
    invites, manages = may_invite_for(user, publisher.pk), may_manage_members_of(user, publisher.pk)
    open_ones = open_invitations(_invitations(publisher)) if invites else []
    context = {
        "publisher": publisher,
        "members": [
            {
                "member": member,
                "name": person_name(member.user),
                "is_self": member.user_id == user.pk,
                "form": PublisherRoleForm(initial={"role": member.role}, auto_id=f"id_{member.pk}_%s"),
            }
            for member in _members(publisher)
        ],
        "may_invite": invites,
        "may_manage": manages,
        "invitations": [{"invitation": each, "is_valid": is_valid} for each, is_valid in open_ones],
        "form": form,
    }
    return render(request, "accounts/publisher.html", context, status=status)


def _publisher(request: HttpRequest, slug: str) -> Publisher:
    """The publisher, for who speaks for it and for staff; one that was merged is the one that goes on."""
    publisher = survivor(get_object_or_404(Publisher, slug=slug))
    if not is_editor(request.user) and publisher_role(request.user, publisher.pk) is None:
        raise PermissionDenied
    return publisher


def _members(publisher: Publisher) -> QuerySet[PublisherMember]:
    rows = PublisherMember.objects.filter(publisher_id__in=family_of(publisher.pk), ended_at=None)
    return rows.select_related("user").order_by("joined_at", "pk")


def _invitations(publisher: Publisher) -> QuerySet[Invitation]:
    return Invitation.objects.filter(publisher_id__in=family_of(publisher.pk))
