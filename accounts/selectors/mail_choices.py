"""Which mail a person wants."""

from accounts import mail_kinds
from accounts.models import MailChoice, User


def mail_choices_of(user: User) -> dict[str, bool]:
    """For each kind that may be refused, whether the person wants it: as they chose, else the kind's own default."""
    chosen = dict(MailChoice.objects.filter(user=user).values_list("kind", "is_wanted"))
    return {kind.name: chosen.get(kind.name, kind.is_on_by_default) for kind in mail_kinds.optional_kinds()}
