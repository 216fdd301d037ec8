"""How good an order is: normalised discounted cumulative gain and recall, of one query and over many.

A query's grades say what is worth finding: 3 what was asked, 2 nearly so, 1 worth seeing; what has no grade is worth 0.
"""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

NDCG_DEPTH = 10
RECALL_DEPTH = 20
_WANTED = 2
"""The least grade that counts as found."""


@dataclass(frozen=True, slots=True)
class Figures:
    """Both between 0 and 1."""

    ndcg: float
    recall: float


def ndcg(found: Sequence[str], grades: Mapping[str, int], depth: int = NDCG_DEPTH) -> float:
    """The gain of the first `depth` found against that of the best order of everything that has a grade.

    Gain is 2^grade - 1, discounted by log2(place + 1). What is found twice counts at its first place alone. Raises
    ValueError where nothing has a grade above 0: any order of nothing would be as good.
    """
    ideal = _gain(sorted(grades.values(), reverse=True)[:depth])
    if not ideal:
        raise ValueError("nothing is graded above 0")
    return _gain(_grades_in_order(found, grades)[:depth]) / ideal


def recall(found: Sequence[str], grades: Mapping[str, int], depth: int = RECALL_DEPTH) -> float:
    """The share of what is graded 2 or 3 among the first `depth`; of `depth` of them where there are more than that.

    Raises ValueError where nothing is graded that high.
    """
    wanted = sum(grade >= _WANTED for grade in grades.values())
    if not wanted:
        raise ValueError("nothing is graded 2 or 3")
    hits = sum(grade >= _WANTED for grade in _grades_in_order(found, grades)[:depth])
    return hits / min(depth, wanted)


def figures(found: Sequence[str], grades: Mapping[str, int]) -> Figures:
    return Figures(ndcg(found, grades), recall(found, grades))


def best_of_what_fits(grades: Mapping[str, int]) -> Figures:
    """The figures of an answer that holds what is graded 2 or 3, in the best order, and nothing that is graded 1.

    Less than 1 where something is graded 1: the room above it is for what is worth seeing besides.
    """
    fitting = [key for key in grades if grades[key] >= _WANTED]
    return figures(sorted(fitting, key=lambda key: -grades[key]), grades)


def mean(each: Iterable[Figures]) -> Figures:
    """Every query weighs the same. Raises ValueError for none."""
    listed = list(each)
    if not listed:
        raise ValueError("a mean needs at least one query")
    return Figures(
        math.fsum(one.ndcg for one in listed) / len(listed), math.fsum(one.recall for one in listed) / len(listed)
    )


def _grades_in_order(found: Sequence[str], grades: Mapping[str, int]) -> list[int]:
    """The grade at each place; 0 for what stood above already."""
    seen: set[str] = set()
    in_order = []
    for key in found:
        in_order.append(0 if key in seen else grades.get(key, 0))
        seen.add(key)
    return in_order


def _gain(grades: Sequence[int]) -> float:
    return math.fsum((2**grade - 1) / math.log2(place + 1) for place, grade in enumerate(grades, start=1))
