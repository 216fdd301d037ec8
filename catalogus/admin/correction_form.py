"""A form field for each kind of field that a product has: what an editor sees and types, and the JSON it means."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal, InvalidOperation
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Field
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from catalogus.admin.pages import ReasonForm
from catalogus.models import Product
from catalogus.product_fields import JSON, field_label

_GROUP_PARTS = ("sectors", "levels", "years", "subjects")
_ANSWERS = (("", gettext_lazy("onbekend")), ("ja", gettext_lazy("ja")), ("nee", gettext_lazy("nee")))


class _Lines(forms.CharField):
    """One value on each line."""

    widget = forms.Textarea

    def __init__(self, **options: Any) -> None:
        super().__init__(required=False, strip=True, **options)
        self.widget.attrs |= {"rows": 6, "class": "vLargeTextField"}


@dataclass(frozen=True, slots=True)
class _Kind:
    """make: the form field; show: the column's value as the form shows it; read: what was typed as JSON."""

    make: Callable[["Field[Any, Any]"], forms.Field]
    show: Callable[[Any], Any] = lambda value: value
    read: Callable[[Any], JSON] = lambda value: value


def correction_form(field: str) -> type[ReasonForm]:
    """The form that asks for a field's right value, and why."""
    kind = _kind(field)
    made = kind.make(_column(field))
    made.label = field_label(field)
    # The value stands before the reason.
    return type("CorrectionForm", (ReasonForm,), {"value": made, "field_order": ["value", "reason"]})


def shown(field: str, value: Any) -> Any:
    """A column's value as the form shows it."""
    return _kind(field).show(value)


def read(field: str, typed: Any) -> JSON:
    """What was typed, as JSON for services.corrections."""
    return _kind(field).read(typed)


def _column(field: str) -> "Field[Any, Any]":
    return cast("Field[Any, Any]", Product._meta.get_field(field))


def _kind(field: str) -> _Kind:
    column = _column(field)
    if field in _SPECIAL:
        return _SPECIAL[field]
    if column.choices:
        return _CHOICE
    return _KINDS[column.get_internal_type()]


def _text(column: "Field[Any, Any]") -> forms.Field:
    rows = 6 if column.name == "description" else 2
    long = column.get_internal_type() == "TextField"
    widget = forms.Textarea(attrs={"rows": rows, "class": "vLargeTextField"}) if long else forms.TextInput()
    return forms.CharField(required=False, max_length=column.max_length, widget=widget)


def _choice(column: "Field[Any, Any]") -> forms.Field:
    return forms.ChoiceField(choices=column.flatchoices)


def _flag(_column: "Field[Any, Any]") -> forms.Field:
    return forms.ChoiceField(choices=_ANSWERS, required=False)


def _whole(column: "Field[Any, Any]") -> forms.Field:
    help_text = _("In hele centen: 1995 is € 19,95.") if column.name.endswith("_cents") else ""
    return forms.IntegerField(required=False, help_text=help_text)


def _decimal(_column: "Field[Any, Any]") -> forms.Field:
    return forms.DecimalField(required=False, localize=True)


def _day(_column: "Field[Any, Any]") -> forms.Field:
    return forms.DateField(required=False, widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}))


def _moment(_column: "Field[Any, Any]") -> forms.Field:
    widget = forms.DateTimeInput(format="%Y-%m-%dT%H:%M", attrs={"type": "datetime-local"})
    return forms.DateTimeField(required=False, widget=widget)


def _show_moment(value: datetime | None) -> str:
    return timezone.localtime(value).strftime("%Y-%m-%dT%H:%M") if value else ""


def _lines(_column: "Field[Any, Any]") -> forms.Field:
    return _Lines(help_text=_("Eén per regel."))


def _groups(_column: "Field[Any, Any]") -> forms.Field:
    return _Lines(
        help_text=_(
            "Eén groep per regel: sectoren | niveaus | leerjaren | vakken, als codes met komma's ertussen. Wat in één"
            " groep staat, hoort bij elkaar: “vo | havo, vwo | leerjaar-3 | wiskunde-a”."
        )
    )


def _show_groups(groups: list[Mapping[str, list[str]]]) -> str:
    return "\n".join(" | ".join(", ".join(group.get(part, [])) for part in _GROUP_PARTS) for group in groups)


def _read_groups(text: str) -> JSON:
    groups = []
    for line in _typed_lines(text):
        parts = [[code.strip() for code in part.split(",") if code.strip()] for part in line.split("|")]
        if len(parts) > len(_GROUP_PARTS):
            raise ValidationError(_("Op deze regel staan meer dan vier delen: %(line)s") % {"line": line})
        parts += [[] for _missing in range(len(_GROUP_PARTS) - len(parts))]
        groups.append(dict(zip(_GROUP_PARTS, parts, strict=True)))
    return groups


def _price_parts(_column: "Field[Any, Any]") -> forms.Field:
    return _Lines(help_text=_("Eén deel per regel: centen zonder btw | btw-tarief, zoals “1835 | 9.0”."))


def _show_price_parts(parts: list[Mapping[str, Any]]) -> str:
    return "\n".join(f"{part['excl_cents']} | {part['vat_rate']}" for part in parts)


def _read_price_parts(text: str) -> JSON:
    parts = []
    for line in _typed_lines(text):
        cents, _bar, rate = (piece.strip() for piece in line.partition("|"))
        try:
            parts.append({"excl_cents": int(cents), "vat_rate": str(Decimal(rate.replace(",", ".")))})
        except (ValueError, InvalidOperation) as error:
            raise ValidationError(_("Deze regel is niet te lezen: %(line)s") % {"line": line}) from error
    return parts


def _typed_lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


_CHOICE = _Kind(_choice)
_NUMBER = _Kind(_whole)
_KINDS: Mapping[str, _Kind] = {
    "CharField": _Kind(_text),
    "TextField": _Kind(_text),
    "BooleanField": _Kind(
        _flag,
        show=lambda value: {None: "", True: "ja", False: "nee"}[value],
        read=lambda typed: {"": None, "ja": True, "nee": False}[typed],
    ),
    "PositiveIntegerField": _NUMBER,
    "PositiveSmallIntegerField": _NUMBER,
    "DecimalField": _Kind(_decimal, read=lambda typed: None if typed is None else str(typed)),
    "DateField": _Kind(_day, read=lambda typed: typed and typed.isoformat()),
    "DateTimeField": _Kind(_moment, show=_show_moment, read=lambda typed: typed and typed.isoformat()),
    "ArrayField": _Kind(_lines, show="\n".join, read=_typed_lines),
}
_SPECIAL: Mapping[str, _Kind] = {
    "classification": _Kind(_groups, show=_show_groups, read=_read_groups),
    "price_parts": _Kind(_price_parts, show=_show_price_parts, read=_read_price_parts),
}
