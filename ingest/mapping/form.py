"""Folio or digital: the feed does not say it, so it is derived, with how sure that is (in percent)."""

import re

from catalogus.choices import Form, Medium

_LIFO = re.compile(r"\blifo\b", re.IGNORECASE)
_COMBI = re.compile(
    r"\b(?:combi|combipakket|boek\s*\+\s*online|inclusief\b.*\blicentie|incl\.?\b.*\blicentie)\b", re.IGNORECASE
)
_DIGITAL = re.compile(r"\b(?:\w*licentie|online|digitaal|digitale|\w*abonnement|e-?book|software)\b", re.IGNORECASE)
_FOLIO = re.compile(r"\b\w*(?:boek|schrift|katern|map|blok|bundel|kaarten)\b", re.IGNORECASE)


def derive_form(medium: str, title: str) -> tuple[str, int]:
    """(form, confidence). A title that says "LIFO" or "inclusief … licentie" knows more than the medium."""
    form, confidence = _derive(medium, title)
    return form.value, confidence


def _derive(medium: str, title: str) -> tuple[Form, int]:
    if _LIFO.search(title):
        return Form.LIFO, 95
    if _COMBI.search(title):
        return Form.COMBI, 80
    match medium:
        case Medium.BOOK:
            return Form.FOLIO, 70 if _DIGITAL.search(title) else 95
        case Medium.WEB | Medium.INSTALLER:
            return Form.DIGITAL, 95
        case Medium.CD_ROM | Medium.DVD:
            return Form.DIGITAL, 80
    if _DIGITAL.search(title):
        return Form.DIGITAL, 70
    if _FOLIO.search(title):
        return Form.FOLIO, 60
    return Form.UNKNOWN, 0
