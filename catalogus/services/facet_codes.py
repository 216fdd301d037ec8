"""The numbers of facet codes, by which rows of search hold them as bits."""

from collections.abc import Iterable, Mapping

from catalogus.locks import Lock, lock_until_commit
from catalogus.models import FacetCode
from catalogus.models.search_row import CODE_COLUMNS, CODES_PER_COLUMN, MOST_CODES

COMBINED = "combined"
"""The name under which the level and year of one group have numbers, beside the facets."""

Code = tuple[str, str]
"""A facet, by its name, and one of its codes."""


class FacetCodesFull(Exception):
    """There are more codes than rows of search have bits for; another column is needed."""


def known_numbers() -> dict[Code, int]:
    """The number of every code that has one; one query."""
    return {(facet, code): number for facet, code, number in FacetCode.objects.values_list("facet", "code", "number")}


def numbers_for(codes: Iterable[Code]) -> dict[Code, int]:
    """The numbers of all codes, those among them that had none included. Raises FacetCodesFull.

    One query where all are known. Nobody remembers numbers: those of a transaction that came to nothing are given anew.
    """
    wanted = set(codes)
    numbers = known_numbers()
    if wanted <= numbers.keys():
        return numbers
    # Held until the numbers are there for others, or never were: nobody gives one of them to another code.
    lock_until_commit(Lock.FACET_CODES)
    numbers = known_numbers()
    first = max(numbers.values(), default=-1) + 1
    given = {code: number for number, code in enumerate(sorted(wanted - numbers.keys()), start=first)}
    if first + len(given) > MOST_CODES:
        raise FacetCodesFull(f"{first + len(given)} codes, {MOST_CODES} places")
    FacetCode.objects.bulk_create(
        FacetCode(facet=facet, code=code, number=number) for (facet, code), number in given.items()
    )
    return numbers | given


def bits(codes: Iterable[Code], numbers: Mapping[Code, int]) -> list[int | None]:
    """The codes as bits, for each of CODE_COLUMNS; None where a column has none of them."""
    found: list[int | None] = [None] * len(CODE_COLUMNS)
    for code in codes:
        column, place = divmod(numbers[code], CODES_PER_COLUMN)
        found[column] = (found[column] or 0) | 1 << place
    return found
