"""What a corrected field may be: of its kind, within its column, and within the rules that hold for products."""

from collections.abc import Iterator
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db.models import BaseConstraint, Q, UniqueConstraint
from django.utils.translation import gettext as _

from catalogus.article_numbers import ean13
from catalogus.models import Concept, Product, Scheme
from catalogus.product_data import Classification
from catalogus.product_fields import JSON, as_column, as_json, from_json, refused
from catalogus.services.product_rows import CORRECTABLE

_is_address = URLValidator(schemes=["http", "https"])


def check_correction(product: Product, field: str, value: JSON) -> Any:
    """The value as ProductData has it; the product gets it as well. Raises ValidationError, by field."""
    if field not in CORRECTABLE:
        raise ValidationError(
            {"field": [_("Een product heeft geen veld “%(field)s” dat te corrigeren is.") % {"field": field}]}
        )
    typed = from_json(field, value)
    if field == "ean" and typed is not None:
        typed = ean13(typed) or typed
    if field.endswith("_url") and typed:
        _check_address(field, typed)
    if field == "classification":
        _check_codes(typed)
    setattr(product, field, as_column(typed))
    try:
        product.clean_fields(exclude={found.name for found in Product._meta.fields} - {field})
    except ValidationError as error:
        raise refused(field, value, " ".join(error.messages)) from error
    check_rules(product, field)
    return typed


def check_rules(product: Product, field: str) -> None:
    """Whether the constraints of the table that are about this field hold. Raises ValidationError, by field."""
    value = as_json(getattr(product, field))
    for constraint in Product._meta.constraints:
        if field not in _fields_of(constraint):
            continue
        try:
            constraint.validate(Product, product)
        except ValidationError as error:
            raise refused(field, value, _remedy(constraint.name, product) or " ".join(error.messages)) from error


def _fields_of(constraint: BaseConstraint) -> set[str]:
    if isinstance(constraint, UniqueConstraint):
        return set(constraint.fields)
    condition = getattr(constraint, "condition", None)
    return condition.referenced_base_fields if isinstance(condition, Q) else set()


def _check_address(field: str, address: str) -> None:
    try:
        _is_address(address)
    except ValidationError as error:
        raise refused(field, address, _("Geef een adres dat met http:// of https:// begint.")) from error


def _check_codes(groups: tuple[Classification, ...]) -> None:
    known = set(Concept.objects.values_list("scheme", "code"))
    for scheme, code in _codes(groups):
        if (scheme.value, code) not in known:
            remedy = _("Kies een code uit de begrippenlijst “%(scheme)s”.") % {"scheme": scheme.label}
            raise refused("classification", code, remedy)


def _codes(groups: tuple[Classification, ...]) -> Iterator[tuple[Scheme, str]]:
    for group in groups:
        yield from ((Scheme.SECTOR, code) for code in group.sectors)
        yield from ((Scheme.LEVEL, code) for code in group.levels)
        yield from ((Scheme.YEAR, code) for code in group.years)
        yield from ((Scheme.SUBJECT, code) for code in group.subjects)


def _remedy(constraint: str, product: Product) -> str:
    """What to do where a constraint does not hold; empty where its own message says enough."""
    if constraint == "product_one_per_ean":
        other = Product.objects.filter(ean=product.ean, merged_into=None).exclude(pk=product.pk).first()
        text = _("Dat EAN heeft “%(title)s” (%(id)s) al: corrigeer eerst dat product, of kijk of dit hetzelfde is.")
        return text % {"title": other.title, "id": other.public_id} if other else ""
    if constraint == "product_price_states_something":
        return _("Een prijs is meer dan 0 cent en hoogstens een miljoen euro; laat leeg wat onbekend is.")
    if constraint == "product_price_has_a_currency":
        return _("Een prijs heeft een munt nodig: corrigeer eerst de munt, bijvoorbeeld EUR.")
    remedies = {
        "product_has_a_title": _("Geef een titel."),
        "product_vat_is_percent": _("Een btw-tarief ligt tussen 0 en 100."),
        "product_sale_unit_is_positive": _("Een verkoopeenheid is 1 of meer; laat leeg wat onbekend is."),
        "product_form_confidence_is_percent": _("Een percentage ligt tussen 0 en 100."),
    }
    return remedies.get(constraint, "")
