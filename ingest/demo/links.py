"""Which product names which: what a package consists of, and what follows on what. Some name what is not there."""

from typing import Final

from ingest.demo.articles import dead_ean
from ingest.demo.dice import Dice, shuffled
from ingest.demo.entries import Entry, parts_of, product_id_of
from ingest.demo.plan import Block, block_at, newer_edition

_NAMED_PARTS: Final = 0.7
_DEAD_PART: Final = 0.04

_FOLLOWED: Final = 0.03
_DEAD_SUCCESSOR: Final = 0.06

# The first products of the first blocks of a shelf, so that a small catalogue has them too: a product that names
# itself, and two that name each other.
_ITSELF: Final = 0
_EACH_OTHER: Final = {1: 2, 2: 1}


def parts_of_package(found: Entry, block: Block, dice: Dice) -> tuple[str, ...]:
    """Two to four products of the same edition, those for the same level first; nothing for what is no package.

    The last product is never among them, for it may be the first one again.
    """
    _edition, parts = parts_of(found.seed, block.first_number)
    own = found.number - block.first_number
    if not _is_package(parts[own].label) or not dice.chance(_NAMED_PARTS):
        return ()
    others = [index for index in range(block.size - 1) if index != own and not _is_package(parts[index].label)]
    near = sorted(shuffled(others, dice), key=lambda index: parts[index].variant != parts[own].variant)
    chosen = [product_id_of(found.seed, block.first_number + index) for index in near[: 2 + dice.below(3)]]
    if chosen and dice.chance(_DEAD_PART):
        chosen[-1] = dead_ean(dice)
    return tuple(dict.fromkeys(chosen))


def _is_package(label: str) -> bool:
    return "pakket" in label


def successor_of(found: Entry, block: Block, dice: Dice) -> str:
    """The same part of the next edition, another part of it where there is none, or an id that nobody has."""
    own = found.number - block.first_number
    if own == 0 and block.serial == _ITSELF:
        return found.product_id
    if own == 0 and block.serial in _EACH_OTHER:
        return product_id_of(found.seed, block_at(found.seed, block.shelf, _EACH_OTHER[block.serial]).first_number)
    newer = newer_edition(found.seed, block) if dice.chance(_FOLLOWED) else None
    if newer is None:
        return ""
    if dice.chance(_DEAD_SUCCESSOR):
        return dead_ean(dice)
    part = parts_of(found.seed, block.first_number)[1][own]
    parts = parts_of(found.seed, newer.first_number)[1][:-1]
    index = parts.index(part) if part in parts else own % len(parts)
    return product_id_of(found.seed, newer.first_number + index)
