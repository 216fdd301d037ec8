"""A list as an order list: what a school gives to who makes an offer, as a table and as sums.

A price that is not known is never a price of nothing: it is said so, counted apart, and in no sum.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from catalogus.web import formatting
from catalogus.web.export.cells import Column, Kind, Row
from selection.entries import Entry

_EURO = "EUR"
_TITLE, _TOTAL = 1, 7
"""Places of columns."""


@dataclass(frozen=True, slots=True)
class Totals:
    """cents: of `priced` lines, in euro with VAT. unpriced: lines with a number whose price in euro is not known.

    unnumbered: products without a number. indicative: lines in the sum whose price is an indication. methods: lines
    that are of no product, so nothing can be ordered by them.
    """

    cents: int
    priced: int
    unpriced: int
    unnumbered: int
    indicative: int
    methods: int

    @property
    def amount(self) -> str:
        return formatting.price(self.cents)


def totals_of(entries: Sequence[Entry]) -> Totals:
    products = [entry for entry in entries if entry.kind == "product"]
    numbered = [entry for entry in products if entry.line.quantity is not None]
    priced = [(entry, cents) for entry in numbered if (cents := _euro_total(entry)) is not None]
    return Totals(
        cents=sum(cents for _entry, cents in priced),
        priced=len(priced),
        unpriced=len(numbered) - len(priced),
        unnumbered=len(products) - len(numbered),
        indicative=sum(entry.is_indicative for entry, _cents in priced),
        methods=len(entries) - len(products),
    )


def order_columns(*, with_notes: bool) -> list[Column]:
    columns = [
        Column(_("EAN"), Kind.DIGITS, 15),
        Column(_("Titel"), width=56),
        Column(_("Uitgever"), width=24),
        Column(_("Uitgave"), width=12),
        Column(_("Aantal"), Kind.WHOLE, 9),
        Column(_("Stuks per verkoopeenheid"), Kind.WHOLE, 14),
        Column(_("Prijs met btw in euro"), Kind.MONEY, 20),
        Column(_("Totaal met btw in euro"), Kind.MONEY, 20),
        Column(_("Leverbaarheid"), width=22),
        Column(_("Let op"), width=44),
        Column(_("Adres van de pagina"), width=56),
    ]
    return [*columns, Column(_("Opmerking"), width=40)] if with_notes else columns


def order_rows(entries: Sequence[Entry], *, site: str, with_notes: bool) -> list[Row]:
    """A row for each line, and below them the sum and what is not in it. site: what stands before a path."""
    rows: list[Row] = []
    for entry in entries:
        row: list[str | int | Decimal | None] = [
            entry.ean,
            entry.title,
            entry.publisher,
            entry.edition,
            entry.line.quantity,
            entry.unit_size,
            _price_cell(entry),
            _total_cell(entry),
            entry.state,
            " ".join(remarks(entry) + _order_remarks(entry)),
            site + entry.url,
        ]
        rows.append([*row, entry.line.note] if with_notes else row)
    width = len(order_columns(with_notes=with_notes))
    totals = totals_of(entries)
    return [*rows, *(_sum_row(width, text, value) for text, value in _sums(totals))]


def remarks(entry: Entry) -> list[str]:
    """What who orders by this line must know, as sentences."""
    told = []
    if entry.kind == "method":
        told.append(_("Methode, geen product: kies de delen die u wilt bestellen."))
    if entry.is_double:
        told.append(_("Staat hoger op deze lijst ook; bestel het niet dubbel."))
    if entry.former_title:
        told.append(_("Op de lijst gezet als “%(title)s”.") % {"title": entry.former_title})
    return told


def _order_remarks(entry: Entry) -> list[str]:
    """What a page tells beside the price and by a link, and a table in words."""
    told = []
    if entry.is_indicative and entry.price_cents is not None:
        told.append(_("De prijs is een richtprijs."))
    if entry.successor_title:
        told.append(_("Opvolger: “%(title)s”.") % {"title": entry.successor_title})
    return told


def _euro_total(entry: Entry) -> int | None:
    return entry.total_cents if entry.currency == _EURO else None


def _price_cell(entry: Entry) -> Decimal | str | None:
    if entry.kind == "method":
        return None
    if entry.price_cents is None or entry.currency != _EURO:
        return formatting.price(entry.price_cents, entry.currency)
    return _amount(entry.price_cents)


def _total_cell(entry: Entry) -> Decimal | str | None:
    if entry.kind == "method" or entry.line.quantity is None:
        return None
    cents = _euro_total(entry)
    return _("prijs onbekend") if cents is None else _amount(cents)


def _amount(cents: int) -> Decimal:
    return Decimal(cents).scaleb(-2)


def _sums(totals: Totals) -> list[tuple[str, Decimal | None]]:
    """What stands below the rows: the sum, and in words how many lines are not in it."""
    priced = ngettext(
        "Totaal van %(n)d regel met aantal en prijs", "Totaal van %(n)d regels met aantal en prijs", totals.priced
    )
    unpriced = ngettext(
        "%(n)d regel met prijs onbekend, niet in het totaal",
        "%(n)d regels met prijs onbekend, niet in het totaal",
        totals.unpriced,
    )
    unnumbered = ngettext(
        "%(n)d regel zonder aantal, niet in het totaal",
        "%(n)d regels zonder aantal, niet in het totaal",
        totals.unnumbered,
    )
    sums: list[tuple[str, Decimal | None]] = [(priced % {"n": totals.priced}, _amount(totals.cents))]
    if totals.unpriced:
        sums.append((unpriced % {"n": totals.unpriced}, None))
    if totals.unnumbered:
        sums.append((unnumbered % {"n": totals.unnumbered}, None))
    return sums


def _sum_row(width: int, text: str, value: Decimal | None) -> Row:
    """The text below the titles, the amount below the totals."""
    row: list[str | int | Decimal | None] = [None] * width
    row[_TITLE], row[_TOTAL] = text, value
    return row
