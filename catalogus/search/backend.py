"""What a search engine of ours promises, and the shapes of its answer."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Protocol, Self

from django.conf import settings

from catalogus.search.criteria import SearchCriteria
from catalogus.search.understanding import Understanding

RETRY_AFTER_SECONDS = 30
"""A restart of an engine takes about this long; who waits less meets the same answer."""


@dataclass(frozen=True, slots=True)
class FacetValue:
    """One choice. count: the hits there would be with this value alone chosen in its facet, all other facets as is.

    broader: the code of the value that this one stands below, "" for none; depth: how many stand above it.
    """

    code: str
    label: str
    count: int
    is_selected: bool
    broader: str = ""
    depth: int = 0


@dataclass(frozen=True, slots=True)
class Facet:
    """A group of choices, OR within and AND between. total_values: how many values exist, also those not listed.

    is_basic: asked for alone, and the database answered; of a page's facets the page says so.
    """

    name: str
    label: str
    values: tuple[FacetValue, ...]
    total_values: int
    is_basic: bool = field(default=False, compare=False)


@dataclass(frozen=True, slots=True)
class Replacement:
    """A word that the catalogue does not have, what it was taken for, and the whole text with that instead."""

    typed: str
    taken_for: str
    text: str


@dataclass(frozen=True, slots=True)
class Explanation:
    """What a hit got its score for, as (what matched, its weight); of the lines about one word the heaviest counts."""

    score: float
    lines: tuple[tuple[str, float], ...]


@dataclass(frozen=True, slots=True)
class Relaxation:
    """What a search would find without the choices in one facet: total hits. code: the choice, "" for several."""

    facet: str
    code: str
    label: str
    total: int


@dataclass(frozen=True, slots=True)
class ProductHit:
    """A product as its index document has it; codes, with labels for the page and the API made elsewhere.

    What reviewers say is of its method, as services.reviews has it: review_mean, review_low and review_high are 1 to 4,
    review_rank is what is sorted by.
    """

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
    explanation: Explanation | None = None
    review_count: int = 0
    older_review_count: int = 0
    review_mean: Decimal | None = None
    review_low: Decimal | None = None
    review_high: Decimal | None = None
    review_rank: int | None = None


@dataclass(frozen=True, slots=True)
class MethodHit:
    """A method with the products in it that fit the search: all of them counted, the best few given.

    price_from_cents: of the cheapest product that can be ordered, in euro, whether or not it fits.
    """

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
    price_from_cents: int | None = None
    review_count: int = 0
    older_review_count: int = 0
    review_mean: Decimal | None = None
    review_low: Decimal | None = None
    review_high: Decimal | None = None
    review_rank: int | None = None


@dataclass(frozen=True, slots=True)
class SearchPage:
    """One page of an answer. Exactly one of the hit tuples is filled, after criteria.view; took is milliseconds.

    is_loosened: next to nothing had all the words, so some may be missing; complete_total: how many have all, None
    where every hit has. replacements: words that the catalogue does not have, and what was looked for as well.
    relaxations: where nothing was found, and facets were asked for, what fewer filters would find.
    is_basic: the database answered, which knows less of words than the engine.
    """

    criteria: SearchCriteria
    total: int
    product_hits: tuple[ProductHit, ...]
    method_hits: tuple[MethodHit, ...]
    facets: tuple[Facet, ...]
    next_cursor: str
    took_ms: int
    understanding: Understanding | None = None
    is_loosened: bool = False
    complete_total: int | None = None
    replacements: tuple[Replacement, ...] = ()
    relaxations: tuple[Relaxation, ...] = ()
    is_basic: bool = False


Hit = ProductHit | MethodHit


class HitWalk(Protocol):
    """A whole answer in chunks, held still while others write; total is the number of its hits.

    To be closed, read to its end or not. Method hits say how many products fit, and give none of them.
    """

    criteria: SearchCriteria
    total: int

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_fault: object) -> None:
        self.close()

    def chunks(self) -> Iterator[list[Hit]]:
        """The hits in their order, each once; may be read once. Raises SearchUnavailable where the engine goes away."""
        ...

    def close(self) -> None: ...


class SearchBackend(Protocol):
    """An engine. Raises SearchUnavailable where it does not answer in time."""

    name: str

    def search(
        self, criteria: SearchCriteria, *, with_facets: bool = True, is_explained: bool = False
    ) -> SearchPage: ...

    def whole_facet(self, criteria: SearchCriteria, facet: str) -> Facet:
        """A facet of a search, by its plural name, with every value that it has; no other is counted."""
        ...

    def walk(self, criteria: SearchCriteria) -> HitWalk:
        """Every hit of a search from the first on, whatever page the criteria name."""
        ...

    def fitting(self, criteria: SearchCriteria, product_ids: Collection[int]) -> frozenset[int]:
        """Those of these products (rows) that a search finds, in whatever view; nothing is counted or sorted."""
        ...


def get_backend() -> SearchBackend:
    """What answers in this installation: the engine, with the database in its place while it does not answer.

    Without an engine the database alone. Its pages say so (SearchPage.is_basic).
    """
    from catalogus.search.elasticsearch import ElasticsearchBackend
    from catalogus.search.guarding.capped import CappedBackend
    from catalogus.search.guarding.guarded import GuardedBackend
    from catalogus.search.postgres import PostgresBackend

    basic = CappedBackend(PostgresBackend())
    return GuardedBackend(ElasticsearchBackend(), basic) if has_engine() else basic


def has_engine() -> bool:
    """Whether this installation has an engine, answering or not; without one basic mode is all there is."""
    return bool(settings.ELASTICSEARCH_URL)
