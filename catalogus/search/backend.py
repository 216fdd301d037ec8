"""What a search engine of ours promises, and the shapes of its answer."""

from dataclasses import dataclass
from typing import Protocol

from catalogus.search.criteria import SearchCriteria

UNKNOWN = "unknown"
"""The facet value of what a product does not state: content without an attribute must stay findable."""


RETRY_AFTER_SECONDS = 30
"""A restart of an engine takes about this long; who waits less meets the same answer."""


@dataclass(frozen=True, slots=True)
class FacetValue:
    """One choice. count: the hits there would be with this value alone chosen in its facet, all other facets as is."""

    code: str
    label: str
    count: int
    is_selected: bool


@dataclass(frozen=True, slots=True)
class Facet:
    """A group of choices, OR within and AND between. total_values: how many values exist, also those not listed."""

    name: str
    label: str
    values: tuple[FacetValue, ...]
    total_values: int


@dataclass(frozen=True, slots=True)
class ProductHit:
    """A product as its index document has it; codes, with labels for the page and the API made elsewhere."""

    public_id: str
    title: str
    method_public_id: str
    method_name: str
    edition: str
    publisher_slug: str
    publisher_name: str
    ean: str
    authors: tuple[str, ...]
    state: str
    medium: str
    form: str
    role: str
    sectors: tuple[str, ...]
    levels: tuple[str, ...]
    years: tuple[str, ...]
    subjects: tuple[str, ...]
    price_cents: int | None
    is_withdrawn: bool


@dataclass(frozen=True, slots=True)
class MethodHit:
    """A method with the products in it that fit the search: all of them counted, the best few given."""

    public_id: str
    name: str
    publisher_slug: str
    publisher_name: str
    sectors: tuple[str, ...]
    levels: tuple[str, ...]
    years: tuple[str, ...]
    subjects: tuple[str, ...]
    matching_products: int
    products: tuple[ProductHit, ...]


@dataclass(frozen=True, slots=True)
class SearchPage:
    """One page of an answer. Exactly one of the hit tuples is filled, after criteria.view; took is milliseconds."""

    criteria: SearchCriteria
    total: int
    product_hits: tuple[ProductHit, ...]
    method_hits: tuple[MethodHit, ...]
    facets: tuple[Facet, ...]
    next_cursor: str
    took_ms: int


class SearchBackend(Protocol):
    """An engine. Raises SearchUnavailable where it does not answer in time."""

    name: str

    def search(self, criteria: SearchCriteria, *, with_facets: bool = True) -> SearchPage: ...


def get_backend() -> SearchBackend:
    """The engine of this installation."""
    from catalogus.search.elasticsearch import ElasticsearchBackend

    return ElasticsearchBackend()
