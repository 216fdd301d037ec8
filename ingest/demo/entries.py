"""One record of the invented catalogue, as a pure function of seed and number."""

import hashlib
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Final
from uuid import UUID

from ingest.demo import parts
from ingest.demo.articles import Article, article, has_duplicate
from ingest.demo.dice import Dice
from ingest.demo.groups import Group, groups_of
from ingest.demo.methods import Edition, Method, edition_of, family_name, method_of
from ingest.demo.moments import throw_moment
from ingest.demo.parts import Kind
from ingest.demo.plan import Block, block_of
from ingest.demo.publishers import METHODENET, SHELF, SUPPLIERS, Supplier
from ingest.demo.texts import address, authors_of, description_of
from ingest.demo.throws import Throw
from ingest.demo.variants import Variant

NO_END: Final = "2051-11-11T00:00:00.000Z"
"""What publishers write where a product has no last day."""


@dataclass(frozen=True, slots=True)
class Price:
    """Whole cents; cents and excl_cents are 0 and vat is "0.0" where no price is stated."""

    cents: int
    excl_cents: int
    vat: str


@dataclass(frozen=True, slots=True)
class Entry:
    """What the record says, as text where the feed has text; an empty text is an element that is not there.

    seed, number: of which catalogue, and its place there. identifier: recordIdentifier, "supplier:uuid".
    has_groups: whether the record has CurriculumInfo beside the older DEP elements.
    """

    seed: int
    number: int
    identifier: str
    supplier: Supplier
    product_id: str
    publisher: str
    thumbnail: str
    cover: str
    family: str
    title: str
    authors: tuple[str, ...]
    description: str
    information: str
    access: str
    published: str
    end_of_life: str
    edition: str
    version: str
    state: str
    role: str
    medium: str
    is_consumed: bool
    groups: tuple[Group, ...]
    has_groups: bool
    unit_size: int | None
    price: Price
    modified: str

    @property
    def sectors(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(group.sector for group in self.groups))

    @property
    def is_digital(self) -> bool:
        return self.medium in (parts.WEB, parts.INSTALLER)


@dataclass(frozen=True, slots=True)
class Part:
    """One product of an edition. label: as titles say it, "werkboek deel 2"."""

    kind: Kind
    label: str
    variant: Variant


_PRICELESS: Final = 0.4
_HIGH_VAT: Final = 0.07
_WITHOUT_DATE: Final = 0.04
_WITHOUT_COVER: Final = 0.05
_ONLY_DEP: Final = 0.15

# Once in every shelf, as the real feed has them once or twice in 20,830.
_NEVER_PUBLISHED: Final = 10_007
_FOR_MANAGERS: Final = 14_242
_INSTALLERS: Final = (6_011, 17_017)

# Shares of the whole feed, in this order; the rest is on sale or no longer.
_STATES: Final = (
    ("", 2269 / 20830),
    ("Beperkt leverbaar", 344 / 20830),
    ("Nog niet leverbaar", 176 / 20830),
    ("Tijdelijk niet leverbaar", 29 / 20830),
)
_GONE_WHEN_OLD: Final = 0.88
_GONE_WHEN_CURRENT: Final = 0.21


def entry(seed: int, number: int) -> Entry:
    """Record `number` as it was at revision 0."""
    block = block_of(seed, number)
    index = number - block.first_number
    dice = Dice(seed, Throw.PRODUCT, number)
    found = _original(seed, number, block, index, dice)
    if index and index == block.size - 1 and has_duplicate(dice):
        return _duplicate(found, entry(seed, block.first_number), dice)
    return found


def identifier_of(seed: int, number: int, supplier: Supplier) -> str:
    """ "leerbron:5f1c…": a name-based UUID (RFC 9562, version 5) behind the supplier's name."""
    digest = hashlib.sha1(f"{seed}/{number}".encode(), usedforsecurity=False).digest()
    return f"{supplier.name}:{UUID(bytes=digest[:16], version=5)}"


def product_id_of(seed: int, number: int) -> str:
    """The ProductId of a record without the rest of it, but for a duplicate: that has the one of another product."""
    block = block_of(seed, number)
    index = number - block.first_number
    part = parts_of(seed, block.first_number)[1][index]
    return article(seed, block, index, part.kind.medium == parts.WEB, Dice(seed, Throw.PRODUCT, number)).product_id


