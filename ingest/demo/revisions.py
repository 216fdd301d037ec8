"""The catalogue as it changes: at every revision some records differ, some are gone and some are new.

Strides decide, not chance, so that even a small catalogue has some of each kind.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cached_property
from typing import Final

from ingest.demo.dice import Dice
from ingest.demo.entries import Entry, entry, with_vat
from ingest.demo.moments import write_moment
from ingest.demo.throws import Throw

_CHANGED_OF: Final = 40
_GONE_OF: Final = 200
_NEW_OF: Final = 200
"""One of so many records at each revision: 2.5% changes, half a percent goes and as much comes."""

_AFTER_FEED: Final = date(2024, 9, 4)
_DAYS_BETWEEN: Final = 14

_WHOLE: Final = 2**32
_GOLDEN: Final = 2_654_435_769


@dataclass(frozen=True, slots=True)
class Step:
    """Numbers of records: those to take away, and those to put in, the changed ones among both."""

    gone: frozenset[int]
    fresh: tuple[int, ...]


@dataclass(frozen=True)
class Catalogue:
    """All records of one seed at one revision; it holds none of them. records: how many there are at revision 0.

    lost: the share of the records that a source has lost, from 0 to 1; it keeps the same ones every time.
    """

    records: int
    seed: int = 1
    revision: int = 0
    lost: float = 0.0

    def __len__(self) -> int:
        return sum(1 for _ in self.numbers()) if self.revision or self.lost else self.records

    def __iter__(self) -> Iterator[Entry]:
        return (self.entry(number) for number in self.numbers())

    def numbers(self) -> Iterator[int]:
        """The numbers of the records that are there, in order."""
        if not self.revision and not self.lost:
            return iter(range(self.records))
        every = range(self.records + self.revision * self._new)
        return (number for number in every if not self._is_gone(number) and not self._is_lost(number))

    def identifiers(self) -> frozenset[str]:
        return frozenset(found.identifier for found in self)

    def entry(self, number: int) -> Entry:
        """The record as it is at this revision."""
        found = entry(self.seed, number)
        for revision in self._revisions(number):
            if number % _CHANGED_OF == self._changes[revision]:
                found = _changed(found, self.seed, revision)
        return found

    def step_to(self, other: "Catalogue") -> Step:
        """What turns this catalogue into another one of the same seed and size."""
        first, last = sorted((self.revision, other.revision))
        later = max(self, other, key=lambda catalogue: catalogue.revision)
        touched = {later._changes[revision] for revision in range(first + 1, last + 1)}
        old, new = set(self.numbers()), set(other.numbers())
        changed = {number for number in old & new if number % _CHANGED_OF in touched}
        return Step(gone=frozenset(old - new | changed), fresh=tuple(sorted(new - old | changed)))

    def _revisions(self, number: int) -> range:
        """The revisions that the record lived through after the one in which it came."""
        return range(self._born(number) + 1, self.revision + 1)

    def _born(self, number: int) -> int:
        return 0 if number < self.records else 1 + (number - self.records) // self._new

    def _is_gone(self, number: int) -> bool:
        return self._last_losses.get(number % _GONE_OF, 0) > self._born(number)

    def _is_lost(self, number: int) -> bool:
        # Multiples of the golden ratio lie evenly, so any hundred records in a row lose the same share.
        return number * _GOLDEN % _WHOLE < self.lost * _WHOLE

    @property
    def _new(self) -> int:
        return -(-self.records // _NEW_OF)

    @cached_property
    def _changes(self) -> list[int]:
        return [Dice(self.seed, Throw.REVISION, step).below(_CHANGED_OF) for step in range(self.revision + 1)]

    @cached_property
    def _last_losses(self) -> dict[int, int]:
        """The remainder by which records go, with the last revision that took it."""
        return {Dice(self.seed, Throw.REVISION, step, 1).below(_GONE_OF): step for step in range(1, self.revision + 1)}


@dataclass(frozen=True, slots=True)
class Difference:
    """Identifiers of records that came, went and changed between two revisions."""

    added: frozenset[str]
    removed: frozenset[str]
    changed: frozenset[str]


def difference(before: Catalogue, after: Catalogue) -> Difference:
    """What a harvest of `after` should find that comes after one of `before`. Holds both in memory."""
    old = {found.identifier: found for found in before}
    new = {found.identifier: found for found in after}
    return Difference(
        added=frozenset(new.keys() - old.keys()),
        removed=frozenset(old.keys() - new.keys()),
        changed=frozenset(name for name in old.keys() & new.keys() if old[name] != new[name]),
    )


def _changed(found: Entry, seed: int, revision: int) -> Entry:
    """Another price; another title where there is none. One publisher in three forgets to say when."""
    dice = Dice(seed, Throw.REVISION, revision, found.number)
    if not dice.chance(1 / 3):
        day = _AFTER_FEED + timedelta(days=_DAYS_BETWEEN * revision)
        found = replace(found, modified=write_moment(day, found.supplier.dates, dice))
    if found.price.cents:
        cents = round(found.price.cents * 1.04 / 5) * 5 + 5
        return replace(found, price=with_vat(cents, round(float(found.price.vat))))
    title = f"{found.title} (aangepast)"
    return replace(found, title=title, description=title if found.description == found.title else found.description)
