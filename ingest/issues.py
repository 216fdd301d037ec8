"""What can be wrong with a record, with the field, its value and the remedy in words.

A record stores the codes; the words are made when somebody reads them, in the reader's language.
"""

from dataclasses import dataclass
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
    NO_PRODUCT_ID = "no_product_id"
    EAN_INSIDE_CODE = "ean_inside_code"
    DESCRIPTION_IS_TITLE = "description_is_title"
    AUTHOR_IS_PUBLISHER = "author_is_publisher"
    MARKUP_IN_TEXT = "markup_in_text"
    TITLE_IN_CAPITALS = "title_in_capitals"
    NO_STATE = "no_state"
    NO_MEDIUM = "no_medium"
    NO_CLASSIFICATION = "no_classification"
    SECTORS_IN_ONE_ELEMENT = "sectors_in_one_element"
    YEAR_OUT_OF_RANGE = "year_out_of_range"
    PRICE_ZERO = "price_zero"
    PRICES_DISAGREE = "prices_disagree"
    UNUSUAL_VAT = "unusual_vat"
    URL_WITH_SPACES = "url_with_spaces"
    URL_NOT_SECURE = "url_not_secure"
    DATES_OUT_OF_ORDER = "dates_out_of_order"
    NO_MODIFIED_DATE = "no_modified_date"
    SUCCESSOR_IS_ITSELF = "successor_is_itself"
    PART_IS_ITSELF = "part_is_itself"
    MISSPELLED_ELEMENT = "misspelled_element"
    UNKNOWN_ELEMENT = "unknown_element"
    OLD_PRICE_FIELD = "old_price_field"


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
    IssueCode.UNKNOWN_VALUE: _(
        "%(field)s heeft de waarde “%(value)s”, die niet in de ECK-waardelijst staat. Gebruik een waarde van de lijst."
    ),
    IssueCode.UNKNOWN_TEXT: _(
        "%(field)s heeft de tekst “%(value)s”, die nog niet aan een begrip is gekoppeld. Gebruik een gangbare"
        " benaming; de redactie kan deze tekst ook koppelen."
    ),
    IssueCode.BAD_NUMBER: _("%(field)s heeft de waarde “%(value)s”; gebruik een geheel getal binnen het bereik."),
    IssueCode.BAD_DATE: _("%(field)s heeft de waarde “%(value)s”; gebruik een datum zoals 2026-08-01."),
    IssueCode.BAD_URL: _("%(field)s heeft de waarde “%(value)s”; gebruik een adres dat begint met https://."),
    IssueCode.EAN_CHECK_DIGIT: _(
        "%(field)s %(value)s heeft 13 cijfers, maar het controlecijfer klopt niet. Controleer het EAN."
    ),
    IssueCode.TOO_LONG: _("%(field)s is langer dan toegestaan en is afgekapt: “%(value)s”. Maak de tekst korter."),
    IssueCode.NO_PRODUCT_ID: _("%(field)s ontbreekt of is leeg. Geef het EAN of een eigen productcode op."),
    IssueCode.EAN_INSIDE_CODE: _(
        "%(field)s “%(value)s” bevat een EAN, maar is er geen. Scholen bestellen op EAN: geef het een eigen EAN."
    ),
    IssueCode.DESCRIPTION_IS_TITLE: _(
        "%(field)s herhaalt de titel: “%(value)s”. Beschrijf wat het is en voor wie, of laat het weg."
    ),
    IssueCode.AUTHOR_IS_PUBLISHER: _(
        "%(field)s noemt de uitgever als auteur: “%(value)s”. Noem de makers, of laat het weg."
    ),
    IssueCode.MARKUP_IN_TEXT: _("%(field)s bevat opmaakcodes: “%(value)s”. Lever gewone tekst."),
    IssueCode.TITLE_IN_CAPITALS: _("%(field)s staat in hoofdletters: “%(value)s”. Schrijf haar zoals op het omslag."),
    IssueCode.NO_STATE: _("%(field)s ontbreekt: scholen zien niet of het te bestellen is. Vul de leverbaarheid in."),
    IssueCode.NO_MEDIUM: _("%(field)s ontbreekt: niet te zien is of het een boek of digitaal is. Vul het medium in."),
    IssueCode.NO_CLASSIFICATION: _(
        "%(field)s ontbreekt: zonder sector, niveau, leerjaar en vak vindt geen filter dit product. Vul ze in."
    ),
    IssueCode.SECTORS_IN_ONE_ELEMENT: _(
        "%(field)s noemt meer sectoren in één element: “%(value)s”. Gebruik een element per sector."
    ),
    IssueCode.YEAR_OUT_OF_RANGE: _(
        "%(field)s heeft de waarde “%(value)s”, die deze sector niet kent. Verbeter het leerjaar of de sector."
    ),
    IssueCode.PRICE_ZERO: _("%(field)s is %(value)s: er staat geen prijs. Vul de prijs in, of laat het element weg."),
    IssueCode.PRICES_DISAGREE: _(
        "%(field)s %(value)s past niet bij het bedrag zonder btw en het tarief. Verbeter een van de drie."
    ),
    IssueCode.UNUSUAL_VAT: _("%(field)s is %(value)s; in Nederland zijn de tarieven 0, 9 en 21. Verbeter het tarief."),
    IssueCode.URL_WITH_SPACES: _("%(field)s bevat spaties of regeleinden: “%(value)s”. Lever het adres zonder."),
    IssueCode.URL_NOT_SECURE: _("%(field)s begint met http://: “%(value)s”. Geef het adres met https:// op."),
    IssueCode.DATES_OUT_OF_ORDER: _("%(field)s: %(value)s. Het einde ligt voor het begin; verbeter een van beide."),
    IssueCode.NO_MODIFIED_DATE: _("%(field)s ontbreekt. Vul in wanneer u het record het laatst wijzigde."),
    IssueCode.SUCCESSOR_IS_ITSELF: _("%(field)s noemt het product zelf: %(value)s. Noem de opvolger, of laat het weg."),
    IssueCode.PART_IS_ITSELF: _("%(field)s noemt het pakket zelf als deel: %(value)s. Noem alleen de andere delen."),
    IssueCode.MISSPELLED_ELEMENT: _("Het element %(field)s is verkeerd gespeld. Gebruik %(value)s."),
    IssueCode.UNKNOWN_ELEMENT: _(
        "Het element %(field)s staat in geen versie van het schema (waarde: “%(value)s”). Het blijft bewaard, maar"
        " wordt niet getoond; gebruik een element dat het schema kent."
    ),
    IssueCode.OLD_PRICE_FIELD: _("%(field)s is van een oud schema. Lever de prijs in het element Prices."),
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
        return {"code": self.code.value, "field": self.field, "value": self.value}

    def __str__(self) -> str:
        return str(_WORDS[self.code]) % {"field": self.field, "value": self.value}
