"""Forgetting what is kept for a time only. Every night; each part may run twice and goes by batches."""

import logging
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

from allauth.account.models import EmailAddress
from allauth.usersessions.models import UserSession
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from accounts.models import (
    LOCAL_ISSUER,
    Affiliation,
    AffiliationState,
    Invitation,
    OutgoingMail,
    PersonalToken,
    PublisherMember,
    User,
)

logger = logging.getLogger(__name__)

ADDRESS_KEPT = timedelta(days=30)
"""How long an address stands with a closed invitation or with mail that was given up: time enough to ask about it."""

TOKEN_KEPT = timedelta(days=30)
"""How long a token that works no more is told to its person, who may wonder why a program stopped."""

UNPROVEN_KEPT = timedelta(days=30)
"""How long an account waits for the first proof of an address."""

ENDED_KEPT = timedelta(days=2 * 365)
"""How long it is kept where a person worked: reviews of the last two school years can still be asked about.

A publisher's interest (access.INTEREST_LASTS) is shorter, so nobody's conflict of interest is forgotten too soon.
"""

_BATCH = 500


def forget_what_expired() -> dict[str, int]:
    """Erase everything whose time is over; how many rows of each kind."""
    counts = {name: forget() for name, forget in _PARTS.items()}
    logger.info("forgotten: %s", ", ".join(f"{name} {count}" for name, count in counts.items()))
    return counts


def forget_sessions() -> int:
    """Visits that are over, and what was known of their browser and address."""
    SessionStore.clear_expired()
    live = Session.objects.filter(session_key=OuterRef("session_key"), expire_date__gt=timezone.now())
    return _erase(UserSession.objects.filter(~Exists(live)))


def forget_invited_addresses() -> int:
    """The addresses of invitations that are closed or too old; that there was one stays."""
    before = timezone.now() - ADDRESS_KEPT
    over = Q(accepted_at__lt=before) | Q(withdrawn_at__lt=before) | Q(expires_at__lt=before)
    rows = Invitation.objects.filter(over).exclude(email="")
    return _in_batches(rows, lambda batch: batch.update(email=""))


def forget_given_up_mail() -> int:
    return _erase(OutgoingMail.objects.filter(failed_at__lt=timezone.now() - ADDRESS_KEPT))


def forget_ended_tokens() -> int:
    before = timezone.now() - TOKEN_KEPT
    return _erase(PersonalToken.objects.filter(Q(expires_at__lt=before) | Q(revoked_at__lt=before)))


def forget_unproven_accounts() -> int:
    """Accounts that nobody proved to be theirs, and of which nothing else is known; not those that staff made."""
    before = timezone.now() - UNPROVEN_KEPT
    proven = EmailAddress.objects.filter(user=OuterRef("pk"), verified=True)
    rows = User.objects.filter(
        ~Exists(proven),
        Exists(EmailAddress.objects.filter(user=OuterRef("pk"))),
        issuer=LOCAL_ISSUER,
        sign_in_name=None,
        last_login=None,
        joined_at__lt=before,
        is_staff=False,
        is_superuser=False,
        is_moderator=False,
    )
    for reference in _references_to_people():
        rows = rows.filter(~Exists(reference.model._default_manager.filter(**{reference.name: OuterRef("pk")})))
    return _erase(rows)


def forget_ended_affiliations() -> int:
    """Where a person worked, or was said not to work, longer ago than ENDED_KEPT."""
    before = timezone.now() - ENDED_KEPT
    over = Q(ended_at__lt=before) | Q(state=AffiliationState.REFUSED, decided_at__lt=before)
    return _erase(Affiliation.objects.filter(over))


def forget_ended_memberships() -> int:
    """That a person spoke for a publisher until longer ago than ENDED_KEPT."""
    return _erase(PublisherMember.objects.filter(ended_at__lt=timezone.now() - ENDED_KEPT))


_PARTS: dict[str, Callable[[], int]] = {
    "sessions": forget_sessions,
    "invited addresses": forget_invited_addresses,
    "given-up mail": forget_given_up_mail,
    "ended tokens": forget_ended_tokens,
    "unproven accounts": forget_unproven_accounts,
    "ended affiliations": forget_ended_affiliations,
    "ended memberships": forget_ended_memberships,
}


def _references_to_people() -> Iterator[Any]:
    """The columns of all tables that point to a user, but the addresses themselves: also those of rooms to come."""
    for relation in User._meta.get_fields(include_hidden=True):
        is_reverse = relation.auto_created and not relation.concrete and (relation.one_to_many or relation.one_to_one)
        if is_reverse and relation.related_model is not EmailAddress:
            yield relation.field  # type: ignore[union-attr]  # A reverse relation has one.


def _erase(rows: QuerySet[Any]) -> int:
    """Delete by batches; how many rows went of the table itself, what went with them left out."""
    label = rows.model._meta.label
    return _in_batches(rows, lambda batch: batch.delete()[1].get(label, 0))


def _in_batches(rows: QuerySet[Any], forget: Callable[[QuerySet[Any]], int]) -> int:
    """Let `forget` take rows out of those that are due, so many at a time, until none is left; what it counted."""
    count = 0
    while True:
        with transaction.atomic():
            due = rows.order_by("pk").select_for_update(of=("self",), skip_locked=True)
            batch = list(due.values_list("pk", flat=True)[:_BATCH])
            if not batch:
                return count
            count += forget(rows.model.objects.filter(pk__in=batch))
