"""Which numbers belong together: the round of records divided over publishers, methods and editions.

Numbers come in shelves of 20,830. Every shelf holds all publishers in their real sizes and methods of its own, in an
order shuffled by seed, so a record does not depend on how many records are asked for.
"""

from bisect import bisect_right
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from ingest.demo.dice import Dice, Weighted, shuffled
from ingest.demo.publishers import PUBLISHERS, SHELF, Publisher
from ingest.demo.throws import Throw

_EDITIONS = Weighted((1, 0.70), (2, 0.22), (3, 0.08))
"""Editions of one method that are in the feed at the same time."""

_SIZES = Weighted(
    (8, 3.0), (9, 3.0), (10, 3.0), (11, 2.0), (12, 2.0), (14, 2.0), (16, 1.0), (18, 1.0), (21, 0.7), (25, 0.5)
)
"""Products of one edition."""

_REST: Final = 5
"""Fewer products than this are no edition of their own; they join the last one."""


@dataclass(frozen=True, slots=True)
class Block:
    """One edition of one method: `size` records from `start` within shelf `shelf`.

    family: number of the method within the shelf. rank: 1 for its oldest edition, up to `ranks` for the newest.
    first_article: the number within the shelf from which its articles count, publisher by publisher.
    """

    shelf: int
    serial: int
    start: int
    size: int
    publisher: Publisher
    sector: str
    family: int
    rank: int
    ranks: int
    first_article: int

    @property
    def is_current(self) -> bool:
        return self.rank == self.ranks

    @property
    def first_number(self) -> int:
        return self.shelf * SHELF + self.start


def block_of(seed: int, number: int) -> Block:
    """The block in which record `number` lies."""
    shelf, place = divmod(number, SHELF)
    starts, blocks = _shelf(seed, shelf)
    return blocks[bisect_right(starts, place) - 1]


def block_before(seed: int, block: Block) -> Block | None:
    """The block that ends where this one starts; None for the first of a shelf."""
    return _shelf(seed, block.shelf)[1][block.serial - 1] if block.serial else None


def block_at(seed: int, shelf: int, serial: int) -> Block:
    return _shelf(seed, shelf)[1][serial]


def newer_edition(seed: int, block: Block) -> Block | None:
    """The next edition of the same method; None for the newest."""
    return _by_edition(seed, block.shelf).get((block.family, block.rank + 1))


@lru_cache(maxsize=64)
def _by_edition(seed: int, shelf: int) -> dict[tuple[int, int], Block]:
    return {(block.family, block.rank): block for block in _shelf(seed, shelf)[1]}


@lru_cache(maxsize=64)  # A million records are 49 shelves, of a third of a megabyte each.
def _shelf(seed: int, shelf: int) -> tuple[list[int], list[Block]]:
    dice = Dice(seed, Throw.PLAN, shelf)
    drafts: list[Block] = []
    families: dict[str, list[Block]] = {}
    family = 0
    for publisher in PUBLISHERS:
        own = _blocks_of(
            publisher, families.get(publisher.same_as, []), shelf, family, sum(b.size for b in drafts), dice
        )
        family = max([family, *(block.family + 1 for block in own)])
        families[publisher.name] = own
        drafts += own
    starts, blocks, start = [], [], 0
    for serial, draft in enumerate(shuffled(drafts, dice)):
        starts.append(start)
        blocks.append(_placed(draft, serial, start))
        start += draft.size
    return starts, blocks


def _placed(draft: Block, serial: int, start: int) -> Block:
    return Block(
        draft.shelf, serial, start, draft.size, draft.publisher, draft.sector, draft.family, draft.rank, draft.ranks,
        draft.first_article,
    )  # fmt: skip


def _blocks_of(
    publisher: Publisher, carried: list[Block], shelf: int, family: int, first_article: int, dice: Dice
) -> list[Block]:
    """The editions of one publisher. carried: those of its other spelling, of which it brings a newer edition."""
    quota = _Quota(publisher.sectors)
    inherited = [block for block in carried if block.is_current and block.sector == publisher.sectors[0][0]]
    blocks: list[Block] = []
    left = publisher.size
    while left:
        if inherited:
            older = inherited.pop(0)
            size = _size(left, dice)
            rank = older.ranks + 1
            blocks.append(Block(shelf, 0, 0, size, publisher, older.sector, older.family, rank, rank, first_article))
            left -= size
            first_article += size
            continue
        sizes: list[int] = []
        for _ in range(_EDITIONS.pick(dice)):
            if left:
                sizes.append(_size(left, dice))
                left -= sizes[-1]
        sector = quota.next(sum(sizes))
        for rank, size in enumerate(sizes, start=1):
            blocks.append(Block(shelf, 0, 0, size, publisher, sector, family, rank, len(sizes), first_article))
            first_article += size
        family += 1
    return blocks


def _size(left: int, dice: Dice) -> int:
    size = _SIZES.pick(dice)
    return left if left < size + _REST else size


class _Quota:
    """Deals sectors so that each publisher keeps to its weights as closely as whole methods allow."""

    def __init__(self, weights: tuple[tuple[str, float], ...]) -> None:
        self._weights = dict(weights)
        self._given = dict.fromkeys(self._weights, 0)

    def next(self, size: int) -> str:
        """The sector that lags most behind its share once `size` more records are dealt."""
        total = sum(self._given.values()) + size
        sector = max(self._weights, key=lambda name: self._weights[name] * total - self._given[name])
        self._given[sector] += size
        return sector
