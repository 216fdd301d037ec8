"""What django-allauth tells, handed on to services."""

from typing import Any

from allauth.account.signals import email_changed, password_changed, password_reset, password_set
from django.contrib import messages
from django.dispatch import receiver
from django.http import HttpRequest
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.services.affiliations import end_where_address_went
from accounts.services.personal_tokens import revoke_tokens


@receiver(email_changed, dispatch_uid="accounts.receivers.let_go_of_schools")
def let_go_of_schools(request: HttpRequest, user: User, **_told: Any) -> None:
    """Who is known to work somewhere by an address is so as long as they have it."""
    for school in end_where_address_went(user=user):
        messages.info(
            request,
            _("U bent niet meer bekend als medewerker van %(school)s, want dat berustte op uw vorige adres.")
            % {"school": school},
        )


@receiver([password_changed, password_reset, password_set], dispatch_uid="accounts.receivers.end_tokens")
def end_tokens(request: HttpRequest, user: User, **_told: Any) -> None:
    """A new password ends all visits but this one, and so what programs hold: who fears a thief asks for one."""
    if revoke_tokens(user=user):
        messages.info(
            request,
            _("Uw tokens voor programma's zijn ingetrokken, want uw wachtwoord is nieuw. Maak ze opnieuw waar u ze nog"
              " gebruikt."),
        )  # fmt: skip
