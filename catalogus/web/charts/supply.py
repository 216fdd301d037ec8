"""What there is for each level and year: a bar for each, cut into the forms it comes in."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from catalogus.web import formatting
from catalogus.web.charts import Chart
from catalogus.web.charts.drawing import (
    LINE,
    SERIES,
    WIDTH,
    bar,
    filled_bar,
    fills,
    lines_of,
    picture,
    text,
    width_of,
)

_BAR = 16
_GAP = 8
_BOX = 14
_NUMBER = 48
"""Room for a number right of the longest bar."""


@dataclass(frozen=True, slots=True)
class SupplyRow:
    """label: for whom ("Havo, leerjaar 3"); counts: products for each of the series."""

    label: str
    counts: tuple[int, ...]


def supply_chart(rows: Sequence[SupplyRow], series: Sequence[str], *, key: str = "aanbod") -> Chart:
    """rows: in the order of the page; series: what the counts of each row are of, at most SERIES.

    Raises ValueError where a row has other counts than there are series, or there are too many of those.
    """
    if len(series) > SERIES or any(len(row.counts) != len(series) for row in rows):
        raise ValueError(
            f"{len(series)} series, at most {SERIES}; rows have {[len(row.counts) for row in rows]} counts"
        )
    title = _("Aanbod per niveau en leerjaar")
    most = max((sum(row.counts) for row in rows), default=0) or 1
    parts = [fills(key)]
    y = _add_legend(parts, series, key)
    for row in rows:
        for words in lines_of(row.label):
            y += LINE
            parts.append(text(0, y - 5, words))
        x = 0.0
        for place, count in enumerate(row.counts):
            if count:
                width = count / most * (WIDTH - _NUMBER)
                parts.append(filled_bar(key, place, x, y, width, _BAR))
                x += width
        if not x:
            parts.append(bar(0, y, 2, _BAR, kind="chart-rail"))
        parts.append(text(x + 6, y + _BAR - 3, formatting.number(sum(row.counts)), kind="chart-text strong"))
        y += _BAR + _GAP
    table = tuple((row.label, *map(formatting.number, (*row.counts, sum(row.counts)))) for row in rows)
    description = _("Per niveau en leerjaar het aantal producten, verdeeld naar vorm.")
    head = (_("Voor"), *series, _("Samen"))
    return Chart(title, picture(key, title, description, y, parts), head, table)


def _add_legend(parts: list[SafeString], series: Sequence[str], key: str) -> float:
    """Which fill is which, as many on a line as fit; how far down it comes."""
    x, y = 0.0, 4.0
    for place, name in enumerate(series):
        width = _BOX + 6 + width_of(name)
        if x and x + width > WIDTH:
            x, y = 0.0, y + LINE + 2
        parts.append(filled_bar(key, place, x, y, _BOX, _BOX))
        parts.append(text(x + _BOX + 6, y + _BOX - 2, lines_of(name, width=WIDTH - _BOX - 6, most=1)[0]))
        x += width + 14
    return y + LINE + _GAP if series else y