def _original(seed: int, number: int, block: Block, index: int, dice: Dice) -> Entry:
    publisher, supplier = block.publisher, block.publisher.supplier
    method = method_of(seed, block.shelf, block.family, block.sector)
    edition, found = parts_of(seed, block.first_number)
    part = found[index]
    numbered = article(seed, block, index, part.kind.medium == parts.WEB, dice)
    title = _title(method, edition, part, numbered)
    state = _state(number, block, dice)
    site = supplier.site
    return Entry(
        seed=seed,
        number=number,
        identifier=identifier_of(seed, number, supplier),
        supplier=supplier,
        product_id=numbered.product_id,
        publisher=publisher.name,
        thumbnail=address(f"https://www.{site}/images/{publisher.label}/logo-no-border.svg", dice),
        cover="" if dice.chance(_WITHOUT_COVER) else address(f"https://covers.{site}/{number:07}/thumb.png", dice),
        family=family_name(method, edition, part.variant),
        title=title,
        authors=authors_of(publisher, dice),
        description=description_of(title, method, part.variant, dice),
        information=address(f"https://www.{site}/leermiddelen/{number}", dice) if dice.chance(0.4) else "",
        access=f"https://toegang.{site}/{numbered.product_id}" if part.kind.medium != parts.DVD else "",
        published=f"{edition.published}-{3 + dice.below(6):02}-01T00:00:00.000Z",
        end_of_life=_end_of_life(state, edition, dice),
        edition=edition.element,
        version=str(block.rank),
        state=state,
        role=parts.MANAGER if number % SHELF == _FOR_MANAGERS else part.kind.role,
        medium=parts.INSTALLER if number % SHELF in _INSTALLERS else part.kind.medium,
        is_consumed=part.kind.is_consumed,
        groups=groups_of(block.sector, method, part.variant, supplier, dice),
        has_groups=supplier is not METHODENET or not dice.chance(_ONLY_DEP),
        unit_size=numbered.unit_size,
        price=_price(method, part, numbered, dice),
        modified="" if dice.chance(_WITHOUT_DATE) else throw_moment(supplier.dates, dice),
    )


@lru_cache(maxsize=4096)  # A page of a hundred records touches as many editions.
def parts_of(seed: int, first_number: int) -> tuple[Edition, tuple[Part, ...]]:
    """The edition that starts at a number, with all that it consists of.

    Variants are gone through before labels: first "havo 3 leerboek" and "havo 4 leerboek", then their "theorieboek".
    """
    block = block_of(seed, first_number)
    method = method_of(seed, block.shelf, block.family, block.sector)
    dice = Dice(seed, Throw.EDITION, block.shelf, block.serial, 1)
    has_books = parts.is_rich_in_books(dice)
    seen: dict[Kind, int] = {}
    found = []
    for _ in range(block.size):
        kind = parts.throw_kind(has_books, dice)
        count = seen[kind] = seen.get(kind, -1) + 1
        labels = parts.labels(kind)
        turn, variant = divmod(count, len(method.variants))
        repeat, place = divmod(turn, len(labels))
        label = labels[place] if not repeat else f"{labels[place]} deel {repeat + 1}"
        found.append(Part(kind, label, method.variants[variant]))
    return edition_of(seed, block, method), tuple(found)


def _title(method: Method, edition: Edition, part: Part, numbered: Article) -> str:
    words = [method.name]
    if edition.in_title == "MAX":
        words.append("MAX")
    if method.names_subject:
        words.append(method.subject.word)
    words += [part.variant.label, part.label]
    if edition.in_title not in ("", "MAX"):
        words.append(edition.in_title)
    if numbered.unit_size == 5:
        words.append("- Set van 5" if numbered.product_id.startswith("urn:") else "(5 ex)")
    return " ".join(words)


def _state(number: int, block: Block, dice: Dice) -> str:
    if number % SHELF == _NEVER_PUBLISHED:
        return "Zal niet verschijnen"
    throw = dice.fraction()
    for state, share in _STATES:
        if throw < share:
            return state
        throw -= share
    gone = dice.chance(_GONE_WHEN_CURRENT if block.is_current else _GONE_WHEN_OLD)
    return "Niet meer leverbaar" if gone else "Leverbaar"


def _end_of_life(state: str, edition: Edition, dice: Dice) -> str:
    if state == "Niet meer leverbaar" and dice.chance(0.35):
        return f"{edition.published + 2 + dice.below(3)}-0{1 + dice.below(9)}-27T00:00:00.000Z"
    return NO_END if dice.chance(0.93) else ""


def _price(method: Method, part: Part, numbered: Article, dice: Dice) -> Price:
    if dice.chance(_PRICELESS):
        return Price(0, 0, "0.0")
    low, high = parts.price_range(part.kind, part.label)
    # Squared, for there are many cheap parts and few dear ones; in steps of five cents, as shops have them.
    cents = round((low + (high - low) * dice.fraction() ** 2) * method.base_price / 5) * 5
    rate = 21 if part.kind.medium == parts.WEB and dice.chance(_HIGH_VAT) else 9
    return with_vat(cents * (numbered.unit_size or 1), rate)


def with_vat(cents: int, rate: int) -> Price:
    """The price without VAT is cut off at whole cents, as the real feed does: 7950 -> 7293."""
    return Price(cents, cents * 100 // (100 + rate), f"{rate}.0")


def _duplicate(found: Entry, first: Entry, dice: Dice) -> Entry:
    """The first product of the edition once more: from another supplier, which knows less of it."""
    supplier = SUPPLIERS[(SUPPLIERS.index(found.supplier) + 1 + dice.below(len(SUPPLIERS) - 1)) % len(SUPPLIERS)]
    return replace(
        first,
        number=found.number,
        identifier=f"{supplier.name}:{found.identifier.partition(':')[2]}",
        supplier=supplier,
        cover="",
        authors=(first.publisher,),
        description=first.title,
        price=found.price,
        modified=found.modified,
    )
