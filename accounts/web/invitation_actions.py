"""What is done with an invitation that is on its way, alike for sections and publishers."""

from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _

from accounts.models import Invitation
from accounts.services.invitations import resend_invitation, withdraw_invitation
from accounts.web.places import attempt, visitor


def act_on_invitation(request: HttpRequest, invitation: Invitation, action: str) -> None:
    """Withdraw it ("intrekken") or send its letter again ("opnieuw"). That the visitor may is asked before."""
    user = visitor(request)
    if action == "intrekken":
        done = _("De uitnodiging is ingetrokken; de link in de mail werkt niet meer.")
        attempt(request, lambda: withdraw_invitation(invitation=invitation), done)
    elif action == "opnieuw":
        attempt(
            request,
            lambda: resend_invitation(invitation=invitation, by=user),
            _("De uitnodiging is opnieuw gestuurd."),
        )
    else:
        raise Http404
