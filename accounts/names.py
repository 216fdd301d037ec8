"""What to call a person on a page, when all that is known may be a code of a school's federation."""

from django.utils.translation import gettext as _

from accounts.models import User


def shown_name(user: User) -> str:
    """The name that the person chose or goes by, else their address, else words: never issuer and subject."""
    return user.display_name or user.sign_in_name or user.email or _("Mijn account")
