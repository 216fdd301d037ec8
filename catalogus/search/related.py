"""Methods like another one: for the same subjects and, as far as can be, the same classes."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from elasticsearch.dsl.query import Bool, Query, Range, Term, Terms

from catalogus.exceptions import SearchUnavailable
from catalogus.models import Method, OutboxKind
from catalogus.search.client import get_client
from catalogus.search.guarding.asking import ask_engine
from catalogus.search.guarding.slots import search_slot
from catalogus.search.indices import live_alias
from catalogus.search.serving import known_index
from catalogus.selectors import method_offer

MOST = 6

TIMEOUT_SECONDS = 1.0
"""A method's page does not wait longer for what is beside the point of it."""

# The subject decides, then whether both are for one class (havo 3); level and year tell where no class is stated.
# A code weighs less in a method that has many of its kind: what is for everything is not like one thing.
WEIGHTS = {"subjects": 4.0, "combined": 2.0, "levels": 1.0, "years": 1.0}

SEVERAL_PRODUCTS = 4.0
"""A product that is a method by itself, as no record says of which it is, stands below those with more, if little less
alike: else a whole list would be the parts of one series."""

_FIELDS = (
    "public_id",
    "name.shown",
    "publisher_slug",
    "publisher_name",
    "sectors",
    "levels",
    "years",
    "subjects",
)


@dataclass(frozen=True, slots=True)
class RelatedMethod:
    """A method with the codes of what can be ordered of it."""

    public_id: str
    name: str
    publisher_slug: str
    publisher_name: str
    sectors: tuple[str, ...]
    levels: tuple[str, ...]
    years: tuple[str, ...]
    subjects: tuple[str, ...]


def related_methods(method: Method) -> tuple[RelatedMethod, ...]:
    """At most MOST methods that share a subject and a sector with this one, the most alike first, of any publisher.

    What can be ordered of each counts, and of this one everything where nothing can be. One query and one call of the
    engine, no call for a method without a subject; the database answers in its place, more roughly. Raises
    SearchUnavailable where that has no time for it.
    """
    codes = method_offer(method)
    if not codes["subjects"]:
        return ()
    try:
        return ask_engine(lambda: _ask(related_body(method.public_id, codes)))
    except SearchUnavailable:
        return _from_database(method, codes)


def _from_database(method: Method, codes: Mapping[str, Collection[str]]) -> tuple[RelatedMethod, ...]:
    from catalogus.search.postgres.related import related_methods as from_rows  # It weighs as this module does.

    with search_slot(may_wait=False):
        return from_rows(method.pk, codes)


def _ask(body: dict[str, Any]) -> tuple[RelatedMethod, ...]:
    """Raises SearchUnavailable."""
    timeout = min(TIMEOUT_SECONDS, settings.ELASTICSEARCH_TIMEOUT_SECONDS)
    with known_index():
        answer = get_client(timeout_seconds=timeout).search(index=live_alias(OutboxKind.METHOD), body=body)
    return tuple(_related(hit["fields"]) for hit in answer.body["hits"]["hits"])


def related_body(public_id: str, codes: Mapping[str, Iterable[str]]) -> dict[str, Any]:
    """codes: field -> codes of the method that others are compared with."""
    must: list[Query] = [Range("orderable_products", {"gt": 0}), Terms("subjects", sorted(codes["subjects"]))]
    if codes["sectors"]:
        must.append(Terms("sectors", sorted(codes["sectors"])))
    shared: list[Query] = [
        Term(field, {"value": code, "boost": weight})
        for field, weight in WEIGHTS.items()
        for code in sorted(codes[field])
    ]
    shared.append(Range("orderable_products", {"gt": 1, "boost": SEVERAL_PRODUCTS}))
    return {
        "query": Bool(filter=must, should=shared, must_not=[Term("public_id", {"value": public_id})]).to_dict(),
        "sort": [{"_score": "desc"}, {"published_day": "desc"}, {"public_id": "asc"}],
        "size": MOST,
        "track_total_hits": False,
        "_source": False,
        "docvalue_fields": list(_FIELDS),
    }


def _related(values: Mapping[str, list[str]]) -> RelatedMethod:
    public_id, name, slug, publisher = (values[field][0] for field in _FIELDS[:4])
    sectors, levels, years, subjects = (tuple(values.get(field, ())) for field in _FIELDS[4:])
    return RelatedMethod(public_id, name, slug, publisher, sectors, levels, years, subjects)
