"""The profile of a rubric: for each criterion a bar to the mean, with the number of scores and where most lie."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from catalogus.web import formatting
from catalogus.web.charts import Chart
from catalogus.web.charts.drawing import LINE, WIDTH, bar, lines_of, mark, picture, text

_LOWEST, _HIGHEST = 1, 4
_BAR = 16
_GAP = 14
_SCALE = WIDTH - 48
"""The width of the scale; what is right of it is room for the mean."""


@dataclass(frozen=True, slots=True)
class CriterionScores:
    """title: of the criterion, or of the sector or level whose reviewers these are, as data.

    counts: how many gave a 1, 2, 3 and 4.
    """

    title: str
    counts: tuple[int, int, int, int]

    @property
    def number(self) -> int:
        return sum(self.counts)

    @property
    def mean(self) -> float | None:
        """1 to 4; None without scores."""
        if not self.number:
            return None
        return sum(score * count for score, count in enumerate(self.counts, _LOWEST)) / self.number

    @property
    def middle(self) -> tuple[int, int] | None:
        """The scores between which the middle half of them lies, both ends included; None without scores."""
        if not self.number:
            return None
        return self._at((self.number - 1) // 4), self._at(self.number - 1 - (self.number - 1) // 4)

    def _at(self, place: int) -> int:
        """The score at this place, from 0, were they put in order."""
        below = 0
        for score, count in enumerate(self.counts, _LOWEST):
            below += count
            if place < below:
                return score
        return _HIGHEST


def rubric_chart(criteria: Sequence[CriterionScores], *, by: str = "", key: str = "rubriek") -> Chart:
    """A bar for each criterion, in the order given; one that nobody scored says so.

    by: what the bars are of, in a word ("niveau"), where they are not of criteria.
    """
    by = by or _("criterium")
    title = _("Oordeel per %(by)s, van 1 (onvoldoende) tot 4 (goed)") % {"by": by}
    note = _("De streep door een staaf loopt over de scores van de middelste helft van de beoordelaars.")
    parts: list[SafeString] = []
    y = 0.0
    for one in criteria:
        y = _add_criterion(parts, one, y)
    parts.extend(text(_x(score), y + LINE - 4, str(score), anchor="middle") for score in range(_LOWEST, _HIGHEST + 1))
    rows = tuple((one.title, *_cells(one)) for one in criteria)
    head = (by.capitalize(), _("Gemiddelde"), _("Aantal"), _("Middelste helft"))
    return Chart(title, picture(key, title, note, y + LINE + 4, parts), head, rows, note)


def _add_criterion(parts: list[SafeString], one: CriterionScores, y: float) -> float:
    """Draw one below y; how far down it comes."""
    for words in lines_of(one.title):
        y += LINE
        parts.append(text(0, y - 4, words, kind="chart-text strong"))
    mean, _number, _middle = _cells(one)
    if one.mean is None or one.middle is None:
        parts.append(text(0, y + LINE - 4, _("nog niet beoordeeld"), kind="chart-text quiet"))
        return y + LINE + _GAP
    parts.append(bar(0, y, _SCALE, _BAR, kind="chart-rail"))
    parts.append(bar(0, y, _x(one.mean), _BAR))
    low, high = one.middle
    middle = y + _BAR / 2
    parts.append(mark(_x(low), middle, _x(high), middle, kind="chart-spread"))
    parts.extend(mark(_x(score), y + 2, _x(score), y + _BAR - 2, kind="chart-spread") for score in sorted({low, high}))
    parts.append(text(_SCALE + 6, y + _BAR - 3, mean, kind="chart-text strong"))
    y += _BAR + LINE
    parts.append(text(0, y - 3, _about(one), kind="chart-text quiet"))
    return y + _GAP


def _about(one: CriterionScores) -> str:
    _mean, number, middle = _cells(one)
    return _("n = %(n)s, middelste helft %(middle)s") % {"n": number, "middle": middle}


def _x(score: float) -> float:
    """A bar to 1 has a width as well: it is a score, not nothing."""
    first = 12
    return first + (score - _LOWEST) / (_HIGHEST - _LOWEST) * (_SCALE - first)


def _cells(one: CriterionScores) -> tuple[str, str, str]:
    """Mean, number and spread as text."""
    if one.mean is None or one.middle is None:
        return _("nog niet beoordeeld"), formatting.number(0), "–"
    low, high = one.middle
    return formatting.decimal(one.mean), formatting.number(one.number), str(low) if low == high else f"{low}–{high}"
