"""Chance that can be thrown again: the same key gives the same throws, on every machine and Python."""

from bisect import bisect
from collections.abc import Sequence
from itertools import accumulate
from random import Random
from typing import Generic, TypeVar

T = TypeVar("T")

_WORD = 32
"""Bits for each part of a key: enough for a seed or a record number, so that none runs into another."""

MAX_SEED = 2**_WORD - 1


class Dice:
    """Throws for one key, such as (seed, kind, number).

    Only Random.random() is used: it alone is promised to give the same sequence in every version of Python.
    """

    __slots__ = ("fraction",)

    def __init__(self, *key: int) -> None:
        whole = 0
        for part in key:
            whole = whole << _WORD | part
        self.fraction = Random(whole).random

    def chance(self, probability: float) -> bool:
        return self.fraction() < probability

    def below(self, limit: int) -> int:
        """A whole number from 0 to limit - 1."""
        return int(self.fraction() * limit)

    def pick(self, options: Sequence[T]) -> T:
        return options[int(self.fraction() * len(options))]


class Weighted(Generic[T]):
    """Options with weights; the sums are made once, for they are asked for a million times."""

    __slots__ = ("_options", "_sums")

    def __init__(self, *pairs: tuple[T, float]) -> None:
        self._options = [option for option, _ in pairs]
        self._sums = list(accumulate(weight for _, weight in pairs))

    def pick(self, dice: Dice) -> T:
        return self._options[bisect(self._sums, dice.fraction() * self._sums[-1], hi=len(self._options) - 1)]


def shuffled(items: Sequence[T], dice: Dice) -> list[T]:
    """Fisher and Yates, with throws that stay the same (Random.shuffle has changed between versions)."""
    result = list(items)
    for last in range(len(result) - 1, 0, -1):
        other = dice.below(last + 1)
        result[last], result[other] = result[other], result[last]
    return result
