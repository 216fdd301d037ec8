"""What only few records say. It is thrown when a record is written, so it costs nothing to what is searched."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from ingest.demo.dice import Dice
from ingest.demo.entries import Entry
from ingest.demo.licenses import NO_LICENSE, License, license_of
from ingest.demo.links import parts_of_package, successor_of
from ingest.demo.moments import write_moment
from ingest.demo.parts import OTHER
from ingest.demo.plan import block_of
from ingest.demo.publishers import SHELF
from ingest.demo.throws import Throw


@dataclass(frozen=True, slots=True)
class Environment:
    """On what a product runs."""

    platforms: tuple[str, ...] = ()
    devices: tuple[str, ...] = ()
    browsers: tuple[str, ...] = ()


NO_ENVIRONMENT: Final = Environment()


@dataclass(frozen=True, slots=True)
class PricePart:
    """The part of a price that bears one rate: whole cents without VAT, and the rate as text, "9.0"."""

    excl_cents: int
    vat: str


@dataclass(frozen=True, slots=True)
class Extras:
    """Empty where the record says nothing. price_parts: what together makes the price, where that bears two rates.

    unknown: an element that no schema knows, as XML with the prefix ct.
    """

    license: License = NO_LICENSE
    environment: Environment = NO_ENVIRONMENT
    parts: tuple[str, ...] = ()
    successor: str = ""
    price_parts: tuple[PricePart, ...] = ()
    revised: str = ""
    deprecated: str = ""
    supported: str = ""
    unknown: str = ""


# Once in every shelf, the first of them early enough for a small catalogue.
_UNKNOWN: Final = {
    33: "<ct:Remark>Herdruk in voorbereiding; de uitgever weet de leverdatum.</ct:Remark>",
    8_033: '<ct:Depot row="12">Hal B</ct:Depot>',
    16_033: "<ct:Audiences><ct:Audience>Starters</ct:Audience><ct:Audience>Invallers</ct:Audience></ct:Audiences>",
}

_WITH_ENVIRONMENT: Final = 0.07
_PLATFORMS: Final = (("HTML5",), ("HTML5",), ("HTML5", "iOS"), ("iOS", "Windows"), ("HTML5", "iOS", "Windows"))
_DEVICES: Final = (("pc ready",), ())
_BROWSERS: Final = (("Chrome", "Safari", "Edge"), ("Chrome", "Edge"), ("Chrome",), ())

_TWO_RATES: Final = 0.2
_LOW, _HIGH = 109, 121
"""Percents of the price without VAT."""

_REVISED: Final = 0.06
_DEPRECATED: Final = 0.03
_SUPPORTED_LONGER: Final = 0.5


def extras_of(found: Entry) -> Extras:
    """A product that comes a second time, from another supplier, says none of it."""
    block = block_of(found.seed, found.number)
    unknown = _UNKNOWN.get(found.number % SHELF, "")
    if found.supplier is not block.publisher.supplier:
        return Extras(unknown=unknown)
    dice = Dice(found.seed, Throw.EXTRAS, found.number)
    deprecated, supported = _ends(found, dice)
    return Extras(
        license=license_of(found, dice),
        environment=_environment(found, dice),
        parts=parts_of_package(found, block, dice),
        successor=successor_of(found, block, dice),
        price_parts=_price_parts(found, dice),
        revised=_day(found, 1, dice) if dice.chance(_REVISED) else "",
        deprecated=deprecated,
        supported=supported,
        unknown=unknown,
    )


def _environment(found: Entry, dice: Dice) -> Environment:
    if not found.is_digital or not dice.chance(_WITH_ENVIRONMENT):
        return NO_ENVIRONMENT
    return Environment(dice.pick(_PLATFORMS), dice.pick(_DEVICES), dice.pick(_BROWSERS))


def _price_parts(found: Entry, dice: Dice) -> tuple[PricePart, ...]:
    """A book at the low rate and a license at the high one; with VAT they make the price to the cent."""
    share = 0.2 + 0.4 * dice.fraction()
    is_mixed = found.medium == OTHER and any(word in found.title for word in ("pakket", " + ", "inclusief"))
    if not is_mixed or not dice.chance(_TWO_RATES) or not found.price.cents:
        return ()
    # 109 low + 121 high = 100 cents has whole solutions, of which the high parts lie 109 apart.
    whole = 100 * found.price.cents
    least = whole * pow(_HIGH, -1, _LOW) % _LOW or _LOW
    high = least + _LOW * max(0, round((share * whole / _HIGH - least) / _LOW))
    low = (whole - _HIGH * high) // _LOW
    return (PricePart(low, "9.0"), PricePart(high, "21.0"))


def _ends(found: Entry, dice: Dice) -> tuple[str, str]:
    """The days from which the product is out of date and to which it is supported."""
    if found.state != "Niet meer leverbaar" or not dice.chance(_DEPRECATED):
        return "", ""
    return _day(found, 2, dice), _day(found, 4, dice) if dice.chance(_SUPPORTED_LONGER) else ""


def _day(found: Entry, years: int, dice: Dice) -> str:
    # Before September, so that a revision of this year lies before the feed.
    day = date(int(found.published[:4]) + years, 1 + dice.below(8), 1 + dice.below(28))
    return write_moment(day, found.supplier.dates, dice)
