"""Lines of scores over passes, as points of SVG; the numbers stand beside them as text."""

from collections.abc import Sequence
from dataclasses import dataclass

from ingest.quality.scores import HIGHEST

WIDTH, HEIGHT = 640, 200
"""Of the chart, in its own units."""

SPARK_WIDTH, SPARK_HEIGHT = 64, 20
_SPARK_EDGE = 2
_SPARK_SPAN = 100
"""In thousandths: a line of a table shows at least ten percentage points, so that a tenth looks like a tenth."""


@dataclass(frozen=True, slots=True)
class Dot:
    x: str
    y: str


@dataclass(frozen=True, slots=True)
class Line:
    """points: as `polyline` takes them."""

    points: str
    dots: tuple[Dot, ...]


def chart_line(scores: Sequence[int]) -> Line:
    """Scores in thousandths, the oldest first, on a scale from nothing to all; at least two."""
    step = WIDTH / (len(scores) - 1)
    return _line([(place * step, HEIGHT * (1 - score / HIGHEST)) for place, score in enumerate(scores)])


def grid_lines() -> list[tuple[str, int]]:
    """(y, percent) of the lines to read a height by."""
    return [(_short(HEIGHT * (1 - percent / 100)), percent) for percent in (0, 25, 50, 75, 100)]


def spark_points(newest_first: Sequence[int]) -> str:
    """A small line that shows the way it goes; empty for less than two scores."""
    scores = list(reversed(newest_first))
    if len(scores) < 2:
        return ""
    middle = (min(scores) + max(scores)) / 2
    span = max(max(scores) - min(scores), _SPARK_SPAN)
    step = (SPARK_WIDTH - 2 * _SPARK_EDGE) / (len(scores) - 1)
    height = SPARK_HEIGHT - 2 * _SPARK_EDGE
    return _line(
        [
            (_SPARK_EDGE + place * step, _SPARK_EDGE + height * (0.5 - (score - middle) / span))
            for place, score in enumerate(scores)
        ]
    ).points


def _line(places: Sequence[tuple[float, float]]) -> Line:
    dots = tuple(Dot(_short(x), _short(y)) for x, y in places)
    return Line(" ".join(f"{dot.x},{dot.y}" for dot in dots), dots)


def _short(number: float) -> str:
    return f"{number:.1f}".rstrip("0").rstrip(".")
