"""What may be said of a person to another: a name, an address that they proved to read, a masked one."""

from collections.abc import Iterable

from allauth.account.models import EmailAddress
from django.utils.translation import gettext as _

from accounts.models import User


def person_name(user: User | None) -> str:
    """What others call the person. Never what a federation calls them: its subject is theirs and the federation's."""
    if user is None:
        return _("iemand die hier geen account meer heeft")
    return user.display_name or user.sign_in_name or _("iemand zonder naam")


def proven_addresses(user: User) -> list[str]:
    """The addresses that the person proved to read, in lower case; the one they chose for mail first."""
    addresses = EmailAddress.objects.filter(user=user, verified=True).order_by("-primary", "pk")
    return [address.lower() for address in addresses.values_list("email", flat=True)]


def reads_address(users: Iterable[int], email: str) -> bool:
    """Whether one of these people (their numbers) proved to read the address."""
    return bool(EmailAddress.objects.filter(user__in=users, verified=True, email__iexact=email).exists())


def masked(email: str) -> str:
    """Enough of an address for its owner to know it by: "jansen@school.example" -> "j…@school.example"."""
    name, _at, domain = email.rpartition("@")
    return f"{name[:1]}…@{domain}"
