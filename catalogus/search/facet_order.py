"""In which order the values of a facet stand, and what stands below what."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from catalogus import labels
from catalogus.facets import FacetRule
from catalogus.search.backend import FacetValue


def in_order(rule: FacetRule, values: Iterable[FacetValue]) -> tuple[FacetValue, ...]:
    """Values in the order in which people know them, or else by count; narrower ones right below the broader one.

    A value whose broader one is not among them stands below the next broader one that is, or by itself.
    """
    ordered = _sorted(rule, values)
    if rule.scheme is None:
        return tuple(ordered)
    broader = labels.broader_codes(rule.scheme)
    here = {value.code for value in ordered}
    below: dict[str, list[FacetValue]] = defaultdict(list)
    for value in ordered:
        below[_above(value.code, broader, here)].append(value)
    walked = list(_walked(below, "", 0))
    # Concepts that are each other's broader one hang from nothing; lost they must not be.
    lost = here - {value.code for value in walked}
    return (*walked, *(value for value in ordered if value.code in lost))


def _sorted(rule: FacetRule, values: Iterable[FacetValue]) -> list[FacetValue]:
    if rule.is_by_count:
        return sorted(values, key=lambda value: (-value.count, value.label.casefold(), value.code))
    places: Mapping[str, int]
    if rule.scheme:
        places = labels.concept_places(rule.scheme)
    else:
        places = {code: place for place, code in enumerate(rule.codes)}
    by_label = sorted(values, key=lambda value: (value.label.casefold(), value.code))
    return sorted(by_label, key=lambda value: places.get(value.code, len(places)))


def _above(code: str, broader: Mapping[str, str], here: set[str]) -> str:
    """The nearest broader code that is here; "" for none, also where broader concepts go round in a circle."""
    above = code
    for _step in range(len(broader)):
        above = broader.get(above, "")
        if not above or (above in here and above != code):
            return above
    return ""


def _walked(below: Mapping[str, Sequence[FacetValue]], above: str, depth: int) -> Iterable[FacetValue]:
    for value in below.get(above, ()):
        is_placed = value.broader == above and value.depth == depth
        yield value if is_placed else replace(value, broader=above, depth=depth)
        yield from _walked(below, value.code, depth + 1)
