"""What the fields of a product and their values are called, for pages that tell what changed or who said what.

A value comes as a row has it, as ProductData has it, or as JSON in the history: each reads the same.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field, is_dataclass
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any, Self

from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.translation import get_language_info
from django.utils.translation import gettext as _

from catalogus.models import Edition, Method, Product, Publisher, Scheme
from catalogus.web import formatting

_NOTHING: tuple[Any, ...] = (None, "", [], ())
_ROWS = {"method_id": Method, "origin_method_id": Method, "edition_id": Edition, "publisher_id": Publisher}
_PRICES = ("price_cents", "price_excl_cents")
_GROUP_PARTS = {
    "sectors": Scheme.SECTOR,
    "levels": Scheme.LEVEL,
    "years": Scheme.YEAR,
    "subjects": Scheme.SUBJECT,
}
_TWO_LETTERS = {
    "ara": "ar", "deu": "de", "ger": "de", "eng": "en", "fra": "fr", "fre": "fr", "fry": "fy", "ita": "it",
    "nld": "nl", "dut": "nl", "pol": "pl", "por": "pt", "rus": "ru", "spa": "es", "swe": "sv", "tur": "tr",
}  # fmt: skip
"""ISO 639-2 and 639-3 to 639-1, for the languages that are taught."""


@dataclass(frozen=True, slots=True)
class Names:
    """Field of a placement -> row -> what people call it."""

    by_field: Mapping[str, Mapping[int, str]] = field(default_factory=dict)

    @classmethod
    def of(cls, changes: Iterable[Mapping[str, Sequence[Any]]]) -> Self:
        """The names that these changes need; one query for each kind of row that they mention."""
        wanted: dict[str, set[int]] = {name: set() for name in _ROWS}
        for change in changes:
            for name in _ROWS.keys() & change.keys():
                wanted[name] |= {value for value in change[name] if isinstance(value, int)}
        return cls({name: _names(_ROWS[name], rows) for name, rows in wanted.items() if rows})

    def name(self, field_name: str, row: object) -> str:
        """The number itself where the row is not there."""
        found = self.by_field.get(field_name, {})
        return found.get(row, f"#{row}") if isinstance(row, int) else str(row)


def _names(model: type[models.Model], rows: set[int]) -> dict[int, str]:
    return {row.pk: str(row) for row in model._default_manager.filter(pk__in=rows)}


def field_label(name: str) -> str:
    """ "price_cents" -> "prijs met btw"; the name itself where no column is called so."""
    own = {
        "price_cents": _("prijs met btw"),
        "price_excl_cents": _("prijs zonder btw"),
        "classification": _("indeling"),
        "sectors": _("sectoren"),
        "levels": _("niveaus"),
        "years": _("leerjaren"),
        "subjects": _("vakken"),
        "combined": _("niveaus met leerjaar"),
        "form_confidence": _("zekerheid over de vorm"),
        "publisher_name": _("uitgever"),
        "family_name": _("reeks"),
        "edition_text": _("uitgave"),
    }
    if name in own:
        return own[name]
    column = _column(name)
    return str(column.verbose_name) if column is not None else name


def value_text(name: str, value: Any, *, names: Names | None = None, currency: str = "EUR") -> str:
    """The value as a person says it; "leeg" where there is none."""
    if value in _NOTHING:
        return _("leeg")
    if name in _ROWS:
        return (names or Names()).name(name, value)
    if name in _PRICES and isinstance(value, int):
        return formatting.price(value, currency or "EUR")
    special = {
        "vat_rate": _percent,
        "form_confidence": lambda percent: f"{percent}%",
        "classification": classification_text,
        "price_parts": price_parts_text,
        "language": language_name,
    }
    if name in special:
        return special[name](value)
    return _by_type(_column(name), value)


def classification_text(groups: Iterable[Any]) -> str:
    """ "Voortgezet onderwijs · Havo, Vwo · Leerjaar 3 · Aardrijkskunde; Primair onderwijs"."""
    return "; ".join(filter(None, (_group_text(_as_mapping(group)) for group in groups)))


def price_parts_text(parts: Iterable[Any], currency: str = "EUR") -> str:
    """ "€ 18,35 tegen 9% + € 12,00 tegen 21%"."""
    texts = [
        _("%(price)s tegen %(rate)s")
        % {"price": formatting.price(part["excl_cents"], currency or "EUR"), "rate": _percent(part["vat_rate"])}
        for part in map(_as_mapping, parts)
    ]
    return " + ".join(texts)


def language_name(code: str) -> str:
    """ "nl" and "nld" -> "Nederlands", in the reader's language; the code itself where nobody knows it."""
    own = {"la": _("Latijn"), "lat": _("Latijn"), "grc": _("Oudgrieks"), "pap": _("Papiaments")}
    if code in own:
        return own[code]
    try:
        return str(get_language_info(_TWO_LETTERS.get(code, code))["name_translated"])
    except KeyError:
        return code


def language_tag(code: str) -> str:
    """ "nld" -> "nl", as BCP 47 has it; a code without a shorter one as it stands."""
    return _TWO_LETTERS.get(code, code)


def yes_or_no(value: object) -> str:
    return _("ja") if value else _("nee")


def _column(name: str) -> "models.Field[Any, Any] | None":
    try:
        found = Product._meta.get_field(name)
    except FieldDoesNotExist:
        return None
    return found if isinstance(found, models.Field) else None


def _by_type(column: "models.Field[Any, Any] | None", value: Any) -> str:
    if column is not None and column.choices:
        return str(dict(column.flatchoices).get(value, value))
    if isinstance(value, bool):
        return yes_or_no(value)
    if isinstance(column, models.DateField):
        return _date_text(column, value)
    if isinstance(value, int):
        return formatting.number(value)
    if isinstance(value, (list, tuple)):
        return formatting.joined([str(one) for one in value])
    return str(value)


def _date_text(column: "models.DateField[Any, Any]", value: Any) -> str:
    """Of a day or a moment, whether it is one still or a text of the history."""
    if isinstance(column, models.DateTimeField):
        when = value if isinstance(value, datetime) else parse_datetime(str(value))
        return formatting.moment(when) if when is not None else str(value)
    day = value if isinstance(value, date) else parse_date(str(value))
    return formatting.day(day) if day is not None else str(value)


def _percent(value: Any) -> str:
    try:
        return formatting.percent(Decimal(str(value)))
    except InvalidOperation:
        return str(value)


def _group_text(group: Mapping[str, Sequence[str]]) -> str:
    parts = (
        formatting.joined(formatting.names(scheme, group[part]))
        for part, scheme in _GROUP_PARTS.items()
        if group.get(part)
    )
    return " · ".join(parts)


def _as_mapping(value: Any) -> Mapping[str, Any]:
    return asdict(value) if is_dataclass(value) and not isinstance(value, type) else value
