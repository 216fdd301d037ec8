"""A catalogue that changes, and people who follow it: the history as the services write it, numbered and indexed."""

from typing import Any

from django.http import QueryDict

from accounts.models import User
from catalogus.models import Cause, Product
from catalogus.product_data import ProductData
from catalogus.search import SearchCriteria
from catalogus.services.products import upsert_products
from catalogus.services.sequence import assign_sequence
from selection.models import DigestProgress, SavedSearch
from selection.services.digest import DigestCounts, write_digests
from selection.services.news import settled_seq
from selection.services.searches import save_search
from tests.accounts.places import make_person
from tests.search_support import SearchIndex

LEAST = {"publisher_name": "De Linde", "state": "available"}


class Catalogue:
    """Products by a short key, as a source states them; each change is committed, numbered and in the index."""

    def __init__(self, index: SearchIndex) -> None:
        self.index = index

    def bring(self, key: str, **fields: Any) -> Product:
        """Bring a product in, new or changed: bring("a", title="Vuurtoren 1", price_cents=1000)."""
        self.bring_many({key: fields})
        return self.product(key)

    def bring_many(self, items: dict[str, dict[str, Any]]) -> None:
        data = {f"p-{key}": ProductData(**(LEAST | fields)) for key, fields in items.items()}
        upsert_products(data, cause=Cause.HARVEST, source="bron")
        self.settle()

    def product(self, key: str) -> Product:
        return Product.objects.get(public_id=f"p-{key}")

    def settle(self) -> None:
        """Number and index what was written."""
        assign_sequence()
        self.index.drain()


def follow(
    user: User, query: str = "q=vuurtoren", name: str = "Vuurtorens", *, is_alert_on: bool = True
) -> SavedSearch:
    return save_search(user=user, criteria=criteria(query), name=name, is_alert_on=is_alert_on)


def criteria(query: str) -> SearchCriteria:
    return SearchCriteria.from_query(dict(QueryDict(query).lists()))


def make_reader(name: str = "els", **fields: Any) -> User:
    return make_person(name, email=f"{name}@school.example", **fields)


def monday() -> DigestCounts:
    """The weekly run, for everybody who follows something."""
    people = DigestProgress.objects.order_by("pk").values_list("pk", flat=True)
    return write_digests(user_ids=list(people), upto=settled_seq())
