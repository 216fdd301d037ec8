"""The order by reviews, worked out with the numbers that it is made with at this moment."""

from dataclasses import dataclass
from decimal import Decimal

from django.utils import formats

from catalogus.web.formatting import number
from reviews.services.prior import PRIOR_WEIGHT, sort_value, stated_prior

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
        prior=formats.number_format(prior.mean, 2),
        count=number(prior.count),
        few=number(_FEW),
        few_mean=formats.number_format(_MEAN_OF_FEW, 2),
        few_sum=number(PRIOR_WEIGHT + _FEW),
        few_place=_place(sort_value(_MEAN_OF_FEW, _FEW, prior)),
        many=number(_MANY),
        many_mean=formats.number_format(_MEAN_OF_MANY, 2),
        many_place=_place(sort_value(_MEAN_OF_MANY, _MANY, prior)),
    )


def _place(thousandths: int) -> str:
    return str(formats.number_format(Decimal(thousandths) / 1000, 2))
