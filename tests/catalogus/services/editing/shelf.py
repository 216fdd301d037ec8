"""Products of two invented publishers, brought in as a harvest would, and what an editor sees of them."""

from typing import Any

from catalogus.models import Cause, Method, Product, Publisher
from catalogus.product_data import Classification, ProductData
from catalogus.services.products import upsert_products

WHO = {"actor": "redactie", "reason": "Het is een en dezelfde."}
GROUP = Classification(("vo",), ("havo",), ("leerjaar-1",), ("wiskunde",))


def data(family: str = "Kiezel", **fields: Any) -> ProductData:
    least = {"title": f"{family} leerboek", "publisher_name": "De Linde", "classification": (GROUP,)}
    return ProductData(**(least | {"family_name": family} | fields))


def bring(**items: ProductData) -> None:
    """A harvest that finds these products, by their public ids."""
    upsert_products(items, cause=Cause.HARVEST, source="bron")


def method(name: str, publisher: str = "De Linde") -> Method:
    rows = Method.objects.select_related("publisher", "merged_into")
    return rows.get(name=name, publisher__name=publisher)


def product(public_id: str) -> Product:
    return Product.objects.select_related("method", "edition", "publisher").get(public_id=public_id)


def publisher(name: str) -> Publisher:
    return Publisher.objects.select_related("merged_into").get(name=name)


def places() -> dict[str, tuple[str, str, str]]:
    """Product -> publisher, method and edition."""
    columns = ("public_id", "publisher__name", "method__name", "edition__label")
    return {row[0]: (row[1], row[2], row[3]) for row in Product.objects.order_by("public_id").values_list(*columns)}


def catalogue() -> dict[str, list[Any]]:
    """All that edits can change, as rows; without when they were written, and without editions that are empty."""
    hidden = {"updated_at", "search_vector"}
    products = [
        {name: value for name, value in row.items() if name not in hidden}
        for row in Product.objects.order_by("pk").values()
    ]
    return {
        "products": products,
        "methods": list(Method.objects.order_by("pk").values()),
        "publishers": list(Publisher.objects.order_by("pk").values()),
        "aliases": list(Publisher.objects.order_by("aliases__pk").values_list("pk", "aliases__key")),
        "editions": list(
            Product.objects.order_by("edition")
            .distinct("edition")
            .values_list("edition", "edition__label", "edition__key", "edition__ordinal", "edition__is_locked")
        ),
    }
