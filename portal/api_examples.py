"""Calls of the API to try: real addresses of this site, about what is in it now."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from catalogus.models import Product


@dataclass(frozen=True, slots=True)
class Example:
    """title: what it answers; url: whole, with scheme and host, as a program needs it."""

    title: str | Promise
    url: str


def api_examples(request: HttpRequest) -> list[Example]:
    """One query: a product that stands in the catalogue, if any does."""
    return [Example(title, request.build_absolute_uri(path)) for title, path in _paths()]


def _paths() -> Iterator[tuple[str | Promise, str]]:
    products, methods = reverse("api:products"), reverse("api:methods")
    yield _("Welke methodes zijn er voor wiskunde in havo 3?"), f"{methods}?q=wiskunde+havo+3"
    yield (
        _("Hetzelfde met filters, twee per pagina"),
        f"{methods}?subject=wiskunde&level=havo&year=leerjaar-3&page_size=2",
    )
    yield _("Producten, goedkoopste eerst, met aantallen per filter"), f"{products}?sector=vo&sort=price&facets=1"
    yield (
        _("Alle uitgevers die iets voor het mbo hebben"),
        f"{reverse('api:product-facet', args=['publisher'])}?sector=mbo",
    )
    yield _("Suggesties terwijl iemand typt"), f"{reverse('api:suggest')}?q=wis"
    product = _some_product()
    if product is not None:
        yield _("Eén product, met alles wat we ervan weten"), reverse("api:product", args=[product.public_id])
        yield _("Hetzelfde product, met zijn EAN"), reverse("api:product-by-ean", args=[product.ean])
        yield (
            _("De methode waar het bij hoort, met haar uitgaven"),
            reverse("api:method", args=[product.method.public_id]),
        )
        yield _("Methodes die erop lijken"), reverse("api:method-related", args=[product.method.public_id])
        yield (
            _("Wat docenten van de methode vinden: aantal, gemiddelde en spreiding"),
            f"{reverse('reviews-api:summaries')}?ean={product.ean}",
        )
        yield (
            _("De beoordelingen zelf, uit het voortgezet onderwijs"),
            f"{reverse('reviews-api:reviews')}?method={product.method.public_id}&sector=vo",
        )
    yield _("De vragen waarmee docenten beoordelen"), reverse("reviews-api:rubric-current")


def _some_product() -> Product | None:
    """The first that has an EAN and can be ordered: the same each time, while it is there."""
    found = Product.objects.live().orderable().filter(merged_into=None, ean__isnull=False)
    return found.select_related("method").only("public_id", "ean", "method__public_id").order_by("pk").first()
