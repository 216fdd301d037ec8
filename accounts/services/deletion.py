"""Deleting an account, and with it all that is held of a person."""

import logging

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from accounts.exceptions import DeletionRefused
from accounts.models import DEMONSTRATION_ISSUER, User
from accounts.personal_data import holdings
from accounts.services.sessions import end_sessions

logger = logging.getLogger(__name__)


@transaction.atomic
def delete_account(*, user: User) -> None:
    """Erase a person: ends their visits, takes them out of what stays, and erases the rest.

    What becomes of each table is told by the registry (accounts.personal_data). May be called again for who is gone.
    Raises DeletionRefused for the last who may do everything, and where a room cannot let go of them at this moment.
    """
    # Who writes something of a person takes what it is about first and the person last; so does this.
    for holding in holdings():
        if holding.lock is not None:
            holding.lock(user)
    # In one order and with all administrators, so that two of them who go at once do not both pass for not the last.
    locked = User.objects.select_for_update().filter(Q(pk=user.pk) | Q(is_superuser=True)).order_by("pk")
    people = {found.pk: found for found in locked}
    found = people.pop(user.pk, None)
    if found is None:
        return
    if found.is_superuser and not any(_may_do_everything(other) for other in people.values()):
        raise DeletionRefused(
            _("Dit is het laatste account dat alles mag; zonder kan niemand de catalogus meer beheren. Geef eerst een "
              "ander alle rechten.")
        )  # fmt: skip
    end_sessions(user=found)
    for holding in holdings():
        if holding.forget is not None:
            holding.forget(found)
    found.delete()
    logger.info("account %d deleted", user.pk)


def _may_do_everything(user: User) -> bool:
    """Whether this administrator could still get in; the demonstration's invented ones cannot where people are real."""
    return user.is_active and (settings.DEMONSTRATION or user.issuer != DEMONSTRATION_ISSUER)
