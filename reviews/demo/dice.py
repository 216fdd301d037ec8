"""Chance that can be thrown again: the same key gives the same throws, on every machine and Python.

Only Random.random() is used: it alone is promised to give the same sequence in every version of Python.
"""

from bisect import bisect
from collections.abc import Sequence
from itertools import accumulate
from random import Random
from typing import TypeVar

T = TypeVar("T")

SEED = 1


class Dice:
    """Throws for one key, such as ("review", "4c8…", "3")."""

    __slots__ = ("fraction",)

    def __init__(self, *key: str, seed: int = SEED) -> None:
        self.fraction = Random("\x1f".join((str(seed), *key))).random  # noqa: S311  Nothing is guarded by it.

    def chance(self, probability: float) -> bool:
        return self.fraction() < probability

    def below(self, limit: int) -> int:
        """A whole number from 0 to limit - 1."""
        return int(self.fraction() * limit)

    def between(self, low: float, high: float) -> float:
        return low + self.fraction() * (high - low)

    def pick(self, options: Sequence[T]) -> T:
        return options[self.below(len(options))]

    def weighed(self, *options: tuple[T, float]) -> T:
        """One of the options, each with its weight."""
        sums = list(accumulate(weight for _one, weight in options))
        return options[bisect(sums, self.fraction() * sums[-1], hi=len(sums) - 1)][0]

    def some(self, options: Sequence[T], count: int) -> list[T]:
        """So many different ones, or all where there are no more; in the order of the throws."""
        left = list(options)
        return [left.pop(self.below(len(left))) for _ in range(min(count, len(left)))]
