"""The page that the letter of an invitation leads to."""

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.exceptions import InvitationRefused
from accounts.models import Invitation, PublisherMember, User
from accounts.selectors.people import masked, person_name, proven_addresses
from accounts.services.invitations import accept_invitation, check_open, read_invitation


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def invitation_page(request: HttpRequest, token: str) -> HttpResponseBase:
    """What one is invited to and by whom, for whoever holds the letter; POST accepts, for who is signed in.

    A link that was never one of ours is not found (404); an invitation that is closed is gone (410).
    """
    try:
        invitation = read_invitation(token)
    except InvitationRefused as refused:
        return _refusal(request, refused, status=404)
    user = request.user if isinstance(request.user, User) else None
    try:
        check_open(invitation, user)
    except InvitationRefused as refused:
        return _refusal(request, refused, status=410)
    if request.method != "POST":
        return _page(request, invitation)
    if user is None:
        return redirect_to_login(request.path)
    try:
        member = accept_invitation(invitation=invitation, user=user)
    except InvitationRefused as refused:
        return _page(request, invitation, refused, status=409)
    return _welcome(request, member, invitation)


def _welcome(request: HttpRequest, member: object, invitation: Invitation) -> HttpResponseBase:
    if isinstance(member, PublisherMember) and invitation.publisher is not None:
        messages.success(request, _("U werkt nu voor %(publisher)s.") % {"publisher": invitation.publisher})
        return redirect("accounts:publisher", invitation.publisher.slug)
    messages.success(request, _("U bent nu lid van de vaksectie."))
    return redirect("accounts:section", invitation.section_id)


def _page(
    request: HttpRequest, invitation: Invitation, refused: InvitationRefused | None = None, status: int = 200
) -> HttpResponse:
    user = request.user
    context = {
        "invitation": invitation,
        "inviter": person_name(invitation.invited_by),
        "address": masked(invitation.email),
        "is_signed_in": user.is_authenticated,
        "owns_address": isinstance(user, User) and invitation.email in proven_addresses(user),
        "onward": urlencode({"next": request.path}),
        "refused": refused,
    }
    return render(request, "accounts/invitation.html", context, status=status)


def _refusal(request: HttpRequest, refused: InvitationRefused, status: int) -> HttpResponse:
    return render(request, "accounts/invitation_closed.html", {"refused": refused}, status=status)
