"""Methods like another one, from the rows of search: those that share the most codes, each kind with its weight."""

from collections.abc import Collection, Mapping

from catalogus.models.search_row import CODE_COLUMNS
from catalogus.search.backend import MethodHit
from catalogus.search.postgres.asking import ask, searching
from catalogus.search.postgres.codes import has_any, masks, used_columns
from catalogus.search.postgres.hits import method_hits
from catalogus.search.postgres.sql import Sql, every, join

Codes = Mapping[str, Collection[str]]
"""Facet, or "combined" -> codes."""


def related_hits(
    method_id: int, codes: Codes, weights: Mapping[str, float], *, for_several: float, most: int, seconds: float
) -> list[MethodHit]:
    """At most so many other methods of which something can be ordered for one of the subjects and sectors.

    weights: of each shared code, by its kind; for_several: what having more than one such product weighs. That a
    code is rare counts for nothing here. Raises SearchUnavailable where it takes longer than seconds.
    """
    with searching(seconds=seconds):
        must = [has_any(facet, codes[facet]) for facet in ("subjects", "sectors") if codes[facet]]
        fits = every([Sql("row.is_orderable"), Sql("row.method_id <> %s", (method_id,)), *must])
        ids = [pk for (pk,) in ask(_best(fits, _score(codes, weights, for_several), most))]
        return method_hits(dict.fromkeys(ids, 0), {})


def _score(codes: Codes, weights: Mapping[str, float], for_several: float) -> Sql:
    lines = [
        Sql(f"{weight} * bit_count((codes_of.{CODE_COLUMNS[column]} & {mask})::bit(64))")
        for facet, weight in weights.items()
        for column, mask in sorted(masks((facet, code) for code in codes[facet]).items())
    ]
    return join(" + ", [*lines, Sql(f"CASE WHEN codes_of.products > 1 THEN {for_several} ELSE 0 END")])


def _best(fits: Sql, score: Sql, most: int) -> Sql:
    """The rows of the methods with the highest scores, the newest first among equals."""
    columns = ", ".join(
        f"coalesce(bit_or({CODE_COLUMNS[column]}), 0) AS {CODE_COLUMNS[column]}" for column in used_columns()
    )
    grouped = f"SELECT row.method_id, count(*) AS products, max(row.published_day) AS day, {columns}"
    return Sql(
        f"SELECT method.id FROM ({grouped} FROM catalogus_searchrow AS row WHERE {fits.text} GROUP BY row.method_id)"  # noqa: S608
        " AS codes_of JOIN catalogus_method AS method ON method.id = codes_of.method_id"
        f" ORDER BY {score.text} DESC, codes_of.day DESC, method.public_id LIMIT {most}",
        (*fits.params, *score.params),
    )
