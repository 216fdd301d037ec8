"""Count a search and its facets by reading each row once, whatever the choices.

A row that fits every slot (see filters.py) counts in all facets, one that fits all slots but one in that slot's facets.
What each row adds is a number of bits for each column of codes; products are counted by these numbers, methods by the
numbers of their rows taken together, and the numbers are taken apart afterwards.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from catalogus.choices import News
from catalogus.facets import FACETS
from catalogus.models import Publisher
from catalogus.models.search_row import CODE_COLUMNS, CODES_PER_COLUMN
from catalogus.search.criteria import View
from catalogus.search.postgres.asking import ask
from catalogus.search.postgres.codes import CodeCounts, counted_columns, facet_masks, numbers
from catalogus.search.postgres.filters import TOGETHER, RowFilters, is_new
from catalogus.search.postgres.sql import Sql, every, join

_FAILS = 1000
"""What a row's number of failures grows by with each slot; what is left of it names the slot, from 1."""


@dataclass(slots=True)
class Counts:
    """total: of the hits; codes: facet -> code -> hits, of products or of methods, without what nothing has."""

    total: int = 0
    codes: dict[str, dict[str, int]] = field(default_factory=dict)


def count(filters: RowFilters, text: Sql, view: View) -> int:
    """The number of hits."""
    fits = every([text, filters.all()])
    if view == View.METHODS:
        counted = f"SELECT count(*) FROM (SELECT DISTINCT row.method_id FROM catalogus_searchrow AS row WHERE {fits.text}) AS found"  # noqa: E501, S608
    else:
        counted = f"SELECT count(*) FROM catalogus_searchrow AS row WHERE {fits.text}"  # noqa: S608
    return int(ask(Sql(counted, fits.params))[0][0])


def count_facets(filters: RowFilters, text: Sql, view: View, facets: Collection[str] = tuple(FACETS)) -> Counts:
    """The number of hits, and how many of them each value of these facets has or would have if chosen alone."""
    statement = _Statement(filters, text, facets)
    counts = Counts()
    codes = CodeCounts()
    publishers: dict[int, int] = {}
    for kind, value, number in ask(statement.of_methods() if view == View.METHODS else statement.of_products()):
        if kind == "hits":
            counts.total = number
        elif kind == "news":
            counts.codes["news"] = {News.THIS_YEAR.value: number}
        elif kind == "publishers":
            publishers[value] = number
        else:
            codes.add(int(kind), value, number)
    counts.codes |= codes.by_facet()
    if publishers:
        slugs = Publisher.objects.filter(pk__in=publishers).values_list("pk", "slug")
        counts.codes["publishers"] = {slug: publishers[pk] for pk, slug in slugs}
    return counts


