"""Editions: "12e ed", "3e druk", "2023/2024"."""

from catalogus.families.editions import editions_in
from catalogus.naming import normal_form
from catalogus.search.understanding.shapes import Recognised
from catalogus.search.understanding.sheet import Sheet


def take_editions(sheet: Sheet) -> list[Recognised]:
    """Each edition under both kinds of name, for people say "druk" and "editie" of one thing; the typed one first."""
    found = []
    for edition in editions_in(sheet.rest):
        start, end = edition.span
        label = normal_form(edition.label)
        codes = (label, *(label.replace(a, b) for a, b in (("druk", "editie"), ("editie", "druk")) if a in label))
        found.append(Recognised(sheet.take(start, end), start, end, "edition", codes))
    return found
