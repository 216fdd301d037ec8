"""Accounts of the people whom the demonstration federation knows, as a visit by way of it would make them."""

from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

from allauth.socialaccount.models import SocialAccount
from django.conf import settings

from accounts.claims import CLAIM_MAPS, Claims, read_claims
from accounts.demo.claims import claims_of, sub_of
from accounts.demo.people import Person
from accounts.federation.identity import account_key
from accounts.models import User

_LOOPBACK: Final = frozenset({"127.0.0.1", "localhost", "::1"})


@dataclass(frozen=True, slots=True)
class DemoFederation:
    """name: in settings.FEDERATIONS. claims: whose names it uses."""

    name: str
    label: str
    issuer: str
    claims: str


def demonstration_federation() -> DemoFederation | None:
    """The federation of this machine, the only kind that knows invented people."""
    for name, federation in settings.FEDERATIONS.items():
        if urlsplit(federation["issuer"]).hostname in _LOOPBACK:
            return DemoFederation(name, federation["label"], federation["issuer"], federation["claims"])
    return None


def federated_user(person: Person, federation: DemoFederation | None) -> User | None:
    """Somebody whom the demonstration federation knows; None for who comes for the first time, or without one."""
    if federation is None:
        return None
    claims = claims_at(person, federation)
    user = _move_to_issuer(claims, federation)
    if user is not None or not person.is_known:
        return user
    user = User.objects.create_user(issuer=claims.issuer, subject=claims.subject, display_name=claims.name)
    SocialAccount.objects.create(user=user, provider=federation.name, uid=account_key(claims.issuer, claims.subject))
    return user


def _move_to_issuer(claims: Claims, federation: DemoFederation) -> User | None:
    """The person's account, also from when the federation of this machine had another port, and so another name."""
    user = User.objects.filter(issuer=claims.issuer, subject=claims.subject).first()
    if user is not None:
        return user
    account = SocialAccount.objects.filter(
        provider=federation.name, user__subject=claims.subject, user__issuer__startswith="http://127.0.0.1:"
    ).first()
    if account is None:
        return None
    account.uid = account_key(claims.issuer, claims.subject)
    account.save(update_fields=["uid"])
    moved: User = account.user
    moved.issuer = claims.issuer
    moved.save(update_fields=["issuer"])
    return moved


def claims_at(person: Person, federation: DemoFederation) -> Claims:
    said = {"sub": sub_of(person), **claims_of(person, federation.claims)}
    return read_claims(CLAIM_MAPS[federation.claims], federation.issuer, said)
