"""The sort value of a method: the mean that it would have with some average reviews more (a Bayesian mean).

Three fours say less than thirty, so a method of which little is known is placed near what is known of all. The prior is
the mean of all reviews that count (querysets.counting_reviews), and weighs as much as
PRIOR_WEIGHT of them.
"""

from dataclasses import dataclass
from decimal import Decimal

from django.db import transaction
from django.db.models import Avg, Count
from django.utils import timezone

from reviews.models import ReviewPrior
from reviews.querysets import counting_reviews

PRIOR_WEIGHT = 5
"""With three reviews, the least for a total, two fifths of the place are a method's own; with twenty, four fifths."""

MIDDLE = Decimal("2.500")
"""Of the scale: what is thought before there is any review."""

DRIFT = Decimal("0.010")
"""A prior that lies less than this beside the stated one moves no method by a hundredth, and is left."""

_THOUSANDTH = Decimal("0.001")


@dataclass(frozen=True, slots=True)
class Prior:
    """mean: 1 to 4; count: of how many reviews."""

    mean: Decimal
    count: int


def stated_prior() -> Prior:
    """The one that stored sort values were computed with."""
    row = ReviewPrior.objects.filter(pk=1).first()
    return Prior(row.mean, row.count) if row else Prior(MIDDLE, 0)


def computed_prior() -> Prior:
    """What the reviews say at this moment."""
    found = counting_reviews().aggregate(mean=Avg("total"), count=Count("pk"))
    if found["mean"] is None:
        return Prior(MIDDLE, 0)
    return Prior(Decimal(found["mean"]).quantize(_THOUSANDTH), found["count"])


def has_drifted(stated: Prior, computed: Prior) -> bool:
    return abs(stated.mean - computed.mean) >= DRIFT


@transaction.atomic
def state_prior(prior: Prior) -> None:
    ReviewPrior.objects.update_or_create(
        pk=1, defaults={"mean": prior.mean, "count": prior.count, "is_applied": False, "stated_at": timezone.now()}
    )


def is_prior_applied() -> bool:
    """Whether every sort value was computed with the stated prior; so too where none was stated yet."""
    return not ReviewPrior.objects.filter(pk=1, is_applied=False).exists()


def mark_prior_applied() -> None:
    ReviewPrior.objects.filter(pk=1).update(is_applied=True)


def sort_value(mean: Decimal, count: int, prior: Prior) -> int:
    """In thousandths, 1000 to 4000. mean: of `count` reviews, not rounded."""
    weighed = (prior.mean * PRIOR_WEIGHT + mean * count) / (PRIOR_WEIGHT + count)
    return int((weighed * 1000).to_integral_value())
