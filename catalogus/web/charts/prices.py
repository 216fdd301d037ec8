"""How prices are spread: bars of equal width in euro, with the median; unknown prices are counted beside them."""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from catalogus.web import formatting
from catalogus.web.charts import Chart
from catalogus.web.charts.drawing import LINE, WIDTH, bar, line, mark, picture, text, width_of

MOST_BARS = 8
"""More do not fit beside each other with a number below each on a phone."""

_EURO = 100
_HEIGHT = 110
"""Of the highest bar."""

_EDGE = 18
"""Room beside the outermost bars, for half a number."""

_WIDEST = 64
"""A single price is no wall."""

_FEW = 10
"""Of fewer prices none lies apart from the others."""


@dataclass(frozen=True, slots=True)
class PriceBar:
    """The prices from `low_cents` up to, not including, `high_cents`; None: and all above."""

    low_cents: int
    high_cents: int | None
    products: int


def price_chart(prices_cents: Sequence[int], *, unknown: int, key: str = "prijzen") -> Chart:
    """prices_cents: of each product that has one, in euro cents, in any order; unknown: products without."""
    title = _("Prijzen van de producten")
    bars = price_bars(prices_cents)
    total = len(prices_cents) + unknown
    rows = [(_range_text(one), formatting.number(one.products)) for one in bars]
    rows.append((_("prijs onbekend"), formatting.number(unknown)))
    if not bars:
        note = _("Van geen enkel product is de prijs in euro bekend.")
        svg = picture(key, title, note, LINE + 8, [text(0, LINE, _("Geen prijzen bekend"))])
        return Chart(title, svg, _head(), tuple(rows), note)
    middle = round(median(prices_cents))
    note = _("Mediaan %(price)s: de ene helft van de producten kost minder, de andere meer.") % {
        "price": formatting.price(middle)
    }
    if unknown:
        note += " " + ngettext(
            "Van %(n)s van de %(total)s producten is de prijs onbekend.",
            "Van %(n)s van de %(total)s producten is de prijs onbekend.",
            unknown,
        ) % {"n": formatting.number(unknown), "total": formatting.number(total)}
    return Chart(title, _drawn(bars, middle, title, note, key), _head(), tuple(rows), note)


def price_bars(prices_cents: Sequence[int]) -> list[PriceBar]:
    """The bars of the picture, at most MOST_BARS; none without prices.

    Where few prices lie far above all others, the last bar takes them together, so that the others stay apart.
    """
    if not prices_cents:
        return []
    ordered = sorted(prices_cents)
    lowest, highest = ordered[0], ordered[-1]
    top = highest
    if len(ordered) >= _FEW:
        common = ordered[len(ordered) * 9 // 10]
        top = highest if highest <= 3 * common else common
    most = MOST_BARS if top == highest else MOST_BARS - 1
    smallest = _EURO if top < 10 * _EURO else 5 * _EURO
    step = next(step for step in _steps() if step >= smallest and top // step - lowest // step < most)
    edges = range(lowest // step * step, top // step * step + step, step)
    bars = [PriceBar(edge, edge + step, sum(edge <= price < edge + step for price in ordered)) for edge in edges]
    end = edges[-1] + step
    if highest >= end:
        bars.append(PriceBar(end, None, sum(price >= end for price in ordered)))
    return bars


def _steps() -> Sequence[int]:
    """1, 2, 5, 10, 20, 50 … euro, in cents."""
    return tuple(_EURO * factor * 10**power for power in range(10) for factor in (1, 2, 5))


def _drawn(bars: Sequence[PriceBar], middle: int, title: str, note: str, key: str) -> SafeString:
    width = min(_WIDEST, (WIDTH - 2 * _EDGE) / len(bars))
    most = max(one.products for one in bars)
    base = 2 * LINE + _HEIGHT
    parts = [line(0, base, WIDTH, base)]
    for place, one in enumerate(bars):
        if one.products:
            height = one.products / most * _HEIGHT
            parts.append(bar(_EDGE + place * width + 1, base - height, width - 2, height))
    x = _EDGE + _place_of(middle, bars) * width
    parts.append(mark(x, LINE - 4, x, base))
    label = _("mediaan %(price)s") % {"price": formatting.price(middle)}
    # To that side where there is more room.
    parts.append(text(x + 4, LINE - 4, label) if x < WIDTH / 2 else text(x - 4, LINE - 4, label, anchor="end"))
    for place, one in enumerate(bars):
        if one.products:
            y = base - one.products / most * _HEIGHT - 4
            number = formatting.number(one.products)
            parts.append(text(_EDGE + (place + 0.5) * width, y, number, anchor="middle", kind="chart-text halo"))
    parts += _axis(bars, width, base + LINE)
    return picture(key, title, note, base + LINE + 6, parts)


def _axis(bars: Sequence[PriceBar], width: float, y: float) -> list[SafeString]:
    """The edges of the bars in euro, as many as fit."""
    labels = [_whole_euro(one.low_cents) for one in bars]
    end = bars[-1].high_cents
    labels.append(_("meer") if end is None else _whole_euro(end))
    every = max(1, -(-max(map(width_of, labels)) // int(width)))
    parts = []
    for place, label in enumerate(labels):
        if place % every == 0:
            anchor = "middle" if place or width_of(label) <= 2 * _EDGE else "start"
            x = _EDGE + place * width
            parts.append(text(x if anchor == "middle" else 0, y, label, anchor=anchor))
    return parts


def _place_of(cents: int, bars: Sequence[PriceBar]) -> float:
    """Where a price lies, in bars from the left; in the middle of a bar without an upper end."""
    for place, one in enumerate(bars):
        if one.high_cents is None:
            return place + 0.5
        if cents < one.high_cents:
            return place + (cents - one.low_cents) / (one.high_cents - one.low_cents)
    return float(len(bars))


def _head() -> tuple[str, str]:
    return (_("Prijs met btw"), _("Producten"))


def _range_text(one: PriceBar) -> str:
    low = _whole_euro(one.low_cents)
    if one.high_cents is None:
        return _("%(low)s en meer") % {"low": low}
    return _("%(low)s tot %(high)s") % {"low": low, "high": _whole_euro(one.high_cents)}


def _whole_euro(cents: int) -> str:
    return f"€\u00a0{formatting.number(cents // _EURO)}"
