"""The order by reviews, worked out with the numbers that it is made with at this moment."""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from django.utils import formats

from catalogus.web.formatting import number
from reviews.services.prior import PRIOR_WEIGHT, sort_value, stated_prior

_HUNDREDTH = Decimal("0.01")

_FEW, _MANY = 3, 30
_MEAN_OF_FEW, _MEAN_OF_MANY = Decimal("4.00"), Decimal("3.70")


@dataclass(frozen=True, slots=True)
class SortingExample:
    """Numbers as text. prior: the mean of all reviews, count: of how many; few, many: two methods as an example."""

    weight: str
    prior: str
    count: str
    few: str
    few_mean: str
    few_sum: str
    few_place: str
    many: str
    many_mean: str
    many_place: str


def sorting_example() -> SortingExample:
    """One query."""
    prior = stated_prior()
    return SortingExample(
        weight=number(PRIOR_WEIGHT),
        prior=_hundredths(prior.mean),
        count=number(prior.count),
        few=number(_FEW),
        few_mean=_hundredths(_MEAN_OF_FEW),
        few_sum=number(PRIOR_WEIGHT + _FEW),
        few_place=_place(sort_value(_MEAN_OF_FEW, _FEW, prior)),
        many=number(_MANY),
        many_mean=_hundredths(_MEAN_OF_MANY),
        many_place=_place(sort_value(_MEAN_OF_MANY, _MANY, prior)),
    )


def _place(thousandths: int) -> str:
    return _hundredths(Decimal(thousandths) / 1000)


def _hundredths(value: Decimal) -> str:
    """Rounded first, for Django cuts off what is not shown."""
    return str(formats.number_format(value.quantize(_HUNDREDTH, ROUND_HALF_UP), 2))
