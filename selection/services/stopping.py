"""The link in a letter that stops it: for one person all of it, or one of their searches. It needs no sign-in.

The link is signed and says no more than two numbers. It works as long as the site's key does: a letter may lie for
months.
"""

from dataclasses import dataclass

from django.core import signing
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.services.mail_choices import set_mail_choices
from selection.exceptions import BadStopLink
from selection.models import SavedSearch
from selection.services.digest import DIGEST

_SIGNER_SALT = "selection.stop"
_ALL = 0


@dataclass(frozen=True, slots=True)
class Stop:
    """What a link stops: the weekly letter of a person (row), or with search_id what it tells of one search."""

    user_id: int
    search_id: int = _ALL

    @property
    def token(self) -> str:
        """A text for an address, of digits, letters and "-_:."."""
        return _signer().sign(f"{self.user_id}.{self.search_id}")

    @property
    def is_of_all(self) -> bool:
        return self.search_id == _ALL


def read_stop(token: str) -> Stop:
    """What a link of ours stops, whatever became of it since. Raises BadStopLink."""
    try:
        user_id, _dot, search_id = _signer().unsign(token).partition(".")
    except signing.BadSignature as error:
        raise BadStopLink(_("Deze link klopt niet. Neem het hele adres over uit de mail.")) from error
    return Stop(int(user_id), int(search_id))


@transaction.atomic
def stop_digest(stop: Stop) -> None:
    """Stop it; may be done again, also of who or what is gone."""
    if not stop.is_of_all:
        SavedSearch.objects.filter(pk=stop.search_id, user_id=stop.user_id).update(is_alert_on=False)
        return
    user = User.objects.select_for_update().filter(pk=stop.user_id).first()
    if user is not None:
        set_mail_choices(user=user, wanted={DIGEST: False})


def _signer() -> signing.Signer:
    return signing.Signer(salt=_SIGNER_SALT)
