"""The shapes that pictures are made of, in units of a picture that is WIDTH wide.

A phone of 390 px shows a picture about 310 px wide, so text of TEXT units is 12 px high there at least.
"""

import re
from collections.abc import Iterable
from textwrap import wrap

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

WIDTH = 340
TEXT = 14
LINE = 18
"""From one line of text to the next."""

_SIGN_WIDTH = 8
"""Of a sign on average, rather too much than too little: what a picture cuts off is gone."""

_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Signs that no XML document may hold (XML 1.0, 2.2)."""

SERIES = 4
"""So many fills are told apart in grey as well: full, slanted, dotted and open."""


def picture(key: str, title: str, description: str, height: float, parts: Iterable[SafeString]) -> SafeString:
    """The whole drawing; key: begins its ids, so another one for each picture of a page."""
    return format_html(
        '<svg viewBox="0 0 {} {}" role="img" aria-labelledby="{}-titel {}-uitleg" focusable="false">'
        '<title id="{}-titel">{}</title><desc id="{}-uitleg">{}</desc>{}</svg>',
        WIDTH, number(height), key, key, key, plain(title), key, plain(description), together(parts),
    )  # fmt: skip


def together(parts: Iterable[SafeString]) -> SafeString:
    return format_html_join("", "{}", ((part,) for part in parts))


def text(x: float, y: float, content: str, *, anchor: str = "start", kind: str = "chart-text") -> SafeString:
    """One line of text on its base line; anchor: "start", "middle" or "end"; kind: a class of css/charts.css."""
    return format_html(
        '<text class="{}" x="{}" y="{}" text-anchor="{}">{}</text>', kind, number(x), number(y), anchor, plain(content)
    )


def bar(x: float, y: float, width: float, height: float, *, kind: str = "chart-bar") -> SafeString:
    return format_html(
        '<rect class="{}" x="{}" y="{}" width="{}" height="{}"/>',
        kind, number(x), number(y), number(width), number(height),
    )  # fmt: skip


def filled_bar(key: str, series: int, x: float, y: float, width: float, height: float) -> SafeString:
    """A bar with the fill of a series (from 0) out of `fills` with the same key."""
    return format_html(
        '<rect class="chart-edge" x="{}" y="{}" width="{}" height="{}" fill="url(#{}-{})"/>',
        number(x), number(y), number(width), number(height), key, series % SERIES,
    )  # fmt: skip


def fills(key: str) -> SafeString:
    """The fills of the series: told apart by form, and by colour as well."""
    forms = (
        '<rect class="chart-fill-1" width="8" height="8"/>',
        '<rect class="chart-ground" width="8" height="8"/><path class="chart-line-2" d="M-2 2 2-2M0 8 8 0M6 10 10 6"/>',
        '<rect class="chart-ground" width="8" height="8"/><circle class="chart-fill-3" cx="4" cy="4" r="2"/>',
        '<rect class="chart-ground" width="8" height="8"/>',
    )
    patterns = format_html_join(
        "",
        '<pattern id="{}-{}" width="8" height="8" patternUnits="userSpaceOnUse">{}</pattern>',
        ((key, place, SafeString(form)) for place, form in enumerate(forms)),
    )
    return format_html("<defs>{}</defs>", patterns)


def line(x1: float, y1: float, x2: float, y2: float, *, kind: str = "chart-axis") -> SafeString:
    return format_html(
        '<line class="{}" x1="{}" y1="{}" x2="{}" y2="{}"/>', kind, number(x1), number(y1), number(x2), number(y2)
    )


def mark(x1: float, y1: float, x2: float, y2: float, *, kind: str = "chart-mark") -> SafeString:
    """A line that is seen on a bar as well as beside it, for it has an edge of the ground's colour."""
    return together([line(x1, y1, x2, y2, kind="chart-halo"), line(x1, y1, x2, y2, kind=kind)])


def lines_of(content: str, *, width: float = WIDTH, most: int = 2) -> list[str]:
    """The text in lines that fit; what does not fit in so many lines ends with an ellipsis. At least one line."""
    return wrap(
        plain(content), max(1, int(width / _SIGN_WIDTH)), max_lines=most, placeholder="…", break_long_words=True
    ) or [""]


def width_of(content: str) -> float:
    return len(content) * _SIGN_WIDTH


def plain(content: str) -> str:
    """Without the signs that would make the drawing no XML."""
    return _NOT_XML.sub("\ufffd", content)


def number(value: float) -> str:
    """With one decimal at most: a tenth of a unit is less than a pixel."""
    return f"{value:.1f}".rstrip("0").rstrip(".")
