"""The fields of a product as JSON and back: what a correction holds of any of them."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any, get_type_hints

from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from catalogus.models import Product
from catalogus.product_data import Classification, PricePart, ProductData

JSON = Any
"""None, bool, int, str, and lists and dictionaries of these."""

_LONGEST_SHOWN = 80
_GROUP_PARTS = ("sectors", "levels", "years", "subjects")


def as_json(value: Any) -> JSON:
    """A value of ProductData as JSON: Decimal("9.0") -> "9.0", a date -> "2026-08-01", a tuple -> a list."""
    if isinstance(value, tuple):
        return [as_json(one) for one in value]
    if isinstance(value, Classification | PricePart):
        return value.as_json()
    if isinstance(value, Decimal):
        return str(value)
    return value.isoformat() if isinstance(value, date) else value


def as_column(value: Any) -> Any:
    """A value of ProductData as its column takes it: tuples as lists, groups and parts of a price as JSON."""
    if not isinstance(value, tuple):
        return value
    return list(value) if not value or isinstance(value[0], str) else as_json(value)


def from_json(field: str, value: JSON) -> Any:
    """The value as ProductData has it. Raises ValidationError, by field, for a value of another kind."""
    read, remedy = _READERS[_TYPES[field]]
    try:
        return read(value)
    except (ValueError, TypeError, KeyError, AttributeError, InvalidOperation) as error:
        raise refused(field, value, _(remedy)) from error


def refused(field: str, value: JSON, remedy: str) -> ValidationError:
    """The error that names the field, the value and what to do."""
    shown = _("leeg") if value is None or value in ("", []) else f"“{str(value)[:_LONGEST_SHOWN]}”"
    text = _("%(field)s kan niet %(value)s zijn. %(remedy)s")
    return ValidationError({field: [text % {"field": field_label(field), "value": shown, "remedy": remedy}]})


def field_label(field: str) -> str:
    """What people call the field, with a capital: "price_cents" -> "Prijs in centen, met btw"."""
    try:
        name = str(getattr(Product._meta.get_field(field), "verbose_name", field))
    except FieldDoesNotExist:  # The history may name one that is gone.
        name = field
    return name[:1].upper() + name[1:]


def _text(value: JSON) -> str:
    # PostgreSQL keeps no NUL, in text nor in JSON.
    if not isinstance(value, str) or "\x00" in value:
        raise TypeError
    return value.strip()


def _number(value: JSON) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        raise TypeError
    return value


def _flag(value: JSON) -> bool:
    if not isinstance(value, bool):
        raise TypeError
    return value


def _decimal(value: JSON) -> Decimal:
    found = Decimal(_text(value))
    if not found.is_finite():
        raise ValueError
    return found


def _moment(value: JSON) -> datetime:
    found = datetime.fromisoformat(_text(value))
    if found.tzinfo is None:
        raise ValueError
    return found


def _texts(value: JSON) -> tuple[str, ...]:
    if not isinstance(value, list):
        raise TypeError
    return tuple(dict.fromkeys(found for text in value if (found := _text(text))))


def _groups(value: JSON) -> tuple[Classification, ...]:
    return tuple(_group(one) for one in _list(value))


def _group(value: JSON) -> Classification:
    if value.keys() - set(_GROUP_PARTS):
        raise KeyError
    return Classification(**{part: _texts(value.get(part, [])) for part in _GROUP_PARTS})


def _price_parts(value: JSON) -> tuple[PricePart, ...]:
    return tuple(PricePart(_number(one["excl_cents"]), _decimal(one["vat_rate"])) for one in _list(value))


def _list(value: JSON) -> list[JSON]:
    if not isinstance(value, list):
        raise TypeError
    return value


def _or_none(read: Callable[[JSON], Any]) -> Callable[[JSON], Any]:
    return lambda value: None if value is None else read(value)


_TYPES: Mapping[str, Any] = get_type_hints(ProductData)
_READERS: Mapping[Any, tuple[Callable[[JSON], Any], str]] = {
    str: (_text, gettext_noop("Geef een tekst.")),
    str | None: (_or_none(lambda value: _text(value) or None), gettext_noop("Geef een tekst, of laat het leeg.")),
    int: (_number, gettext_noop("Geef een geheel getal.")),
    int | None: (_or_none(_number), gettext_noop("Geef een geheel getal, of laat het leeg.")),
    bool | None: (_or_none(_flag), gettext_noop("Kies ja, nee of onbekend.")),
    Decimal | None: (_or_none(_decimal), gettext_noop("Geef een getal met een punt, zoals 9.0, of laat het leeg.")),
    date | None: (
        _or_none(lambda value: date.fromisoformat(_text(value))),
        gettext_noop("Geef een datum als 2026-08-01, of laat het leeg."),
    ),
    datetime | None: (_or_none(_moment), gettext_noop("Geef een tijdstip als 2026-08-01T12:00:00+02:00.")),
    tuple[str, ...]: (_texts, gettext_noop("Geef een lijst van teksten.")),
    tuple[Classification, ...]: (
        _groups,
        gettext_noop("Geef groepen met codes van sectoren, niveaus, leerjaren en vakken."),
    ),
    tuple[PricePart, ...]: (
        _price_parts,
        gettext_noop("Geef per btw-tarief het bedrag in centen zonder btw en het tarief."),
    ),
}
