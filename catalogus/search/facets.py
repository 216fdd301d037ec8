"""Facets: what the engine must count, and its answer as values with labels.

Every facet is counted with all filters but its own choice, so that a count is what a click gives. In the methods view
methods are counted, each once for a value, however many of its products have it. What a search would find without the
choices of one facet is counted beside it.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from elasticsearch.dsl.aggs import Agg, Filter, Filters, Nested, Range, ReverseNested, Terms
from elasticsearch.dsl.query import Bool, Query

from catalogus import labels
from catalogus.choices import News
from catalogus.facet_rules import first_day_of_this_year
from catalogus.facets import FACETS, UNKNOWN, FacetRule
from catalogus.search.backend import Facet, FacetValue, Relaxation
from catalogus.search.criteria import SearchCriteria, View
from catalogus.search.documents import NESTED_PATH
from catalogus.search.facet_order import in_order
from catalogus.search.filters import ProductFilters

# More than any vocabulary or list of publishers holds: the engine counts all values, the list below is what is cut.
_ALL_VALUES = 10_000
_LISTED = {"publishers": 60}
_LISTED_OTHERS = 100

_REST = "rest"
_WITHOUT = "without-"
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
    for facet, rule in FACETS.items():
        if filters.is_counted_in_pairs(facet):
            counts = _counted(Filters(filters=_pairs(criteria, filters, facet)), path)
            grouped[facet] = _within(filters.without("levels", "years"), text, {facet: counts})
        elif filters.narrows(facet):
            grouped[facet] = _within(filters.without(facet), text, {facet: _counted(_values(rule, path), path)})
        else:
            rest[facet] = _counted(_values(rule, path), path)
        if criteria.selected(facet):
            if filters.is_counted_in_pairs(facet) or filters.counts_without_choice(facet):
                others = ProductFilters(criteria.without(facet), path).all()
                grouped[f"{_WITHOUT}{facet}"] = _counted(_within(others, text, {}), path)
            else:
                # Its own group is what there would be without the choice.
                _counted(grouped[facet], path)
    if rest:
        grouped[_REST] = _within(filters.all(), text, rest)
    if path:
        return {_PRODUCTS: Nested(path=NESTED_PATH, aggs=grouped).to_dict()}
    return {name: group.to_dict() for name, group in grouped.items()}


def read_facets(criteria: SearchCriteria, aggregations: Mapping[str, Any]) -> tuple[Facet, ...]:
    """The facets in the order of a page, from the engine's answer to facet_aggregations."""
    groups = _groups(aggregations)
    return tuple(
        facet_of(
            criteria, facet, _counts(_group_of(facet, groups)[facet]["buckets"], criteria.view), most_listed(facet)
        )
        for facet in FACETS
    )


def read_relaxations(criteria: SearchCriteria, aggregations: Mapping[str, Any]) -> tuple[Relaxation, ...]:
    """What the search would find without the choices of one facet, most first; without what would find nothing."""
    groups = _groups(aggregations)
    found = []
    for facet in FACETS:
        if codes := criteria.selected(facet):
            group = groups.get(f"{_WITHOUT}{facet}") or groups[facet]
            total = _count(group, criteria.view)
            found.append(relaxation_of(facet, codes, total))
    return most_first(found)


def relaxation_of(facet: str, codes: Sequence[str], total: int) -> Relaxation:
    """Without these choices of a facet so many hits would be found."""
    label = ", ".join(labels.value_labels(facet, codes).values())
    return Relaxation(facet, codes[0] if len(codes) == 1 else "", f"{labels.facet_label(facet)}: {label}", total)


def most_first(relaxations: Iterable[Relaxation]) -> tuple[Relaxation, ...]:
    """Those that find something."""
    return tuple(sorted((one for one in relaxations if one.total), key=lambda one: -one.total))


def only_facet(body: Mapping[str, Any], facet: str) -> dict[str, Any]:
    """The body of a search with facets, less all that does not count this one facet."""
    aggregations = body["aggs"]
    if _PRODUCTS in aggregations:
        nested = aggregations[_PRODUCTS]
        kept = {_PRODUCTS: {**nested, "aggs": _pruned(nested["aggs"], facet)}}
    else:
        kept = _pruned(aggregations, facet)
    return {"query": body["query"], "timeout": body["timeout"], "size": 0, "track_total_hits": False, "aggs": kept}


def read_whole_facet(criteria: SearchCriteria, facet: str, aggregations: Mapping[str, Any]) -> Facet:
    """One facet with every value that it has, from the answer to only_facet."""
    counts = _counts(_group_of(facet, _groups(aggregations))[facet]["buckets"], criteria.view)
    return facet_of(criteria, facet, counts, most=len(counts))


def _pruned(groups: Mapping[str, Any], facet: str) -> dict[str, Any]:
    name = facet if facet in groups else _REST
    group = groups[name]
    return {name: {**group, "aggs": {facet: group["aggs"][facet]}}}


def _groups(aggregations: Mapping[str, Any]) -> Mapping[str, Any]:
    found: Mapping[str, Any] = aggregations.get(_PRODUCTS, aggregations)
    return found


def _group_of(facet: str, groups: Mapping[str, Any]) -> Mapping[str, Any]:
    found: Mapping[str, Any] = groups[facet] if facet in groups else groups[_REST]
    return found


def _within(filters: list[Query], text: Query | None, aggs: dict[str, Agg[Any]]) -> Agg[Any]:
    return Filter(Bool(filter=filters if text is None else [text, *filters]), aggs=aggs)


def _values(rule: FacetRule, path: str) -> Agg[Any]:
    field = f"{path}{rule.field}"
    if rule.is_stored:
        return Terms(field=field, size=_ALL_VALUES)
    first_day = float(first_day_of_this_year().toordinal())
    return Range(field=field, ranges=[{"key": News.THIS_YEAR.value, "from": first_day}])


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
    return {code: _count(bucket, view) for code, bucket in pairs if bucket["doc_count"]}


def _count(bucket: Mapping[str, Any], view: View) -> int:
    found: int = bucket[_METHODS]["doc_count"] if view == View.METHODS else bucket["doc_count"]
    return found


def most_listed(facet: str) -> int:
    """How many values of a facet stand on a page of results."""
    return _LISTED.get(facet, _LISTED_OTHERS)


def facet_of(criteria: SearchCriteria, facet: str, counts: dict[str, int], most: int) -> Facet:
    """A facet by the counts of its codes: so many values with the most results are listed, and the chosen ones."""
    selected = frozenset(criteria.selected(facet))
    counts |= {code: 0 for code in selected if code not in counts}
    names = labels.value_labels(facet, counts)
    values = [
        FacetValue(code=code, label=names[code], count=counts[code], is_selected=code in selected)
        for code in _listed(counts, names, selected, most)
    ]
    return Facet(
        name=facet,
        label=labels.facet_label(facet),
        values=in_order(FACETS[facet], values),
        total_values=len(counts),
    )


def _listed(counts: Mapping[str, int], names: Mapping[str, str], selected: Collection[str], most: int) -> list[str]:
    """The codes with the most results, and whatever is chosen."""
    by_count = sorted(counts, key=lambda code: (-counts[code], names[code].casefold(), code))
    return by_count[:most] + [code for code in by_count[most:] if code in selected]
