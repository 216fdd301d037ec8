"""What can be wrong with a record, with the field, its value and the remedy in words.

A record stores the codes; the words are made when somebody reads them, in the reader's language.
"""

from dataclasses import asdict, dataclass
from enum import StrEnum

from django.utils.translation import gettext_lazy as _

MAX_VALUE_LENGTH = 200
"""A value is quoted to be recognised, not to be stored twice."""


class IssueCode(StrEnum):
    NOT_WELL_FORMED = "not_well_formed"
    NO_IDENTIFIER = "no_identifier"
    NO_TITLE = "no_title"
    NO_PUBLISHER = "no_publisher"
    EAN_CONFLICT = "ean_conflict"
    NOT_STORED = "not_stored"
    UNKNOWN_VALUE = "unknown_value"
    UNKNOWN_TEXT = "unknown_text"
    BAD_NUMBER = "bad_number"
    BAD_DATE = "bad_date"
    BAD_URL = "bad_url"
    EAN_CHECK_DIGIT = "ean_check_digit"
    TOO_LONG = "too_long"


_WORDS = {
    IssueCode.NOT_WELL_FORMED: _("Het record is geen goede XML: %(value)s. Lever het opnieuw aan."),
    IssueCode.NO_IDENTIFIER: _("Het record heeft geen recordIdentifier. Geef het een eigen, blijvend kenmerk."),
    IssueCode.NO_TITLE: _("%(field)s ontbreekt of is leeg. Vul de titel in."),
    IssueCode.NO_PUBLISHER: _("%(field)s ontbreekt of is leeg. Vul de naam van de uitgever in."),
    IssueCode.EAN_CONFLICT: _(
        "%(field)s %(value)s hoort al bij een ander product (andere uitgever of ander aantal per verkoopeenheid)."
        " Geef dit product een eigen EAN, of laat de redactie de twee samenvoegen."
    ),
    IssueCode.NOT_STORED: _(
        "Het record breekt een regel van de database: %(value)s. Meld dit aan de beheerder; de volgende oogst probeert"
        " het opnieuw."
    ),
    IssueCode.UNKNOWN_VALUE: _("%(field)s heeft de waarde “%(value)s”, die niet in de ECK-waardelijst staat."),
    IssueCode.UNKNOWN_TEXT: _("%(field)s heeft de tekst “%(value)s”, die nog niet aan een begrip is gekoppeld."),
    IssueCode.BAD_NUMBER: _("%(field)s heeft de waarde “%(value)s”; gebruik een geheel getal binnen het bereik."),
    IssueCode.BAD_DATE: _("%(field)s heeft de waarde “%(value)s”; gebruik een datum zoals 2026-08-01."),
    IssueCode.BAD_URL: _("%(field)s heeft de waarde “%(value)s”; gebruik een adres dat begint met https://."),
    IssueCode.EAN_CHECK_DIGIT: _("%(field)s %(value)s heeft 13 cijfers, maar het controlecijfer klopt niet."),
    IssueCode.TOO_LONG: _("%(field)s is langer dan toegestaan en is afgekapt: “%(value)s”."),
}


@dataclass(frozen=True, slots=True)
class Issue:
    """One finding: its code, the element it is about and the value as it was sent (cut to 200 signs)."""

    code: IssueCode
    field: str = ""
    value: str = ""

    @classmethod
    def about(cls, code: IssueCode, field: str = "", value: str = "") -> "Issue":
        return cls(code, field, value[:MAX_VALUE_LENGTH])

    def as_json(self) -> dict[str, str]:
        return asdict(self)

    def __str__(self) -> str:
        return str(_WORDS[self.code]) % {"field": self.field, "value": self.value}
