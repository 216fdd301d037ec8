"""What people type as names and notes, made fit to keep."""

import unicodedata

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _


def one_line(text: str, *, field: str, required: str, most: int) -> str:
    """One line of what can be seen. required: what to say where nothing is left. Raises ValidationError, by field."""
    cleaned = " ".join(printable(text).split())
    if not cleaned:
        raise ValidationError({field: required})
    if len(cleaned) > most:
        told = _("De naam telt %(length)d tekens; gebruik er hoogstens %(maximum)d.")
        raise ValidationError({field: told % {"length": len(cleaned), "maximum": most}})
    return cleaned


def plain_text(text: str, *, field: str, most: int) -> str:
    """Lines of what can be seen, line ends as "\\n". Raises ValidationError, by field, where it is too long."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    cleaned = "\n".join(printable(line).rstrip() for line in lines).strip()
    if len(cleaned) > most:
        told = _("De tekst telt %(length)d tekens; gebruik er hoogstens %(maximum)d.")
        raise ValidationError({field: told % {"length": len(cleaned), "maximum": most}})
    return cleaned


def printable(text: str) -> str:
    """Spaces for what cannot be seen, and for half a surrogate pair, which JSON may hold and UTF-8 may not.

    What joins two pictures into one (a teacher at a blackboard is a person, this and a school) is kept between them.
    """
    return "".join(
        sign if sign.isprintable() or (sign == _JOINER and _is_picture(text[place - 1 : place])) else " "
        for place, sign in enumerate(text)
    )


_JOINER = "\u200d"


def _is_picture(sign: str) -> bool:
    """An emoji, or what gives one another colour or form."""
    return bool(sign) and unicodedata.category(sign) in {"So", "Sk", "Mn"}
