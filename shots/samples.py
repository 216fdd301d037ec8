"""Methods and products of the catalogue that is served, found through its API: large, small, gone, ready to compare."""

from dataclasses import dataclass
from typing import Any

import httpx

from catalogus.paths import method_path, product_path

_MOST_METHODS = 1_000


@dataclass(frozen=True, slots=True)
class Samples:
    """Paths of pages, and public ids: compared are those of four methods, compared_products of three products."""

    large_method: str
    small_method: str
    product: str
    product_id: str
    product_slug: str
    gone_product: str
    ean: str
    compared: tuple[str, ...]
    compared_products: tuple[str, ...]


def find_samples(site: str) -> Samples:
    """Ask the API. Raises RuntimeError where the catalogue is too small for it."""
    with httpx.Client(base_url=site, timeout=30, trust_env=False) as http:
        methods = _all_methods(http)
        products = _results(http, "/api/v1/products/", page_size=100)
        gone = _results(http, "/api/v1/products/", all=1, state="no_longer_available", page_size=1)
    products = [one for one in products if one["ean"]]
    if len(methods) < 4 or len(products) < 3 or not gone:
        raise RuntimeError("the catalogue has too little to show: start it with `make run RECORDS=2500` or more")
    methods.sort(key=lambda one: one["matching_products"])
    product = max(products, key=lambda one: len(one["title"]))
    path = product_path(product["public_id"], product["title"])
    return Samples(
        large_method=method_path(methods[-1]["public_id"], methods[-1]["name"]),
        small_method=method_path(methods[0]["public_id"], methods[0]["name"]),
        product=path,
        product_id=product["public_id"],
        product_slug=path.strip("/").split("/")[-1],
        gone_product=product_path(gone[0]["public_id"], gone[0]["title"]),
        ean=product["ean"],
        compared=tuple(one["public_id"] for one in methods[-4:]),
        compared_products=tuple(one["public_id"] for one in products[:3]),
    )


def _all_methods(http: httpx.Client) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    page = 1
    while batch := _results(http, "/api/v1/methods/", page=page, page_size=100):
        found += batch
        page += 1
        if len(batch) < 100 or len(found) >= _MOST_METHODS:
            break
    return found


def _results(http: httpx.Client, path: str, **parameters: int | str) -> list[dict[str, Any]]:
    answer = http.get(path, params=parameters)
    answer.raise_for_status()
    results: list[dict[str, Any]] = answer.json()["results"]
    return results
