"""Which mail a person wants."""

from collections.abc import Mapping

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from accounts import mail_kinds
from accounts.models import MailChoice, User


@transaction.atomic
def set_mail_choices(*, user: User, wanted: Mapping[str, bool]) -> None:
    """Store for these kinds whether the person wants them; a kind that is not named keeps what was chosen.

    Raises ValidationError for a kind that is unknown or that nobody may refuse.
    """
    unknown = sorted(set(wanted) - {kind.name for kind in mail_kinds.optional_kinds()})
    if unknown:
        raise ValidationError(
            _("Over deze soort e-mail valt niets te kiezen: %(kinds)s.") % {"kinds": ", ".join(unknown)[:100]}
        )
    MailChoice.objects.bulk_create(
        [MailChoice(user=user, kind=kind, is_wanted=is_wanted) for kind, is_wanted in wanted.items()],
        update_conflicts=True,
        unique_fields=["user", "kind"],
        update_fields=["is_wanted"],
    )
