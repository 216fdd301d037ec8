"""The values of a row: codes kept as text, names as they are, and what a spreadsheet spoiled told apart."""

import re
from datetime import date

from django.utils.translation import gettext as _

from accounts.duo.columns import Field
from accounts.duo.refusals import RowRefused
from accounts.models.school import INSTITUTION_CODE, SCHOOL_CODE

_BOARD = re.compile(r"[0-9A-Z]{1,10}")


def institution_code(field: Field, text: str) -> str:
    """A BRIN number in capitals. Raises RowRefused."""
    code = text.strip().upper()
    if not re.fullmatch(INSTITUTION_CODE, code):
        raise RowRefused(str(field.label), text, _no_code(code, _("twee cijfers en twee letters, zoals 99AA")))
    return code


def location_code(field: Field, text: str, institution: str) -> str:
    """The code of 6 of a location, of which newer files give the last two digits alone. Raises RowRefused.

    institution: its BRIN number, "" where the file has no such column. That number itself is the institution's own.
    """
    code = text.strip().upper()
    if re.fullmatch(r"[0-9]{2}", code) and institution:
        return institution + code
    if re.fullmatch(r"[0-9]", code):
        told = _("een nul vooraan ontbreekt, die een rekenblad heeft weggelaten.")
        raise RowRefused(str(field.label), text, f"{told} {_as_duo_gives_it()}")
    if not re.fullmatch(SCHOOL_CODE, code):
        wanted = _("twee cijfers, of die met de instellingscode ervoor, zoals 99AA01")
        raise RowRefused(str(field.label), text, _no_code(code, wanted))
    if not code.startswith(institution):
        told = _("hoort niet bij instelling %(code)s op dezelfde rij. Kijk welke van de twee klopt.")
        raise RowRefused(str(field.label), text, told % {"code": institution})
    return code


def school_code(field: Field, text: str) -> str:
    """A code of 4 or 6. Raises RowRefused."""
    code = text.strip().upper()
    if not re.fullmatch(SCHOOL_CODE, code):
        wanted = _("twee cijfers en twee letters, met of zonder twee cijfers, zoals 99AA of 99AA01")
        raise RowRefused(str(field.label), text, _no_code(code, wanted))
    return code


def board_code(field: Field, text: str) -> str:
    """The number of a board, "" where none is stated. Raises RowRefused."""
    code = text.strip().upper()
    if code and not _BOARD.fullmatch(code):
        raise RowRefused(str(field.label), text, _no_code(code, _("hooguit tien cijfers of letters")))
    return code


def plain_text(field: Field, text: str, longest: int) -> str:
    """A name, in one line and with single spaces. Raises RowRefused for one that is too long or lost its letters."""
    found = " ".join(text.split())
    if len(found) > longest:
        told = _("is langer dan %(length)d tekens. Kort het in.")
        raise RowRefused(str(field.label), text, told % {"length": longest})
    if not all(sign.isprintable() for sign in found):
        raise RowRefused(str(field.label), text, _("heeft een onzichtbaar teken. Haal dat weg."))
    if "�" in found or _was_decoded_twice(found):
        told = _("heeft letters die bij een omzetting verloren gingen.")
        raise RowRefused(str(field.label), text, f"{told} {_as_duo_gives_it()}")
    return found


def day(field: Field, text: str) -> date:
    """A day as 2026-08-01, 20260801, 1-8-2026 or 1/8/2026. Raises RowRefused."""
    found = re.fullmatch(r"(\d{4})-?(\d{2})-?(\d{2})(?:[ T]00:00(?::00)?)?", text.strip(), re.ASCII)
    parts = found.groups() if found else None
    if parts is None and (found := re.fullmatch(r"(\d{1,2})[-/](\d{1,2})[-/](\d{4})", text.strip(), re.ASCII)):
        parts = found.groups()[::-1]
    try:
        if parts is not None:
            return date(*map(int, parts))
    except ValueError:
        pass
    raise RowRefused(str(field.label), text, _("is geen datum. Schrijf hem als 2026-08-01 of 01-08-2026."))


def _as_duo_gives_it() -> str:
    return _("Neem het bestand zoals DUO het geeft, of zet de kolom in het rekenblad eerst op tekst.")


def _no_code(code: str, wanted: str) -> str:
    if not code:
        return _("ontbreekt: nodig is %(wanted)s.") % {"wanted": wanted}
    return _("is geen code: nodig is %(wanted)s.") % {"wanted": wanted} + " " + _as_duo_gives_it()


def _was_decoded_twice(text: str) -> bool:
    """Whether UTF-8 was read as Windows-1252 and saved so: "CafÃ©". Hardly a name is that by itself."""
    if text.isascii():
        return False
    try:
        return text.encode("cp1252").decode("utf-8") != text
    except UnicodeError:
        return False
