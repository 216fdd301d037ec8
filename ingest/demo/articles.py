"""Article numbers: EANs that no book has, and the other things that publishers put in ProductId."""

from dataclasses import dataclass
from typing import Final

from ingest.demo.dice import Dice
from ingest.demo.plan import Block, block_before
from ingest.demo.publishers import LOSBLAD, SCHOOLHAVEN, SHELF

# 978-90-91 to 93 and 978-90-95 to 99 were never given to a publisher, so these numbers are no book's; they do for
# 38 shelves (790,000 records). After that 978-94 has to do.
_FREE: Final = ((9_500_000, 24), (9_100_000, 14))

_LEFT: Final = 8_000
"""Numbers up to 978-90-939 that are no product's."""

_RIVAL_SHARE: Final = 0.0035
_DUPLICATE_SHARE: Final = 0.036
_WRONG_SHARE: Final = 0.001
_SET_SHARE: Final = 0.22
_PLAIN_ID_SHARE: Final = 0.12


@dataclass(frozen=True, slots=True)
class Article:
    """product_id: as it stands in the record. unit_size: None where the record names none."""

    product_id: str
    unit_size: int | None


def ean_of(block: Block, index: int) -> str:
    """The EAN of product `index` of a block: one range for each publisher, a number for each product."""
    shelf, article = block.shelf, block.first_article + index
    for base, shelves in _FREE:
        if shelf < shelves:
            return with_check_digit(f"97890{base + shelf * SHELF + article}")
        shelf -= shelves
    return with_check_digit(f"97894{(shelf * SHELF + article) % 10_000_000:07}")


def dead_ean(dice: Dice) -> str:
    """A number that no product has: what the shelves leave of the ranges that they count through."""
    base, shelves = _FREE[-1]
    used = base + shelves * SHELF
    return with_check_digit(f"97890{used + dice.below(_LEFT)}")


def with_check_digit(digits: str) -> str:
    """Twelve digits and their check digit (GS1 General Specifications, 7.9)."""
    total = sum(int(digit) * (3 if place % 2 else 1) for place, digit in enumerate(digits))
    return f"{digits}{-total % 10}"


def has_duplicate(dice: Dice) -> bool:
    """Whether the last record of an edition is its first product again, by way of another supplier."""
    return dice.chance(_DUPLICATE_SHARE)


def article(seed: int, block: Block, index: int, is_digital: bool, dice: Dice) -> Article:
    """What stands in the record. The first product of an edition is always clean, for a duplicate repeats it."""
    ean = ean_of(block, index)
    if index == 0:
        return Article(ean, 1)
    if index == 1 and dice.chance(_RIVAL_SHARE):
        rival = block_before(seed, block)
        if rival is not None and rival.publisher.label != block.publisher.label:
            return Article(ean_of(rival, 0), 1)
    supplier = block.publisher.supplier
    if supplier is SCHOOLHAVEN and not is_digital and dice.chance(_SET_SHARE):
        return Article(f"urn:{supplier.name}:{ean_of(block, index - 1)}", 5)
    if supplier is LOSBLAD and is_digital and dice.chance(_PLAIN_ID_SHARE):
        return Article(f"license-{1 + index:02}", 1)
    if dice.chance(_WRONG_SHARE):
        return Article(f"{ean[:-1]}{(int(ean[-1]) + 1) % 10}", 1)
    return Article(ean, _unit_size(dice))


def _unit_size(dice: Dice) -> int | None:
    throw = dice.fraction()
    if throw < 0.012:
        return None
    return 5 if throw < 0.024 else 25 if throw < 0.028 else 1
