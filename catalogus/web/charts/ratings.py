"""How ratings are spread over the scale of 1 to 4, with the words that stand beside each on the form."""

from collections.abc import Mapping

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from catalogus.web import formatting
from catalogus.web.charts import Chart
from catalogus.web.charts.drawing import WIDTH, bar, line, picture, text

_LABEL = 116
"""Where bars begin: right of the longest word."""

_ROW = 30
_BAR = 18
_NUMBER = 48
"""Room for a number right of the longest bar."""


def scale_words() -> Mapping[int, str]:
    """The scale of reviews, the best first."""
    return {4: _("goed"), 3: _("voldoende"), 2: _("matig"), 1: _("onvoldoende")}


def rating_chart(counts: Mapping[int, int], *, key: str = "oordelen") -> Chart:
    """counts: how many gave each score, 1 to 4; a score that is missing was given by nobody."""
    words = scale_words()
    total = sum(counts.get(score, 0) for score in words)
    title = ngettext(
        "Verdeling van %(n)s beoordeling", "Verdeling van %(n)s beoordelingen", total
    ) % {"n": formatting.number(total)}  # fmt: skip
    rows = [(f"{score} {word}", formatting.number(counts.get(score, 0))) for score, word in words.items()]
    note = "" if total else _("Er zijn nog geen beoordelingen.")
    most = max(1, *(counts.get(score, 0) for score in words))
    parts = [line(_LABEL, 0, _LABEL, len(rows) * _ROW)]
    for place, (score, (label, number)) in enumerate(zip(words, rows, strict=True)):
        y = place * _ROW + (_ROW - _BAR) / 2
        width = counts.get(score, 0) / most * (WIDTH - _LABEL - _NUMBER)
        parts.append(text(_LABEL - 8, y + _BAR - 4, label, anchor="end"))
        if width:
            parts.append(bar(_LABEL, y, width, _BAR))
        parts.append(text(_LABEL + width + 6, y + _BAR - 4, number))
    description = note or "; ".join(f"{label}: {number}" for label, number in rows)
    svg = picture(key, title, description, len(rows) * _ROW, parts)
    return Chart(title, svg, (_("Oordeel"), _("Aantal")), tuple(rows), note)
