"""Staff let reviews wait for a moderator: of a method that is under attack, or of new accounts everywhere.

What waits already stays waiting when it is switched off: a moderator looks at it.
"""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from catalogus.models import Method
from catalogus.survivors import leading_to
from reviews.access import may_set_holding
from reviews.exceptions import ReviewNotAllowed
from reviews.models import ModerationAction, ModerationSettings, PreModeration
from reviews.services.holding import log
from reviews.services.locking import lock_method
from reviews.services.moderating import checked_reason

MOST_DAYS = 365


@transaction.atomic
def hold_method(*, actor: User, method: Method, is_held: bool, reason: str) -> bool:
    """Let reviews of the method wait, or no longer; whether that changed anything.

    Raises ReviewNotAllowed for who is no staff and ValidationError for a missing reason.
    """
    _refuse_unless_allowed(actor)
    reason = checked_reason(reason)
    method = lock_method(method)  # A review that is published at this moment is judged by what was set before it.
    rows = PreModeration.objects.filter(method__in=leading_to(method.pk))  # It was maybe set before a merge.
    if is_held == rows.exists():
        return False
    if is_held:
        PreModeration.objects.create(method=method)
    else:
        rows.delete()
    action = ModerationAction.HOLDING_ON if is_held else ModerationAction.HOLDING_OFF
    log(action, method=method, actor=actor, reason=reason)
    return True


@transaction.atomic
def hold_new_accounts(*, actor: User, days: int, reason: str) -> bool:
    """Let reviews of accounts younger than so many days wait, 0 for none; whether that changed anything.

    Raises as hold_method does, and ValidationError for days that are too few or many.
    """
    _refuse_unless_allowed(actor)
    reason = checked_reason(reason)
    if not 0 <= days <= MOST_DAYS:
        raise ValidationError({"days": _("Kies 0 tot en met %(most)d dagen.") % {"most": MOST_DAYS}})
    ModerationSettings.objects.get_or_create(pk=1)
    settings = ModerationSettings.objects.select_for_update().get(pk=1)
    if settings.held_account_days == days:
        return False
    told = f"Accounts jonger dan {days} dagen (was {settings.held_account_days}): {reason}"
    settings.held_account_days = days
    settings.save()
    log(ModerationAction.SETTINGS, actor=actor, reason=told)
    return True


def held_account_days() -> int:
    found = ModerationSettings.objects.filter(pk=1).first()
    return found.held_account_days if found else 0


def _refuse_unless_allowed(actor: User) -> None:
    if not may_set_holding(actor):
        raise ReviewNotAllowed(_("Dit stelt de redactie van de catalogus in."))
