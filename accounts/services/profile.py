"""What a person says of themself: how to be called, and in which language to be spoken to."""

import re
import unicodedata

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User

NAME_LENGTH = 150
"""As long as a school's name for a person may be (claims.read_claims), so that saving anything else keeps that name."""

_LINK = re.compile(r"://|\bwww\.|\w{2,}\.[a-z]{2,}\b", re.IGNORECASE)
_MARK = re.compile(r"\(account \d+\)", re.IGNORECASE)


@transaction.atomic
def change_profile(*, user: User, display_name: str, language: str) -> User:
    """Store a name (or none: others then see role and school alone) and a language ("" is that of the browser).

    Raises ValidationError that names the field.
    """
    name = clean_display_name(display_name)
    _require_language(language, or_none=True)
    found = User.objects.select_for_update().get(pk=user.pk)
    found.display_name, found.language = name, language
    found.save(update_fields=["display_name", "language"])
    return found


def choose_language(*, user: User, language: str) -> None:
    """Store the language in which the person wants the site, wherever they sign in. Raises ValidationError."""
    _require_language(language)
    User.objects.filter(pk=user.pk).update(language=language)


def clean_display_name(text: str) -> str:
    """The name in Unicode's composed form, with single spaces. Raises ValidationError for what is no name.

    "  Fatima   El Amrani " -> "Fatima El Amrani"; "" -> "".
    """
    # Before spaces are folded, for a line feed is one of them.
    if any(unicodedata.category(sign).startswith("C") for sign in text):
        raise _refused(_("Er staat een onzichtbaar teken in uw naam, zoals een regeleinde. Typ de naam opnieuw."))
    name = " ".join(unicodedata.normalize("NFC", text).split())
    if len(name) > NAME_LENGTH:
        raise _refused(
            _("Uw naam telt %(count)d tekens; dat mogen er %(most)d zijn.") % {"count": len(name), "most": NAME_LENGTH}
        )
    if "@" in name:
        raise _refused(_("Zet hier geen e-mailadres: anderen zien deze naam."))
    if _LINK.search(name):
        raise _refused(_("Zet hier geen link. Is het een naam met een punt, zet dan een spatie achter de punt."))
    if _MARK.search(name):
        raise _refused(
            _("“%(text)s” hoort bij de geschiedenis van de catalogus; laat het weg.") % {"text": "(account …)"}
        )
    if name and not any(sign.isalpha() for sign in name):
        raise _refused(_("In een naam staat ten minste één letter. Laat het veld leeg als u geen naam wilt tonen."))
    return name


def _refused(text: str) -> ValidationError:
    return ValidationError({"display_name": [text]})


def _require_language(language: str, *, or_none: bool = False) -> None:
    known = dict(settings.LANGUAGES)
    if language not in known and not (or_none and language == ""):
        raise ValidationError(
            {
                "language": [
                    _("“%(value)s” is geen taal van deze site; kies %(known)s.")
                    % {"value": language[:20], "known": ", ".join(known.values())}
                ]
            }
        )
