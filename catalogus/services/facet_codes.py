"""The numbers of facet codes, by which rows of search hold them as bits."""

import logging
from collections.abc import Iterable, Mapping

from catalogus.facets import FACETS, UNKNOWN
from catalogus.locks import Lock, lock_until_commit
from catalogus.models import Concept, FacetCode, Scheme
from catalogus.models.search_row import CODES_PER_COLUMN, MOST_CODES

logger = logging.getLogger(__name__)

_WHOLE_COLUMN = (1 << CODES_PER_COLUMN) - 1
_STARTS = tuple(range(0, MOST_CODES, CODES_PER_COLUMN))

COMBINED = "combined"
"""The name under which the level and year of one group have numbers, beside the facets."""

Code = tuple[str, str]
"""A facet, by its name, and one of its codes."""


def known_numbers() -> dict[Code, int]:
    """The number of every code that has one; one query."""
    return {(facet, code): number for facet, code, number in FacetCode.objects.values_list("facet", "code", "number")}


def numbers_for(codes: Iterable[Code]) -> dict[Code, int]:
    """The numbers of all codes, those among them that had none included.

    What finds no place any more has no number: search in the database then finds nothing under that code, and the
    catalogue itself goes on. The log says so; another column is needed.

    One query where all are known. Nobody remembers numbers: those of a transaction that came to nothing are given anew.
    """
    wanted = set(codes)
    numbers = known_numbers()
    if wanted <= numbers.keys():
        return numbers
    # Held until the numbers are there for others, or never were: nobody gives one of them to another code.
    lock_until_commit(Lock.FACET_CODES)
    numbers = known_numbers()
    new = sorted(wanted - numbers.keys())
    taken = set(numbers.values())
    free = [number for number in range(MOST_CODES) if number not in taken]
    counted = [code for code in new if code[0] != COMBINED]
    given = dict(zip(counted, free, strict=False))
    # Classes are not counted: from the other end on they share no column with what is.
    classes = [code for code in new if code[0] == COMBINED]
    given |= zip(classes, reversed(free[len(counted) :]), strict=False)
    if len(new) > len(free):
        logger.error(
            "%d codes of facets, and bits for %d; the last ones are left out", len(numbers | given), MOST_CODES
        )
    FacetCode.objects.bulk_create(
        FacetCode(facet=facet, code=code, number=number) for (facet, code), number in given.items()
    )
    return numbers | given


def number_vocabulary() -> None:
    """Give every code that is known its number, so that no change waits for another one that brings a code first."""
    codes = [(rule.name, code) for rule in FACETS.values() if rule.is_stored for code in rule.codes]
    by_scheme = {rule.scheme: rule.name for rule in FACETS.values() if rule.scheme}
    concepts = Concept.objects.filter(scheme__in=by_scheme).order_by("scheme", "position", "code")
    codes += [(by_scheme[Scheme(scheme)], code) for scheme, code in concepts.values_list("scheme", "code")]
    numbers_for([*codes, *((name, UNKNOWN) for name in by_scheme.values())])


def bits(codes: Iterable[Code], numbers: Mapping[Code, int]) -> list[int | None]:
    """The codes as bits, for each of CODE_COLUMNS; None where a column has none of them."""
    # One number of any length first: a bit is set in it faster than a column is found.
    together = 0
    for code in codes:
        if code in numbers:
            together |= 1 << numbers[code]
    return [together >> start & _WHOLE_COLUMN or None for start in _STARTS]
