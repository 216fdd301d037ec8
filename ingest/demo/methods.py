"""Methods and their editions: the names that all their parts share."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from ingest.demo import subjects
from ingest.demo.brands import brand
from ingest.demo.dice import Dice, Weighted
from ingest.demo.plan import Block
from ingest.demo.subjects import Subject
from ingest.demo.throws import Throw
from ingest.demo.variants import Variant, variants_of

_EDITION_STYLES = Weighted(
    ("none", 0.30), ("druk", 0.24), ("ed", 0.10), ("year", 0.12), ("MAX", 0.05), ("vernieuwd", 0.08), ("element", 0.11)
)
_WITHOUT_FAMILY: Final = 0.07
_FIRST_SCHOOL_YEAR: Final = 2020
_CURRENT_YEAR: Final = 2024
"""The year of the feed that this catalogue imitates; the newest editions are of this year at the latest."""


@dataclass(frozen=True, slots=True)
class Method:
    """What the editions of one method have in common.

    name: the method's own name. has_family: whether its records name a family at all. names_subject: whether titles
    say the subject after the name. names_level: whether the family name takes the level ("... niveau 3").
    edition_style: how an edition is told from the one before it.
    """

    name: str
    subject: Subject
    variants: tuple[Variant, ...]
    has_family: bool
    names_subject: bool
    names_level: bool
    edition_style: str
    first_edition: int
    base_price: float


@lru_cache(maxsize=4096)
def method_of(seed: int, shelf: int, family: int, sector: str) -> Method:
    dice = Dice(seed, Throw.FAMILY, shelf, family)
    subject = dice.pick(_subjects(sector))
    name = brand(subject.language, _ordinal(seed, shelf, family))
    if subject.word == "examentraining":
        name = f"{name} examentraining"
    elif dice.chance(0.45):
        name = f"{name} {subject.word}"
    elif sector == "MBO" and dice.chance(0.3):
        name = f"{name} {dice.pick(('basisdelen', 'profieldelen', 'keuzedelen'))}"
    variants = variants_of(sector, subject, dice)
    style = "year" if subject.word == "examentraining" else _EDITION_STYLES.pick(dice)
    first = _FIRST_SCHOOL_YEAR + dice.below(2) if style == "year" else 1 + dice.below(9 if style == "ed" else 4)
    return Method(
        name=name,
        subject=subject,
        variants=variants,
        has_family=not dice.chance(_WITHOUT_FAMILY),
        names_subject=subject.word not in name and dice.chance(0.5),
        names_level=all(variant.level_words for variant in variants) and dice.chance(0.25),
        edition_style=style,
        first_edition=first,
        base_price=0.8 + dice.fraction() * 0.5,
    )


def _subjects(sector: str) -> tuple[Subject, ...]:
    if sector in ("VO", "PO", "MBO"):
        return {"VO": subjects.VO, "PO": subjects.PO, "MBO": subjects.MBO}[sector]
    return subjects.HBO if sector.startswith(("HBO", "MBO+HBO")) else subjects.SHARED


def _ordinal(seed: int, shelf: int, family: int) -> int:
    """A number of its own for each method of a shelf, so that two of one shelf seldom get the same name."""
    return family + Dice(seed, Throw.BRANDS, shelf).below(10_000)


@dataclass(frozen=True, slots=True)
class Edition:
    """How one edition shows. in_family and in_title: words to add there, empty for none.

    element: text of the element Edition. is_first: whether the feed has no older edition of the method.
    """

    in_family: str
    in_title: str
    element: str
    published: int


def edition_of(seed: int, block: Block, method: Method) -> Edition:
    """The edition of a block. The words stand in the family name, in the titles, in both, or in an element."""
    dice = Dice(seed, Throw.EDITION, block.shelf, block.serial)
    number = method.first_edition + block.rank - 1
    published = _CURRENT_YEAR - 1 - dice.below(5) - 4 * (block.ranks - block.rank)
    words, element = "", ""
    match method.edition_style:
        case "druk":
            words = f"{number}e druk"
        case "ed":
            words = f"{number}e ed"
        case "year":
            words, published = f"{number}/{number + 1}", number
        case "MAX" | "vernieuwd" if block.rank > 1 or block.ranks == 1:
            words = method.edition_style
        case "element":
            element = f"{number}Druk"
    where = dice.pick(("family", "family", "both", "title"))
    return Edition(
        in_family=words if where != "title" else "",
        in_title=words if where != "family" or not method.has_family else "",
        element=element,
        published=published,
    )


def family_name(method: Method, edition: Edition, variant: Variant) -> str:
    """ "Kiezelkade wiskunde havo 3e druk"; empty where the records of this method name none."""
    if not method.has_family:
        return ""
    words = (method.name, variant.level_words if method.names_level else "", edition.in_family)
    return " ".join(word for word in words if word)
