"""The busiest stretch of a row of moments."""

from collections import Counter
from collections.abc import Callable, Hashable, Sequence
from datetime import datetime, timedelta
from typing import TypeVar

Row = TypeVar("Row")


def busiest(
    rows: Sequence[Row], span: timedelta, *, at: Callable[[Row], datetime], who: Callable[[Row], Hashable]
) -> Sequence[Row]:
    """The rows within one span that come from the most different ones, the first such where there are several.

    rows: in the order of their moments. Each is looked at twice at most, however many there are.
    """
    best, most, start = (0, 0), 0, 0
    present: Counter[Hashable] = Counter()
    for end, row in enumerate(rows):
        present[who(row)] += 1
        while at(row) - at(rows[start]) > span:
            gone = who(rows[start])
            present[gone] -= 1
            if not present[gone]:
                del present[gone]
            start += 1
        if len(present) > most:
            best, most = (start, end + 1), len(present)
    return rows[best[0] : best[1]]
