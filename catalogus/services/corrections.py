"""Correct a field of a product, and take a correction back.

A correction holds above all sources until an editor takes it back; services.products applies it to what comes in.
"""

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from catalogus.exceptions import EditRefused
from catalogus.models import Cause, Correction, Method, Product
from catalogus.product_fields import JSON, as_column, as_json, from_json
from catalogus.services.correction_rules import check_correction, check_rules
from catalogus.services.editors import begin_editing
from catalogus.services.history import Told
from catalogus.services.placement import own_method_key
from catalogus.services.product_rows import rewrite_rows


@transaction.atomic
def correct_product(*, product: Product, field: str, value: JSON, reason: str, actor: str) -> Correction:
    """Say what a field of a product is, whatever its sources say. A field that was corrected gets the new value.

    value: as JSON: prices in cents, dates as "2026-08-01", VAT as "9.0", lists as lists.
    Raises ValidationError, which names field, value and remedy, and EditRefused for a merged product.
    """
    begin_editing(actor=actor, reason=reason)
    product = _standing(product.pk)
    said_until_now = as_json(getattr(product, field, None))
    typed = check_correction(product, field, value)
    now = timezone.now()
    correction = Correction.objects.filter(product=product, field=field).first()
    correction = correction or Correction(product=product, field=field, source_value=said_until_now)
    correction.value, correction.reason, correction.actor, correction.at = as_json(typed), reason, actor, now
    correction.full_clean(validate_unique=False)
    correction.save()
    _write(product, field, as_column(typed), Told(Cause.EDITOR, now, actor=actor, reason=reason))
    return correction


@transaction.atomic
def withdraw_correction(*, correction: Correction, reason: str, actor: str) -> None:
    """Let the sources speak again: the field gets at once what they say now.

    Raises ValidationError where that breaks a rule, as when their EAN is another product's by now.
    """
    begin_editing(actor=actor, reason=reason)
    found = Correction.objects.filter(pk=correction.pk).first()
    if found is None:
        raise EditRefused(_("Deze correctie is al ingetrokken."))
    product = _standing(found.product_id)
    value = as_column(from_json(found.field, found.source_value))
    setattr(product, found.field, value)
    check_rules(product, found.field)
    found.delete()
    _write(product, found.field, value, Told(Cause.EDITOR, timezone.now(), actor=actor, reason=reason))


def _standing(pk: int) -> Product:
    product = Product.objects.select_for_update(of=("self",)).select_related("method", "merged_into").get(pk=pk)
    if product.merged_into is not None:
        text = _("Dit product is samengevoegd met “%(title)s” (%(id)s). Corrigeer dat product.")
        raise EditRefused(text % {"title": product.merged_into.title, "id": product.merged_into.public_id})
    return product


def _write(product: Product, field: str, value: Any, told: Told) -> None:
    method = product.method
    # A product that is a method of its own gives it its name, as when the sources say another title.
    if field == "title" and method.key == own_method_key(product.public_id) and not method.is_locked:
        Method.objects.filter(pk=method.pk).update(name=str(value)[:500])
    rewrite_rows({product.pk: {field: value}}, told)
