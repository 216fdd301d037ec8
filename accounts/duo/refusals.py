"""A row of a file that cannot be used: where it stands, what is wrong with it, and what mends it."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

_SHOWN_LENGTH = 60


@dataclass(frozen=True, slots=True)
class Refusal:
    """row: as a spreadsheet numbers it, the head is 1. code: which school it is about, "" where that cannot be read."""

    row: int
    field: str
    value: str
    remedy: str
    code: str = ""

    def __str__(self) -> str:
        value = self.value if len(self.value) <= _SHOWN_LENGTH else f"{self.value[:_SHOWN_LENGTH]}…"
        shown = "".join(sign if sign.isprintable() else "�" for sign in value)
        return _("rij %(row)d, %(field)s “%(value)s”: %(remedy)s") % {
            "row": self.row,
            "field": self.field,
            "value": shown,
            "remedy": self.remedy,
        }


class RowRefused(ValueError):
    """While a row is read: this value of this field cannot be used."""

    def __init__(self, field: str, value: str, remedy: str) -> None:
        self.field, self.value, self.remedy = field, value, remedy
        super().__init__(field, value, remedy)
