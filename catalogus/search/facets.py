"""Facets: what the engine must count, and its answer as values with labels.

Every facet is counted with all filters but its own choice, so that a count is what a click gives. In the methods view
methods are counted, each once for a value, however many of its products have it.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from elasticsearch.dsl.aggs import Agg, Filter, Filters, Nested, ReverseNested, Terms
from elasticsearch.dsl.query import Bool, Query

from catalogus import labels
from catalogus.search.backend import UNKNOWN, Facet, FacetValue
from catalogus.search.criteria import SearchCriteria, View
from catalogus.search.documents import NESTED_PATH
from catalogus.search.filters import FIELDS, ProductFilters

# More than any vocabulary or list of publishers holds: the engine counts all values, the list below is what is cut.
_ALL_VALUES = 10_000
_LISTED = {"publishers": 60}
_LISTED_OTHERS = 100

_IN_ORDER_OF_VOCABULARY = frozenset({"sectors", "levels", "years"})
_REST = "rest"
_METHODS = "methods"
_PRODUCTS = "products"


def facet_aggregations(
    criteria: SearchCriteria, filters: ProductFilters, *, path: str = "", text: Query | None = None
) -> dict[str, Any]:
    """The aggregations that count all facets.

    path: where a product's fields stand. text: what a nested product must match besides; in product documents the
    query has seen to it.
    """
    grouped: dict[str, Agg[Any]] = {}
    rest: dict[str, Agg[Any]] = {}
    for facet in labels.FACETS:
        if filters.is_counted_in_pairs(facet):
            counts = _counted(Filters(filters=_pairs(criteria, filters, facet)), path)
            grouped[facet] = _within(filters.without("levels", "years"), text, {facet: counts})
        else:
            counts = _counted(Terms(field=f"{path}{FIELDS[facet]}", size=_ALL_VALUES), path)
            if filters.narrows(facet):
                grouped[facet] = _within(filters.without(facet), text, {facet: counts})
            else:
                rest[facet] = counts
    if rest:
        grouped[_REST] = _within(filters.all(), text, rest)
    if path:
        return {_PRODUCTS: Nested(path=NESTED_PATH, aggs=grouped).to_dict()}
    return {name: group.to_dict() for name, group in grouped.items()}


def read_facets(criteria: SearchCriteria, aggregations: Mapping[str, Any]) -> tuple[Facet, ...]:
    """The facets in the order of a page, from the engine's answer to facet_aggregations."""
    groups = aggregations.get(_PRODUCTS, aggregations)
    found = []
    for facet in labels.FACETS:
        group = groups[facet] if facet in groups else groups[_REST]
        found.append(_facet(criteria, facet, _counts(group[facet]["buckets"], criteria.view)))
    return tuple(found)


def _within(filters: list[Query], text: Query | None, aggs: dict[str, Agg[Any]]) -> Agg[Any]:
    return Filter(Bool(filter=filters if text is None else [text, *filters]), aggs=aggs)


def _counted(values: Agg[Any], path: str) -> Agg[Any]:
    """Values of products; where these are nested, the methods that have them are counted."""
    if path:
        values.bucket(_METHODS, ReverseNested())
    return values


def _pairs(criteria: SearchCriteria, filters: ProductFilters, facet: str) -> dict[str, Query]:
    codes = dict.fromkeys(
        [*labels.concept_places(labels.CONCEPT_FACETS[facet]), UNKNOWN, *criteria.selected(facet)],
    )
    return {code: filters.pair(facet, code) for code in codes}


def _counts(buckets: Any, view: View) -> dict[str, int]:
    """Value -> count, from a list of buckets or from named ones; without values that nothing has."""
    pairs: Iterable[tuple[str, Mapping[str, Any]]] = (
        buckets.items() if isinstance(buckets, dict) else ((bucket["key"], bucket) for bucket in buckets)
    )
    if view == View.METHODS:
        return {code: bucket[_METHODS]["doc_count"] for code, bucket in pairs if bucket["doc_count"]}
    return {code: bucket["doc_count"] for code, bucket in pairs if bucket["doc_count"]}


def _facet(criteria: SearchCriteria, facet: str, counts: dict[str, int]) -> Facet:
    selected = frozenset(criteria.selected(facet))
    counts |= {code: 0 for code in selected if code not in counts}
    names = labels.value_labels(facet, counts)
    values = [
        FacetValue(code=code, label=names[code], count=count, is_selected=code in selected)
        for code, count in counts.items()
    ]
    by_count = sorted(values, key=lambda value: (-value.count, value.label.casefold(), value.code))
    listed = by_count[: _LISTED.get(facet, _LISTED_OTHERS)]
    listed += [value for value in by_count[len(listed) :] if value.is_selected]
    return Facet(
        name=facet,
        label=labels.facet_label(facet),
        values=tuple(_ordered(facet, listed)),
        total_values=len(values),
    )


def _ordered(facet: str, values: list[FacetValue]) -> list[FacetValue]:
    """Values in the order in which people know them; those without one, by count."""
    if facet in _IN_ORDER_OF_VOCABULARY:
        places = labels.concept_places(labels.CONCEPT_FACETS[facet])
    elif facet in labels.CHOICE_FACETS:
        places = {code: place for place, code in enumerate(labels.CHOICE_FACETS[facet].values)}
    else:
        return values
    return sorted(values, key=lambda value: places.get(value.code, len(places)))
