"""Prices: with and without VAT, of all schema versions; what one of them leaves out follows from the other."""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from catalogus.models.product import MAX_PRICE_CENTS
from catalogus.naming import normal_form
from ingest.issues import IssueCode
from ingest.koppelpunt.eck import Entry
from ingest.mapping.enums import CURRENCIES
from ingest.mapping.reader import ValueReader
from ingest.values import parse_cents, parse_vat


@dataclass(frozen=True, slots=True)
class Price:
    """Whole cents; all empty where no price is stated."""

    cents: int | None = None
    excl_cents: int | None = None
    vat_rate: Decimal | None = None
    currency: str = ""


_LOW, _HIGH = Decimal("9.0"), Decimal("21.0")
_OLD_FIELDS = {"PriceVATLow": _LOW, "PriceVATHigh": _HIGH}
"""2.1.1 and 2.3: a price with VAT at the rate that the element names."""


def read_price(entry: Entry, reader: ValueReader) -> Price:
    """The price of an entry.

    Source: ECK catalogservice 2.5.2, Entry/Prices: Consumerprice is with VAT, Price/Amount without, both in cents.
    """
    cents = _cents(entry, reader, "Prices", "Consumerprice")
    excl_cents = _cents(entry, reader, "Prices", "Price", "Amount")
    vat_text = entry.first_text("Prices", "Price", "VAT")
    vat_rate = reader.parse(parse_vat, "Prices/Price/VAT", vat_text, IssueCode.BAD_NUMBER, None)
    if cents is None and excl_cents is None:
        cents, vat_rate = _old_price(entry, reader)
    if cents is None and excl_cents is None:
        return Price()
    currency_text = entry.first_text("Prices", "Currency") or entry.text("Currency")
    # An amount in another currency is no price in euros.
    currency = reader.choice(CURRENCIES, "Currency", currency_text, "" if normal_form(currency_text) else "EUR")
    if not currency:
        return Price()
    if cents is None and excl_cents is not None and vat_rate is not None:
        cents = _with_vat(excl_cents, vat_rate)
    return Price(cents, excl_cents, vat_rate, currency)


def _cents(entry: Entry, reader: ValueReader, *path: str) -> int | None:
    return reader.parse(parse_cents, "/".join(path), entry.first_text(*path), IssueCode.BAD_NUMBER, None)


def _old_price(entry: Entry, reader: ValueReader) -> tuple[int | None, Decimal | None]:
    for name, rate in _OLD_FIELDS.items():
        cents = _cents(entry, reader, name)
        if cents is not None:
            return cents, rate
    return None, None


def _with_vat(excl_cents: int, vat_rate: Decimal) -> int | None:
    cents = int((excl_cents * (100 + vat_rate) / 100).quantize(Decimal(1), ROUND_HALF_UP))
    return cents if cents <= MAX_PRICE_CENTS else None
