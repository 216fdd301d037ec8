"""Cut a result that is too large to be read whole into parts that are not.

The Koppelpunt shows how a result divides (x-term-drilldown) and lets one reach its first 4,000 records alone. A result
is cut by publisher, then state, medium, day of change and identifier, as far as needed; each cut has a complement of
what has none of the values taken, so that together the parts are the whole, whatever the drilldown left out.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from ingest.exceptions import SourceError
from ingest.koppelpunt.sru import MAX_PAGE, SruClient

FIELDS = ("Publisher", "ProductState", "Medium")
MODIFIED = "LastModifiedDate"
IDENTIFIER = "meta.upload.id"
"""The index of recordIdentifier, as in Edurep; meta.record.id is the part behind the source's name."""


_MAX_VALUES = 100
"""More values would make the complement's query longer than servers take in an address."""

_FIRST_DAY, _LAST_DAY = date(1990, 1, 1), date(2060, 1, 1)
_DIGITS = "0123456789abcdef"
_SIGNS = _DIGITS + "ghijklmnopqrstuvwxyz:-._"
"""Identifiers are the name of a source and a UUID; what has another sign is in the complement."""


@dataclass(frozen=True, slots=True)
class Part:
    """A query, how many records it counts, and the cut to try next where that is still too many."""

    query: str
    count: int
    depth: int


class _NoCut(Exception):
    """The source does not divide a result as it was asked to."""


class Partitioner:
    """Cuts results of one server. reach: how many records of one result can be had."""

    def __init__(self, client: SruClient, reach: int) -> None:
        self._client = client
        self.reach = reach
        cuts: list[Callable[[str, int], list[tuple[str, int]]]] = [
            lambda query, count, field=field: self._by_value(query, count, field)  # type: ignore[misc]
            for field in FIELDS
        ]
        self._cuts = [*cuts, self._by_day, self._by_identifier]

    def split(self, part: Part) -> list[Part]:
        """Smaller parts that together are this one; empty where no cut makes any smaller.

        Parts may still be too large; split them again. Raises SourceError where the server refuses the queries.
        """
        for depth in range(part.depth, len(self._cuts)):
            found = self._cuts[depth](part.query, part.count)
            if found and max(count for _, count in found) < part.count:
                # Identifiers can be cut again and again, by one more digit each time.
                deeper = depth if depth == len(self._cuts) - 1 else depth + 1
                return [Part(query, count, deeper) for query, count in found if count]
        return []

    def _count(self, query: str) -> int:
        return self._client.search(query, maximum=0).total

    def _with_complement(self, query: str, clauses: list[str]) -> list[tuple[str, int]]:
        queries = [f"({query}) and {clause}" for clause in clauses]
        queries.append(f"({query}) not ({' or '.join(clauses)})")
        return [(one, self._count(one)) for one in queries]

    def _by_value(self, query: str, count: int, field: str) -> list[tuple[str, int]]:
        answer = self._client.search(query, maximum=0, drilldown=f"{field}:{_MAX_VALUES}")
        values = sorted(answer.drilldown.get(field, {}).items(), key=lambda pair: (-pair[1], pair[0]))
        taken: list[str] = []
        rest = count
        for value, number in values:
            if rest <= self.reach:
                break
            taken.append(f"{field} exact {quoted(value)}")
            rest -= number
        return self._with_complement(query, taken) if taken else []

    def _by_day(self, query: str, _count: int) -> list[tuple[str, int]]:
        whole = _between(_FIRST_DAY, _LAST_DAY)
        try:
            parts = list(self._days(query, _FIRST_DAY, _LAST_DAY, self._count(f"({query}) and {whole}")))
        except _NoCut:
            return []
        without = f"({query}) not ({whole})"
        return [*parts, (without, self._count(without))]

    def _days(self, query: str, first: date, last: date, count: int) -> Iterator[tuple[str, int]]:
        """Ranges of days [first, last) with at most `reach` records, or of one day."""
        days = (last - first).days
        if count <= self.reach or days == 1:
            if count:
                yield f"({query}) and {_between(first, last)}", count
            return
        middle = first + timedelta(days=days // 2)
        early = self._count(f"({query}) and {_between(first, middle)}")
        late = self._count(f"({query}) and {_between(middle, last)}")
        if early + late > 1.5 * count:
            # The halves are no halves: the source does not look at the day. Records that came in meanwhile are few.
            raise _NoCut
        yield from self._days(query, first, middle, early)
        yield from self._days(query, middle, last, late)

    def _by_identifier(self, query: str, count: int) -> list[tuple[str, int]]:
        sample = self._client.search(query, maximum=1).records
        if not sample:
            return []
        beginning = self._shared_beginning(query, count, sample[0].identifier)
        for signs in (_DIGITS, _SIGNS):
            parts = self._with_complement(query, [f"{IDENTIFIER} = {quoted(beginning + sign + '*')}" for sign in signs])
            if 2 * parts[-1][1] < count:
                break
        return parts

    def _shared_beginning(self, query: str, count: int, identifier: str) -> str:
        """The longest beginning of this identifier that a quarter of the records have, as counting tells.

        Records that come one after another may agree in more than all of them do; a cut there shaves off slivers.
        """
        shared, other = 0, len(identifier) + 1
        while other - shared > 1:
            middle = (shared + other) // 2
            having = self._count(f"({query}) and {IDENTIFIER} = {quoted(identifier[:middle] + '*')}")
            shared, other = (middle, other) if 4 * having >= count else (shared, middle)
        return identifier[:shared]


def probe_reach(client: SruClient, query: str, total: int) -> int:
    """How many records of this result can be had: asked for, never believed.

    A server that repeats its last page instead of saying "out of range" is found by the diagnostic alone, so a place
    counts as reached only where the answer has a record and no diagnostic.
    """

    def is_reached(position: int) -> bool:
        try:
            answer = client.search(query, start=position, maximum=1, attempts=2)
        except SourceError:
            # There is something there that cannot be read; the pass will find it, or the source away.
            return True
        return bool(answer.records) and not answer.is_out_of_range

    if total == 0 or is_reached(total) or not is_reached(1):
        # What comes in during the pass is to be had too, as far as one knows; of a source that counts records and
        # gives none, the pass itself will tell. One that gives more than it counts is read to its end.
        return 2 * total + 10 * MAX_PAGE if is_reached(total + 1) else max(total, MAX_PAGE)
    reached, missed = 1, total
    while missed - reached > 1:
        middle = (reached + missed) // 2
        reached, missed = (middle, missed) if is_reached(middle) else (reached, middle)
    return reached


def quoted(text: str) -> str:
    """A term of CQL 1.2, clause "term": in double quotes, with \\ before a double quote or \\ of its own."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def _between(first: date, last: date) -> str:
    return f'({MODIFIED} >= "{first}" and {MODIFIED} < "{last}")'
