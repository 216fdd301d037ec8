"""The codes of facets as the bits of a row of search, called `row` in conditions."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar

from catalogus.models.search_row import CODE_COLUMNS, CODES_PER_COLUMN
from catalogus.search.postgres.sql import FALSE, Sql, either
from catalogus.services.facet_codes import COMBINED, Code, known_numbers

_NUMBERS: ContextVar[Mapping[Code, int] | None] = ContextVar("numbers", default=None)

_QUARTERS = (0, 16, 32, 48)
_QUARTER = 0xFFFF

Masks = dict[int, int]
"""Column -> bits of it."""


@contextmanager
def numbers_read_once() -> Iterator[None]:
    """Let everything in this block know the codes by one query; nothing remembers them longer, see facet_codes."""
    token = _NUMBERS.set(known_numbers())
    try:
        yield
    finally:
        _NUMBERS.reset(token)


def numbers() -> Mapping[Code, int]:
    known = _NUMBERS.get()
    return known_numbers() if known is None else known


def has_any(facet: str, codes: Iterable[str]) -> Sql:
    """Whether a product falls under one of these codes of a facet, "unknown" among them."""
    if facet == "publishers":
        return Sql("row.publisher_id IN (SELECT id FROM catalogus_publisher WHERE slug = ANY(%s))", (list(codes),))
    return has_bits(masks((facet, code) for code in codes))


def has_bits(wanted: Mapping[int, int]) -> Sql:
    """Whether a row has one of these bits. Null, as a column without any bit is, counts as no."""
    found = either(Sql(f"row.{CODE_COLUMNS[column]} & {mask} > 0") for column, mask in sorted(wanted.items()))
    return found if wanted else FALSE


def masks(codes: Iterable[Code]) -> Masks:
    """These codes as bits; what no product has is left out."""
    known = numbers()
    found: Masks = defaultdict(int)
    for code in codes:
        if code in known:
            column, place = divmod(known[code], CODES_PER_COLUMN)
            found[column] |= 1 << place
    return dict(found)


def facet_masks(facets: Collection[str]) -> Masks:
    """All codes of these facets as bits."""
    return masks(code for code in numbers() if code[0] in facets)


def counted_columns() -> tuple[int, ...]:
    """The columns in which a code of a facet has its place; classes of level and year are not counted."""
    return tuple(sorted({number // CODES_PER_COLUMN for (facet, _), number in numbers().items() if facet != COMBINED}))


class CodeCounts:
    """How often each code was counted, from values of columns and how often each of them was."""

    def __init__(self) -> None:
        # Values are taken apart in four: there are many of them, and few of each quarter.
        self._quarters: dict[tuple[int, int], dict[int, int]] = defaultdict(lambda: defaultdict(int))

    def add(self, column: int, value: int, count: int) -> None:
        for start in _QUARTERS:
            if quarter := value >> start & _QUARTER:
                self._quarters[column, start][quarter] += count

    def by_facet(self) -> dict[str, dict[str, int]]:
        """Facet -> code -> count, without what nothing has."""
        places: dict[tuple[int, int], int] = defaultdict(int)
        for (column, start), counts in self._quarters.items():
            for quarter, how_often in counts.items():
                rest = quarter
                while rest:
                    lowest = rest & -rest
                    places[column, start + lowest.bit_length() - 1] += how_often
                    rest ^= lowest
        found: dict[str, dict[str, int]] = defaultdict(dict)
        for (facet, code), number in numbers().items():
            if counted := places.get(divmod(number, CODES_PER_COLUMN)):
                found[facet][code] = counted
        return found
