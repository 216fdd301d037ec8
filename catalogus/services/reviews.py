"""What search must know of the reviews of a method. The room that owns reviews counts them and tells it here."""

from dataclasses import dataclass
from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from catalogus.models import Method, OutboxKind, Product
from catalogus.services.outbox import enqueue

_HUNDREDTH = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class ReviewSummary:
    """What search must know of a method's reviews.

    count: published reviews that are not of an older edition than the current one; older_count: the others. mean, low
    and high, 1 to 4: what the counted reviews give on average, and between which the middle half of their own means
    lies. sort: the Bayesian mean in thousandths, 1000 to 4000. These four are there together, or none of them where
    there are too few reviews for a total. last_reviewed_at: when the newest of all was published; None without any.
    """

    count: int = 0
    older_count: int = 0
    mean: Decimal | None = None
    low: Decimal | None = None
    high: Decimal | None = None
    sort: int | None = None
    last_reviewed_at: datetime | None = None


NO_REVIEWS = ReviewSummary()


@transaction.atomic
def set_review_summary(method_id: int, summary: ReviewSummary) -> bool:
    """Store the summary with mean, low and high rounded to hundredths; whether anything changed by it.

    Where it did, the documents of the method and of all its products are stale. Raises Method.DoesNotExist, and
    ValidationError where the summary is none that can be (a mean of two reviews, a mean without a spread, a number out
    of its bounds), or the method was merged into another one, which has its reviews now.
    """
    # Its key stays, so whoever brings a product into the method need not wait.
    method = Method.objects.select_for_update(no_key=True).get(pk=method_id)
    if method.merged_into_id is not None:
        text = _("Methode %(id)s ging op in een andere; zet de beoordelingen bij die methode.")
        raise ValidationError({"merged_into": text % {"id": method.public_id}})
    columns = _columns(summary)
    if all(getattr(method, name) == value for name, value in columns.items()):
        return False
    for name, value in columns.items():
        setattr(method, name, value)
    # Nothing else of the method changes; each rule about it would be a query.
    others = [field.name for field in Method._meta.fields if field.name not in columns]
    method.full_clean(exclude=others, validate_unique=False)
    method.save(update_fields=list(columns))
    enqueue(OutboxKind.METHOD, [method.pk])
    enqueue(OutboxKind.PRODUCT, Product.objects.filter(method=method).values_list("pk", flat=True))
    return True


def _columns(summary: ReviewSummary) -> dict[str, Any]:
    return {
        "review_count": summary.count,
        "older_review_count": summary.older_count,
        "review_mean": _rounded(summary.mean),
        "review_low": _rounded(summary.low),
        "review_high": _rounded(summary.high),
        "review_sort": summary.sort,
        "last_reviewed_at": summary.last_reviewed_at,
    }


def _rounded(value: Decimal | None) -> Decimal | None:
    return None if value is None else value.quantize(_HUNDREDTH, ROUND_HALF_UP)
