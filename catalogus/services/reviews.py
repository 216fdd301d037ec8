"""What search must know of the reviews of a method. The room that owns reviews counts them and tells it here."""

from decimal import ROUND_HALF_UP, Decimal

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from catalogus.models import Method, OutboxKind, Product
from catalogus.services.outbox import enqueue

_HUNDREDTH = Decimal("0.01")


@transaction.atomic
def set_review_summary(method_id: int, *, count: int, mean: Decimal | None) -> None:
    """Store how many published reviews a method has and their mean, 1 to 4, rounded to hundredths; None with none.

    The documents of the method and of all its products are stale then. Raises Method.DoesNotExist, and ValidationError
    where a mean comes without reviews or the other way round, lies out of its bounds, or the method was merged into
    another one, which has its reviews now.
    """
    method = Method.objects.select_for_update().get(pk=method_id)
    if method.merged_into_id is not None:
        text = _("Methode %(id)s ging op in een andere; zet de beoordelingen bij die methode.")
        raise ValidationError({"merged_into": text % {"id": method.public_id}})
    rounded = None if mean is None else mean.quantize(_HUNDREDTH, ROUND_HALF_UP)
    if (method.review_count, method.review_mean) == (count, rounded):
        return
    method.review_count, method.review_mean = count, rounded
    method.full_clean()
    method.save(update_fields=["review_count", "review_mean"])
    enqueue(OutboxKind.METHOD, [method.pk])
    enqueue(OutboxKind.PRODUCT, Product.objects.filter(method=method).values_list("pk", flat=True))
