"""The searchable columns of all records, in a temporary SQLite file; the records themselves are made when asked for."""

import sqlite3
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from threading import Lock
from typing import Any, Final

from ingest.demo.diagnostics import Diagnostic
from ingest.demo.entries import Entry
from ingest.demo.moments import utc_text
from ingest.demo.words import padded_words

Progress = Callable[[int], None]
"""Called with the count of records that are in the store by now."""

_BATCH: Final = 5_000
_CACHE_KIB: Final = 32_768
"""Pages kept in memory: a catalogue of the real size fits, and a million records go to the disc."""

_COPIED_AT_ONCE: Final = 1_024
"""Pages of 4 KiB: a few milliseconds."""

_MAX_KEPT: Final = 2_000
"""Counts kept for queries that come again with every page; a harvest asks some hundreds of different ones."""

_COLUMNS: Final = (
    "number", "identifier", "repository", "product_id", "publisher", "family", "family_words", "title", "title_words",
    "state", "role", "medium", "consumption", "sectors", "modified",
)  # fmt: skip
_INDEXED: Final = ("publisher", "state", "medium", "sectors", "modified", "product_id")
SEPARATOR: Final = "\x1f"
"""Between the sectors of one record; no sector's name holds it."""


@dataclass(frozen=True, slots=True)
class Condition:
    """A piece of SQL that is true or false for every record, never unknown, with the values for its question marks."""

    sql: str
    values: tuple[str, ...] = ()


EVERYTHING: Final = Condition("1")
NOTHING: Final = Condition("0")


class Store:
    """One catalogue. A missing value is an empty text, so that "not" finds the records that lack it.

    Rows lie in the order of their identifiers, so every result comes in one order that never changes.
    base: a store to begin with; all of it is taken over but the records with the numbers in `gone`.
    """

    def __init__(
        self,
        entries: Iterable[Entry],
        progress: Progress = lambda _count: None,
        *,
        base: "Store | None" = None,
        gone: Iterable[int] = (),
    ) -> None:
        # One connection for all threads, behind a lock: a harvester sends one request at a time.
        self._lock = Lock()
        self._answers: dict[tuple[str, Condition], list[tuple[str, int]]] = {}
        self._counts: dict[Condition, int] = {}
        # Without a name SQLite makes a file that nobody else sees and that goes with the process, however that ends.
        self._connection = sqlite3.connect("", check_same_thread=False, isolation_level=None)
        try:
            self._begin(base, gone)
            self._fill(entries, progress)
        except BaseException:
            self.close()
            raise
        self.sector_sets = tuple(value for value, _ in self.facet("sectors", EVERYTHING, None))

    def close(self) -> None:
        with self._lock:
            self._connection.close()

    def count(self, condition: Condition) -> int:
        if condition not in self._counts:
            _make_room(self._counts)
            rows = self._read(f"SELECT count(*) FROM record WHERE {condition.sql}", condition.values)  # noqa: S608
            self._counts[condition] = rows[0][0]
        return self._counts[condition]

    def numbers(self, condition: Condition, start: int, limit: int) -> list[int]:
        """Numbers of the records at the places from `start` (0 is the first) of a result."""
        sql = f"SELECT number FROM record WHERE {condition.sql} ORDER BY record.rowid LIMIT ? OFFSET ?"  # noqa: S608
        return [row[0] for row in self._read(sql, (*condition.values, limit, start))]

    def facet(self, column: str, condition: Condition, limit: int | None) -> list[tuple[str, int]]:
        """The values of a column with their counts, most frequent first; records without the value are left out."""
        key = (column, condition)
        if key not in self._answers:
            _make_room(self._answers)
            sql = (
                f"SELECT {column}, count(*) FROM record WHERE {condition.sql} AND {column} <> ''"  # noqa: S608
                f" GROUP BY {column} ORDER BY 2 DESC, 1"
            )
            self._answers[key] = [(row[0], row[1]) for row in self._read(sql, condition.values)]
        return self._answers[key][:limit]

    def _read(self, sql: str, values: tuple[str | int, ...]) -> list[tuple[Any, ...]]:
        with self._lock:
            try:
                return self._connection.execute(sql, values).fetchall()
            except sqlite3.OperationalError as error:
                if "overflow" in str(error) or "too large" in str(error):
                    raise Diagnostic(48, "query is nested too deep") from error
                raise

    def _begin(self, base: "Store | None", gone: Iterable[int]) -> None:
        """Leave a table `draft` with what is taken over from the base."""
        run = self._connection.execute
        if base is not None:
            # Some pages of the file at a time, for requests to the base wait for each step.
            base._connection.backup(self._connection, pages=_COPIED_AT_ONCE)
        # The file is thrown away with the server: nothing in it has to survive anything.
        run("PRAGMA journal_mode = OFF")
        run("PRAGMA synchronous = OFF")
        run(f"PRAGMA cache_size = -{_CACHE_KIB}")
        if base is None:
            run(f"CREATE TABLE draft ({', '.join(_COLUMNS)})")
            return
        run("CREATE TEMP TABLE gone (number INTEGER PRIMARY KEY)")
        run("BEGIN")
        self._connection.executemany("INSERT INTO gone VALUES (?)", ((number,) for number in gone))
        run("CREATE TABLE draft AS SELECT * FROM record WHERE number NOT IN (SELECT number FROM gone)")
        run("DROP TABLE record")
        run("COMMIT")

    def _fill(self, entries: Iterable[Entry], progress: Progress) -> None:
        run = self._connection.execute
        marks = ", ".join("?" * len(_COLUMNS))
        done = 0
        rows = map(_row, entries)
        run("BEGIN")
        while batch := list(islice(rows, _BATCH)):
            self._connection.executemany(f"INSERT INTO draft VALUES ({marks})", batch)  # noqa: S608
            done += len(batch)
            progress(done)
        run("CREATE TABLE record AS SELECT * FROM draft ORDER BY identifier")
        run("DROP TABLE draft")
        run("CREATE UNIQUE INDEX record_identifier ON record (identifier)")
        for column in _INDEXED:
            run(f"CREATE INDEX record_{column} ON record ({column})")
        run("COMMIT")
        run("ANALYZE")


def _make_room(kept: dict[Any, Any]) -> None:
    if len(kept) >= _MAX_KEPT:
        kept.clear()


def _row(found: Entry) -> tuple[str | int, ...]:
    return (
        found.number,
        found.identifier,
        found.supplier.name,
        found.product_id,
        found.publisher,
        found.family,
        padded_words(found.family),
        found.title,
        padded_words(found.title),
        found.state,
        found.role,
        found.medium,
        "true" if found.is_consumed else "false",
        SEPARATOR.join(found.sectors),
        utc_text(found.modified) or "",
    )


def split_facet(values: Iterable[tuple[str, int]]) -> Iterator[tuple[str, int]]:
    """Counts of sets of sectors into counts of sectors, most frequent first."""
    counts: dict[str, int] = {}
    for joined, count in values:
        for value in joined.split(SEPARATOR):
            counts[value] = counts.get(value, 0) + count
    return iter(sorted(counts.items(), key=lambda item: (-item[1], item[0])))
