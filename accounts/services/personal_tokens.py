"""Personal tokens: made, revoked, and looked up when a program sends one.

A token is "okc_p_<prefix>_<secret>": a beginning by which scanners for leaked secrets know it (TOKEN_PATTERN), eight
signs by which it is found and named, and 256 random bits. Whoever holds it may do what it may in the person's name, so
it is shown once, stored as a digest, and never logged.
"""

import re
import secrets
import string
from collections.abc import Collection
from datetime import date, datetime, timedelta
from hashlib import sha256

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts.backends import AccountBackend
from accounts.exceptions import TokenRefused
from accounts.mail_kinds import TOKEN_MADE
from accounts.models import Affiliation, AffiliationState, PersonalToken, TokenScope, User
from accounts.models.personal_token import PREFIX_LENGTH, TOKEN_START
from accounts.services.mail import queue_mail

TOKEN_PATTERN = re.compile(rf"{TOKEN_START}([0-9a-z]{{{PREFIX_LENGTH}}})_[0-9a-f]{{64}}", re.ASCII)

MOST_LIVE = 10
"""So many tokens one person may have at a time: one for each program, and somebody who needs more has lost count."""

MOST_DAYS = 365
DEFAULT_DAYS = 90
"""A token that is forgotten ends with the school term; who wants it longer says so."""

NAME_LENGTH = PersonalToken._meta.get_field("name").max_length or 0

SCHOOL_VOUCHES_FOR = timedelta(days=183)
"""Half a year, in which a school's people come by at least once if they use what a program does for them. After it the
school may long have said that somebody left, to a site that nobody asked it for."""

_USE_NOTED_EACH = timedelta(hours=1)
_PREFIX_SIGNS = string.digits + string.ascii_lowercase
_SECRET_BYTES = 32


@transaction.atomic
def create_token(
    *, user: User, name: str, scopes: Collection[TokenScope], expires_on: date | None = None
) -> tuple[PersonalToken, str]:
    """Store a token and return it with its text, which is nowhere to be had again; its person gets a letter.

    expires_on: the last day on which it works, at most MOST_DAYS from today; None for DEFAULT_DAYS. Raises
    ValidationError that names the field (name, scopes, expires_on), TokenRefused where the person has MOST_LIVE.
    """
    now = timezone.now()
    User.objects.select_for_update(no_key=True).get(pk=user.pk)  # Two at once keep to the limit.
    name = _clean_name(user, name, now)
    if not scopes:
        raise ValidationError({"scopes": [_("Kies ten minste één ding dat met het token mag.")]})
    expires_at = _end_of(expires_on)
    if live_tokens(user, now).count() >= MOST_LIVE:
        raise TokenRefused(
            _("U hebt al %(count)d tokens die werken; meer kan niet. Trek er eerst een in die u niet meer gebruikt.")
            % {"count": MOST_LIVE}
        )
    prefix = "".join(secrets.choice(_PREFIX_SIGNS) for _sign in range(PREFIX_LENGTH))
    text = f"{TOKEN_START}{prefix}_{secrets.token_hex(_SECRET_BYTES)}"
    token = PersonalToken(
        user=user,
        name=name,
        prefix=prefix,
        digest=_digest(text),
        scopes=[scope for scope in TokenScope if scope in scopes],
        created_at=now,
        expires_at=expires_at,
    )
    token.full_clean()
    token.save()
    queue_mail(kind=TOKEN_MADE, user=user, about_id=token.pk)
    return token, text


def revoke_token(*, user: User, pk: int) -> PersonalToken:
    """End one of the person's own tokens at once; one that had ended stays as it was.

    Raises PersonalToken.DoesNotExist for another's as for none.
    """
    token = PersonalToken.objects.get(user=user, pk=pk)
    PersonalToken.objects.filter(pk=token.pk, revoked_at=None).update(revoked_at=timezone.now())
    token.refresh_from_db()
    return token


def revoke_tokens(*, user: User) -> int:
    """End all of the person's tokens that work, at once; how many there were."""
    now = timezone.now()
    return live_tokens(user, now).update(revoked_at=now)


def live_tokens(user: User, now: datetime) -> QuerySet[PersonalToken]:
    return PersonalToken.objects.filter(user=user, revoked_at=None, expires_at__gt=now)


