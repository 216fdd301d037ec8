"""Methods like another one, from the database: by how many codes they share, the weights those of `search.related`.

A code that is rare weighs no more than one that everything has, which the engine minds; what is for everything is like
nothing here too.
"""

from collections.abc import Iterable, Mapping

from catalogus.models.search_row import CODE_COLUMNS
from catalogus.search.criteria import SearchCriteria
from catalogus.search.postgres.asking import ask, searching
from catalogus.search.postgres.codes import facet_masks, has_any, masks
from catalogus.search.postgres.filters import RowFilters
from catalogus.search.postgres.hits import method_hits
from catalogus.search.postgres.sql import Sql, every, join
from catalogus.search.related import MOST, SEVERAL_PRODUCTS, TIMEOUT_SECONDS, WEIGHTS, RelatedMethod


def related_methods(method_id: int, codes: Mapping[str, Iterable[str]]) -> tuple[RelatedMethod, ...]:
    """At most MOST methods that share a subject and a sector with this one, the most alike first, of any publisher.

    codes: field -> codes of the method that others are compared with, as `selectors.method_offer` gives them. Raises
    SearchUnavailable where it takes too long.
    """
    if not codes["subjects"]:
        return ()
    with searching(seconds=TIMEOUT_SECONDS):
        if not facet_masks(["subjects"]):
            return ()  # No row of search has a code as yet.
        found = dict.fromkeys((pk for pk, *_ in ask(_statement(method_id, codes))), 0)
        hits = method_hits(found, {})
    return tuple(
        RelatedMethod(
            hit.public_id,
            hit.name,
            hit.publisher_slug,
            hit.publisher_name,
            hit.sectors,
            hit.levels,
            hit.years,
            hit.subjects,
        )
        for hit in hits
    )


def _statement(method_id: int, codes: Mapping[str, Iterable[str]]) -> Sql:
    """Methods by the products of theirs that share a subject and a sector, most alike first, the newest of equals."""
    wanted = [
        RowFilters.of(SearchCriteria()).all(),
        has_any("subjects", codes["subjects"]),
        *([has_any("sectors", codes["sectors"])] if codes["sectors"] else []),
        Sql("row.method_id <> %s", (method_id,)),
    ]
    fits = every(wanted)
    columns = sorted(facet_masks(WEIGHTS))
    bits = ", ".join(f"bit_or(row.{CODE_COLUMNS[column]}) AS {CODE_COLUMNS[column]}" for column in columns)
    likeness = join(" + ", [_shared(facet, codes[facet], weight) for facet, weight in WEIGHTS.items()])
    return Sql(
        f"SELECT other.method_id FROM (SELECT row.method_id, count(*) AS products,"  # noqa: S608
        f" max(row.published_day) AS published_day, {bits}"
        f" FROM catalogus_searchrow AS row WHERE {fits.text} GROUP BY row.method_id) AS other"
        f" JOIN catalogus_method AS method ON method.id = other.method_id"
        f" ORDER BY {likeness.text} + CASE WHEN products > 1 THEN {SEVERAL_PRODUCTS} ELSE 0 END DESC,"
        f" other.published_day DESC, method.public_id LIMIT {MOST}",
        (*fits.params, *likeness.params),
    )


def _shared(facet: str, codes: Iterable[str], weight: float) -> Sql:
    """What the codes weigh that both have: less where the other one has many, as fits what is for everything."""
    both = _number(masks((facet, code) for code in codes))
    return Sql(f"{weight} * ({both}) / sqrt(greatest(1, {_number(facet_masks([facet]))}))")


def _number(wanted: Mapping[int, int]) -> str:
    """How many of these bits a method has."""
    counted = [
        f"bit_count((coalesce(other.{CODE_COLUMNS[column]}, 0) & {mask})::bit(64))" for column, mask in wanted.items()
    ]
    return " + ".join(counted) or "0"