class _Statement:
    """What is asked. Its rows: a kind ("hits", "news", "publishers" or the number of a column), a value, a count."""

    def __init__(self, filters: RowFilters, text: Sql, facets: Collection[str]) -> None:
        self._filters = filters
        self._facets = [facet for facet in FACETS if facet in facets]
        self._columns = counted_columns()
        # A row that fails in one slot alone has this number, in the order of the slots.
        self._slots = [(_FAILS + place, slot) for place, slot in enumerate(filters.slots, start=1)]
        self._rows = self._read(text)

    def of_products(self) -> Sql:
        rows, added = self._rows, join(", ", [*self._added(), *self._others()])
        keys = self._keys() | {"publisher": "publishers"}
        text = f"{_counted(keys)} FROM (SELECT {added.text} FROM ({rows.text}) AS row) AS added {_grouped(keys)}"  # noqa: S608  Names of ours, no value of anyone's.
        return Sql(text, added.params + rows.params)

    def of_methods(self) -> Sql:
        rows = self._rows
        added = join(", ", [Sql("row.method_id"), Sql("row.publisher_id"), *self._added(), *self._others()])
        keys = self._keys()
        together = ", ".join(f"bit_or({name}) AS {name}" for name in keys)
        # A product may be of another publisher than the rest of its method.
        text = f"""
            WITH by_publisher AS MATERIALIZED (
                SELECT method_id, publisher_id, {together}, max(publisher) AS publisher
                FROM (SELECT {added.text} FROM ({rows.text}) AS row) AS added GROUP BY method_id, publisher_id
            ), by_method AS (SELECT {together} FROM by_publisher GROUP BY method_id)
            {_counted(keys)} FROM by_method {_grouped(keys)}
            UNION ALL
            SELECT 'publishers', publisher, count(*) FROM by_publisher WHERE publisher IS NOT NULL GROUP BY publisher
        """  # noqa: S608  Names of ours, no value of anyone's.
        return Sql(text, added.params + rows.params)

    def _keys(self) -> dict[str, str]:
        """What is counted by, publishers apart -> the kind that it is called."""
        return {f"bits_{column}": str(column) for column in self._columns} | {"news": "news", "hit": "hits"}

    def _read(self, text: Sql) -> Sql:
        """The rows that fail in one slot at most, with the number of that slot, or 0."""
        names = [f"row.{name}" for name in ("method_id", "publisher_id", "published_day")]
        in_pairs = any(self._filters.is_counted_in_pairs(facet) for facet in TOGETHER)
        columns = range(len(CODE_COLUMNS)) if in_pairs else self._columns
        names += [f"row.{CODE_COLUMNS[column]}" for column in columns]
        fails = [
            Sql(f"CASE WHEN {slot.condition.text} THEN 0 ELSE {failed} END", slot.condition.params)
            for failed, slot in self._slots
        ]
        failed = join(" + ", fails or [Sql("0")])
        fits = every([self._filters.always, text])
        # The fence keeps the database from working out what failed anew for each column.
        inner = f"SELECT {', '.join(names)}, {failed.text} AS failed FROM catalogus_searchrow AS row WHERE {fits.text} OFFSET 0"  # noqa: E501, S608
        return Sql(f"SELECT * FROM ({inner}) AS row WHERE failed < {2 * _FAILS}", failed.params + fits.params)  # noqa: S608

    def _added(self) -> Iterator[Sql]:
        """The bits that a row adds, for each column."""
        plain = {facet for facet in self._facets if not self._filters.is_counted_in_pairs(facet)}
        counted = [(0, plain), *((failed, plain.intersection(slot.facets)) for failed, slot in self._slots)]
        by_failed = [(failed, facet_masks(facets)) for failed, facets in counted]
        for column in self._columns:
            cases = [
                f"WHEN {failed} THEN row.{CODE_COLUMNS[column]} & {mask[column]}"
                for failed, mask in by_failed
                if column in mask
            ]
            bits = Sql(f"CASE row.failed {' '.join(cases)} END" if cases else "NULL::bigint")
            if pairs := list(self._in_pairs(column)):
                both = join(" | ", [Sql(f"coalesce({bits.text}, 0)"), *pairs])
                bits = Sql(f"nullif({both.text}, 0)", both.params)
            yield Sql(f"{bits.text} AS bits_{column}", bits.params)

    def _in_pairs(self, column: int) -> Iterator[Sql]:
        """The bits of levels, or of years, that stand in one group with a chosen value of the other."""
        for facet in TOGETHER:
            if facet not in self._facets or not self._filters.is_counted_in_pairs(facet):
                continue
            for (own, code), number in numbers().items():
                place, bit = divmod(number, CODES_PER_COLUMN)
                if own == facet and place == column:
                    fits = self._filters.pair(facet, code)
                    counted = self._is_counted(facet)
                    yield Sql(f"CASE WHEN {counted} AND {fits.text} THEN {1 << bit} ELSE 0 END", fits.params)

    def _others(self) -> list[Sql]:
        new = is_new()
        publisher = f"CASE WHEN {self._is_counted('publishers')} THEN row.publisher_id END"
        news = f"CASE WHEN {self._is_counted('news')} AND {new.text} THEN 1::bigint END"
        return [
            Sql(f"{publisher if 'publishers' in self._facets else 'NULL::bigint'} AS publisher"),
            Sql(f"{news if 'news' in self._facets else 'NULL::bigint'} AS news", new.params),
            Sql("CASE WHEN row.failed = 0 THEN 1::bigint END AS hit"),
        ]

    def _is_counted(self, facet: str) -> str:
        """Whether a row counts in a facet: it fits everything, or everything but the choices in it."""
        found = [0, *(failed for failed, slot in self._slots if facet in slot.facets)]
        return f"row.failed IN ({', '.join(map(str, found))})"


def _counted(keys: Mapping[str, str]) -> str:
    """What a row of grouping sets is about: the one key whose bit is not set (PostgreSQL 9.66.6, GROUPING)."""
    everything = (1 << len(keys)) - 1
    cases = " ".join(
        f"WHEN {everything ^ 1 << (len(keys) - 1 - place)} THEN '{kind}'" for place, kind in enumerate(keys.values())
    )
    names = ", ".join(keys)
    return f"SELECT CASE GROUPING({names}) {cases} END, coalesce({names}), count(*)"


def _grouped(keys: Iterable[str]) -> str:
    """Each key by itself, without what has none."""
    sets = ", ".join(f"({key})" for key in keys)
    return f"GROUP BY GROUPING SETS ({sets}) HAVING coalesce({', '.join(keys)}) IS NOT NULL"
