"""The catalogue that the queries are judged over: a fixed part of the demonstration's, and the shelf beside it.

Both come in as they would in production: the demonstration by a harvest over HTTP, the shelf through `upsert_products`.
Nothing of it depends on the day or the machine, so neither do the judgements.
"""

from collections import defaultdict
from collections.abc import Iterable

from catalogus.models import Cause, Method, Product
from catalogus.public_ids import public_id
from catalogus.services.current_editions import refresh_current_editions
from catalogus.services.products import upsert_products
from catalogus.services.withdrawal import withdraw_products
from ingest.demo.server import DemoKoppelpunt
from ingest.models import HarvestState
from ingest.services.harvest import harvest
from ingest.services.sources import register_source
from tests.catalogus.search.judged.shelf import REVIEWS, WITHDRAWN, shelf_products
from tests.factories import review_fields

RECORDS, SEED = 5_000, 1
"""A quarter of the feed: some 800 methods, of every sector and nearly every subject, in about ten seconds."""


def load_catalogue() -> None:
    """Fill an empty catalogue; the vocabularies must be there."""
    with DemoKoppelpunt(records=RECORDS, seed=SEED) as server:
        one_pass = harvest(register_source(code="demo", url=server.url))
    if (one_pass.state, one_pass.received) != (HarvestState.COMPLETE, RECORDS):
        raise RuntimeError(f"the demonstration was not harvested whole: {one_pass.state}, {one_pass.message}")
    _load_shelf()
    refresh_current_editions()


def _load_shelf() -> None:
    products = {public_id("product", "judged", key): data for key, data in shelf_products().items()}
    upsert_products(products, cause=Cause.HARVEST, source="judged")
    gone = Product.objects.filter(public_id__in=products, title__in=WITHDRAWN)
    withdraw_products(list(gone.values_list("pk", flat=True)), cause=Cause.HARVEST, source="judged")
    for (name, publisher), (count, mean) in REVIEWS.items():
        found = Method.objects.filter(name=name, publisher__name=publisher)
        if found.update(**review_fields(count, mean)) != 1:
            raise RuntimeError(f"the shelf has no method {name} of {publisher} to have been reviewed")


def readable_keys(rows: Iterable[tuple[str, str, str]]) -> dict[str, str]:
    """public id -> "name — publisher", for (public id, name, publisher); the id behind it where others share that."""
    by_key: defaultdict[str, list[str]] = defaultdict(list)
    for found, name, publisher in rows:
        by_key[f"{name} — {publisher}"].append(found)
    return {found: key if len(ids) == 1 else f"{key} — {found}" for key, ids in by_key.items() for found in ids}


def method_keys() -> dict[str, str]:
    return readable_keys(Method.objects.live().values_list("public_id", "name", "publisher__name"))


def product_keys() -> dict[str, str]:
    rows = Product.objects.filter(merged_into=None)
    return readable_keys(rows.values_list("public_id", "title", "publisher__name"))