def token_in_use(text: str) -> PersonalToken:
    """The token that a program sent, with its user; that it was used is noted once an hour.

    Raises TokenRefused with the reason and the remedy; the reason is told to whoever has the whole token alone. What
    the token may is another question (PersonalToken.has_scope).
    """
    token = _token_of(text)
    if token is None:
        raise TokenRefused(
            _("Dit token kennen we niet. Kijk of u het helemaal overnam, of maak bij uw account een nieuw.")
        )
    if token.revoked_at is not None:
        raise TokenRefused(_("Dit token is ingetrokken. Maak bij uw account een nieuw."))
    now = timezone.now()
    if token.expires_at <= now:
        raise TokenRefused(
            _("Dit token werkt sinds %(day)s niet meer. Maak bij uw account een nieuw.")
            % {"day": date_format(timezone.localtime(token.expires_at), "j F Y")}
        )
    if not AccountBackend().user_can_authenticate(token.user):
        raise TokenRefused(_("Dit account is niet actief. Vraag de beheerder wat er aan de hand is."))
    if not _school_vouches_for(token.user, now):
        raise TokenRefused(
            _("Uw school bevestigde al een half jaar niet wie u bent. Meld u opnieuw aan via uw school; dan werkt dit"
              " token weer.")
        )  # fmt: skip
    _note_use(token, now)
    return token


def _token_of(text: str) -> PersonalToken | None:
    """Found by its prefix, which is no secret; the digests are compared in a time that tells nothing of them."""
    found = TOKEN_PATTERN.fullmatch(text)
    if found is None:
        return None
    token = PersonalToken.objects.select_related("user").filter(prefix=found[1]).first()
    if token is None or not constant_time_compare(token.digest, _digest(text)):
        return None
    return token


def _school_vouches_for(user: User, now: datetime) -> bool:
    """Whether a federation's person came by it, or was said to work somewhere, not long ago; True for all others."""
    since = now - SCHOOL_VOUCHES_FOR
    if user.is_local or (user.last_login is not None and user.last_login > since):
        return True
    approved = Affiliation.objects.filter(user=user, state=AffiliationState.APPROVED)
    return approved.filter(confirmed_at__gt=since).exists()


def _note_use(token: PersonalToken, now: datetime) -> None:
    before = now - _USE_NOTED_EACH
    if token.last_used_at is not None and token.last_used_at > before:
        return
    # Of many requests at once, one writes.
    due = Q(last_used_at=None) | Q(last_used_at__lte=before)
    PersonalToken.objects.filter(due, pk=token.pk).update(last_used_at=now)
    token.last_used_at = now


def _clean_name(user: User, text: str, now: datetime) -> str:
    """The name with single spaces. Raises ValidationError.

    There is one live token of a name: by it a person knows which to revoke, and a form that is sent twice makes one.
    """
    name = " ".join(text.split())
    if not name:
        raise _refused("name", _("Schrijf waarvoor het token is, zoals de naam van het programma."))
    if not name.isprintable():
        raise _refused("name", _("Er staat een onzichtbaar teken in. Typ het opnieuw."))
    if len(name) > NAME_LENGTH:
        raise _refused(
            "name",
            _("Dit telt %(count)d tekens; dat mogen er %(most)d zijn.") % {"count": len(name), "most": NAME_LENGTH},
        )
    if TOKEN_START in name:
        raise _refused("name", _("Zet hier geen token: deze naam blijft leesbaar. Schrijf waarvoor het token is."))
    if live_tokens(user, now).filter(name=name).exists():
        raise _refused(
            "name",
            _("U hebt al een token met de naam “%(name)s”. Kies een andere, of trek dat eerst in.") % {"name": name},
        )
    return name


def _end_of(expires_on: date | None) -> datetime:
    """The midnight after the last day, by the clock of the site."""
    today = timezone.localdate()
    last = today + timedelta(days=DEFAULT_DAYS) if expires_on is None else expires_on
    if not today <= last <= today + timedelta(days=MOST_DAYS):
        raise _refused(
            "expires_on",
            _("%(day)s kan niet. Kies een dag van vandaag tot en met %(last)s.")
            % {
                "day": date_format(last, "j F Y"),
                "last": date_format(today + timedelta(days=MOST_DAYS), "j F Y"),
            },
        )
    return timezone.make_aware(datetime.combine(last + timedelta(days=1), datetime.min.time()))


def _digest(text: str) -> str:
    return sha256(text.encode()).hexdigest()


def _refused(field: str, text: str) -> ValidationError:
    return ValidationError({field: [text]})
