"""Prices: with and without VAT, of all schema versions; what one of them leaves out follows from the other."""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from catalogus.models.product import MAX_PRICE_CENTS
from catalogus.naming import normal_form
from catalogus.product_data import PricePart
from ingest.issues import IssueCode
from ingest.koppelpunt.eck import Entry
from ingest.mapping.enums import CURRENCIES
from ingest.mapping.reader import ValueReader
from ingest.values import parse_cents, parse_vat


@dataclass(frozen=True, slots=True)
class Price:
    """Whole cents; all empty where no price is stated. parts: only where there are several rates of VAT."""

    cents: int | None = None
    excl_cents: int | None = None
    vat_rate: Decimal | None = None
    currency: str = ""
    parts: tuple[PricePart, ...] = ()


_LOW, _HIGH = Decimal("9.0"), Decimal("21.0")
_OLD_FIELDS = {"PriceVATLow": _LOW, "PriceVATHigh": _HIGH}
"""2.1.1 and 2.3: a price with VAT at the rate that the element names."""

_USUAL_RATES = frozenset({Decimal("0.0"), _LOW, _HIGH})
"""Wet op de omzetbelasting 1968, article 9."""

_ROUNDING_CENTS = 2
"""The feed cuts amounts off at whole cents; each part may differ by so much from what its neighbour says."""


def read_price(entry: Entry, reader: ValueReader) -> Price:
    """The price of an entry.

    Source: ECK catalogservice 2.5.2, Entry/Prices: Consumerprice is with VAT, Price/Amount without, both in cents.
    """
    cents = _cents(reader, "Prices/Consumerprice", entry.first_text("Prices", "Consumerprice"))
    parts, single_rate = _parts(entry, reader)
    if cents is None and not parts:
        cents, parts = _old_price(entry, reader)
        single_rate = parts[0].vat_rate if parts else single_rate
    if cents is None and not parts:
        return Price()
    currency_text = entry.first_text("Prices", "Currency") or entry.text("Currency")
    # An amount in another currency is no price in euros.
    currency = reader.choice(CURRENCIES, "Currency", currency_text, "" if normal_form(currency_text) else "EUR")
    if not currency:
        return Price()
    return _with_both(cents, parts, single_rate, currency, reader)


@dataclass(frozen=True, slots=True)
class _Part:
    """An amount with its rate, which may be missing."""

    excl_cents: int
    vat_rate: Decimal | None


def _parts(entry: Entry, reader: ValueReader) -> tuple[tuple[_Part, ...], Decimal | None]:
    """The amounts that state something, and the rate of the first, which a price with VAT alone may come with."""
    parts = []
    first_rate = None
    for amount_text, vat_text in entry.prices():
        amount = _cents(reader, "Prices/Price/Amount", amount_text)
        rate = reader.parse(parse_vat, "Prices/Price/VAT", vat_text, IssueCode.BAD_NUMBER, None)
        if rate is not None and rate not in _USUAL_RATES:
            reader.add(IssueCode.UNUSUAL_VAT, "Prices/Price/VAT", vat_text)
        first_rate = rate if first_rate is None else first_rate
        if amount is not None:
            parts.append(_Part(amount, rate))
    return tuple(parts), parts[0].vat_rate if parts else first_rate


def _cents(reader: ValueReader, field: str, text: str) -> int | None:
    cents = reader.parse(parse_cents, field, text, IssueCode.BAD_NUMBER, None)
    if cents is None and text.strip("0.") == "" and text:
        reader.add(IssueCode.PRICE_ZERO, field, text)
    return cents


def _old_price(entry: Entry, reader: ValueReader) -> tuple[int | None, tuple[_Part, ...]]:
    """Prices with VAT by rate; with both rates it is a product of two parts."""
    found = {}
    for name, rate in _OLD_FIELDS.items():
        cents = _cents(reader, name, entry.text(name))
        if cents is not None:
            reader.add(IssueCode.OLD_PRICE_FIELD, name, entry.text(name))
            found[rate] = cents
    parts = tuple(_Part(_rounded(cents * 100 / (100 + rate)), rate) for rate, cents in found.items())
    return (sum(found.values()) or None), parts


def _with_both(
    cents: int | None, parts: tuple[_Part, ...], single_rate: Decimal | None, currency: str, reader: ValueReader
) -> Price:
    """The price with and without VAT, each from the other where it is not stated."""
    rates = {part.vat_rate for part in parts}
    excl_cents = sum(part.excl_cents for part in parts) or None
    counted = None
    if parts and None not in rates:
        counted = sum(_rounded(part.excl_cents * (100 + (part.vat_rate or Decimal(0))) / 100) for part in parts)
        if cents is not None and abs(cents - counted) > _ROUNDING_CENTS * len(parts):
            reader.add(IssueCode.PRICES_DISAGREE, "Prices/Consumerprice", str(cents))
    is_mixed = len(rates) > 1
    return Price(
        cents=_possible(cents if cents is not None else counted),
        excl_cents=_possible(excl_cents),
        vat_rate=None if is_mixed else single_rate,
        currency=currency,
        parts=tuple(PricePart(part.excl_cents, part.vat_rate) for part in parts if part.vat_rate is not None)
        if is_mixed
        else (),
    )


def _rounded(cents: Decimal | int) -> int:
    return int(Decimal(cents).quantize(Decimal(1), ROUND_HALF_UP))


def _possible(cents: int | None) -> int | None:
    return cents if cents is not None and 0 < cents <= MAX_PRICE_CENTS else None
