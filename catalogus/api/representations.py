"""What the API gives of hits, products and methods, as plain dictionaries.

A list of 100 hits is built in well under the time that the engine takes; a serializer for each hit would double it.
serializers.py describes the same shapes for OpenAPI, and a test holds the two together.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Any
from urllib.parse import urlencode, urljoin

from django.db.models import TextChoices
from django.urls import reverse
from django.utils.translation import get_language
from rest_framework.request import Request

from catalogus import labels
from catalogus.choices import Form, Medium, ProductState, Role
from catalogus.facets import FACETS
from catalogus.models import Method, Product, Scheme
from catalogus.paths import method_path, product_path
from catalogus.related_products import companions, counterparts
from catalogus.search import Facet, FacetValue, MethodHit, ProductHit, Relaxation
from catalogus.search.backend import Replacement
from catalogus.search.criteria import FACET_PARAMETERS
from catalogus.search.facet_pages import FacetPage
from catalogus.search.related import RelatedMethod
from catalogus.search.suggest import Kind, Suggestion
from catalogus.search.understanding import Understanding
from catalogus.search.understanding.describing import facet_name, value_names
from catalogus.selectors import EditionSummary, ProductRelations

JSON = dict[str, Any]

_CLOSED_LISTS: Mapping[str, type[TextChoices]] = {"state": ProductState, "medium": Medium, "form": Form, "role": Role}


@dataclass(frozen=True, slots=True)
class Addresses:
    """The beginnings of absolute addresses: resolving one for each hit would cost more than the rest of the hit."""

    products: str
    methods: str

    @classmethod
    def of(cls, request: Request) -> "Addresses":
        return cls(
            products=request.build_absolute_uri(reverse("api:products")),
            methods=request.build_absolute_uri(reverse("api:methods")),
        )


def product_hit(hit: ProductHit, addresses: Addresses) -> JSON:
    choices = _choices()
    return {
        "public_id": hit.public_id,
        "url": f"{addresses.products}{hit.public_id}/",
        "ean": hit.ean or None,
        "title": hit.title,
        "authors": hit.authors,
        "method": {
            "public_id": hit.method_public_id,
            "url": f"{addresses.methods}{hit.method_public_id}/",
            "name": hit.method_name,
        },
        "edition": hit.edition,
        "publisher": {"slug": hit.publisher_slug, "name": hit.publisher_name},
        "state": choices["state"][hit.state],
        "medium": choices["medium"][hit.medium],
        "form": choices["form"][hit.form],
        "role": choices["role"][hit.role],
        "sectors": _concepts("sectors", hit.sectors),
        "levels": _concepts("levels", hit.levels),
        "years": _concepts("years", hit.years),
        "subjects": _concepts("subjects", hit.subjects),
        "price_cents": hit.price_cents,
        "is_withdrawn": hit.is_withdrawn,
        **_reviews(hit),
    }


def method_hit(hit: MethodHit, addresses: Addresses) -> JSON:
    choices = _choices()
    return {
        "public_id": hit.public_id,
        "url": f"{addresses.methods}{hit.public_id}/",
        "name": hit.name,
        "publisher": {"slug": hit.publisher_slug, "name": hit.publisher_name},
        "sectors": _concepts("sectors", hit.sectors),
        "levels": _concepts("levels", hit.levels),
        "years": _concepts("years", hit.years),
        "subjects": _concepts("subjects", hit.subjects),
        "price_from_cents": hit.price_from_cents,
        **_reviews(hit),
        "matching_products": hit.matching_products,
        "products": [
            {
                "public_id": product.public_id,
                "url": f"{addresses.products}{product.public_id}/",
                "ean": product.ean or None,
                "title": product.title,
                "edition": product.edition,
                "state": choices["state"][product.state],
                "form": choices["form"][product.form],
                "price_cents": product.price_cents,
            }
            for product in hit.products
        ],
    }


def understanding(found: Understanding) -> JSON:
    """What was understood of the text: keys of the list itself."""
    return {
        "understood": [
            {
                "facet": recognised.facet,
                "label": facet_name(recognised),
                "text": recognised.text,
                "codes": recognised.codes,
                "values": value_names(recognised),
                "least_cents": recognised.least_cents,
                "most_cents": recognised.most_cents,
                "is_filter": recognised.is_filter,
            }
            for recognised in found.recognised
        ],
        "words": found.words,
        "phrases": found.phrases,
        "excluded": found.excluded,
        "ean": found.ean or None,
    }


def suggestion(found: Suggestion, addresses: Addresses, search_page: str) -> JSON:
    """search_page: the address of the page where people search."""
    if found.kind == Kind.METHODS:
        url, page_url = f"{addresses.methods}{found.code}/", method_path(found.code, found.name)
    elif found.kind == Kind.TITLES:
        url, page_url = f"{addresses.products}{found.code}/", product_path(found.code, found.name)
    else:
        query = urlencode({FACET_PARAMETERS[found.kind.value]: found.code})
        url, page_url = f"{addresses.methods}?{query}", f"?{query}"
    return {
        "kind": found.kind.value,
        "code": found.code,
        "name": found.name,
        "about": found.about,
        "url": url,
        "page_url": urljoin(search_page, page_url),
    }


def _reviews(reviewed: ProductHit | MethodHit | Method) -> JSON:
    return {
        "review_count": reviewed.review_count,
        "older_review_count": reviewed.older_review_count,
        "review_mean": _mean(reviewed.review_mean),
        "review_low": _mean(reviewed.review_low),
        "review_high": _mean(reviewed.review_high),
        "review_rank": reviewed.review_sort if isinstance(reviewed, Method) else reviewed.review_rank,
    }


def _mean(value: Decimal | None) -> str | None:
    return None if value is None else f"{value:.2f}"


def facet(found: Facet) -> JSON:
    return {
        "name": found.name,
        "parameter": FACETS[found.name].parameter,
        "label": found.label,
        "total_values": found.total_values,
        "shown_values": len(found.values),
        "values": [_facet_value(value) for value in found.values],
    }


def facet_page(found: FacetPage) -> JSON:
    """All values of a facet, a page of them; without the addresses of other pages."""
    return {
        "name": found.rule.name,
        "parameter": found.rule.parameter,
        "label": found.label,
        "total_values": found.total_values,
        "found_values": found.found,
        "shown_values": len(found.values),
        "mode": mode(is_basic=found.is_basic),
        "values": [_facet_value(value) for value in found.values],
    }


def mode(*, is_basic: bool) -> str:
    """Who answered, as the API calls it."""
    return "basic" if is_basic else "full"


def relaxation(found: Relaxation) -> JSON:
    return {
        "parameter": FACETS[found.facet].parameter,
        "code": found.code or None,
        "label": found.label,
        "total": found.total,
    }


def _facet_value(value: FacetValue) -> JSON:
    return {
        "code": value.code,
        "label": value.label,
        "count": value.count,
        "is_selected": value.is_selected,
        "broader": value.broader or None,
    }


def replacement(word: Replacement) -> JSON:
    """A word that the catalogue does not have, and what was looked for besides."""
    return {"typed": word.typed, "taken_for": word.taken_for, "q": word.text}


def related_method(found: RelatedMethod, addresses: Addresses) -> JSON:
    return {
        "public_id": found.public_id,
        "url": f"{addresses.methods}{found.public_id}/",
        "name": found.name,
        "publisher": {"slug": found.publisher_slug, "name": found.publisher_name},
        "sectors": _concepts("sectors", found.sectors),
        "levels": _concepts("levels", found.levels),
        "years": _concepts("years", found.years),
        "subjects": _concepts("subjects", found.subjects),
    }


def product(found: Product, relations: ProductRelations, addresses: Addresses, page_url: str) -> JSON:
    """A product with all that is known; page_url is where people read it. Two queries where its class is known."""
    choices = _choices()
    return {
        "public_id": found.public_id,
        "url": f"{addresses.products}{found.public_id}/",
        "page_url": page_url,
        "ean": found.ean,
        "identifier": found.identifier,
        "title": found.title,
        "authors": found.authors,
        "description": found.description,
        "method": {
            "public_id": found.method.public_id,
            "url": f"{addresses.methods}{found.method.public_id}/",
            "name": found.method.name,
        },
        "edition": found.edition.label,
        "publisher": {"slug": found.publisher.slug, "name": found.publisher.name},
        "state": choices["state"][found.state],
        "medium": choices["medium"][found.medium],
        "form": choices["form"][found.form],
        "form_confidence": found.form_confidence,
        "role": choices["role"][found.role],
        "is_licensed": found.is_licensed,
        "is_consumable": found.is_consumable,
        "is_catalog_item": found.is_catalog_item,
        "is_separately_available": found.is_separately_available,
        "sectors": _concepts("sectors", found.sectors),
        "levels": _concepts("levels", found.levels),
        "years": _concepts("years", found.years),
        "subjects": _concepts("subjects", found.subjects),
        "classification": [_group(group) for group in found.classification],
        "price_cents": found.price_cents,
        "price_excl_cents": found.price_excl_cents,
        "vat_rate": None if found.vat_rate is None else str(found.vat_rate),
        "currency": found.currency,
        "is_price_indicative": found.is_price_indicative,
        "price_parts": found.price_parts,
        "sale_unit_size": found.sale_unit_size,
        "information_url": found.information_url,
        "access_url": found.access_url,
        "content_url": found.content_url,
        "cover_url": found.cover_url,
        "publisher_logo_url": found.publisher_logo_url,
        "language": found.language,
        "version_text": found.version_text,
        "aggregation_level": found.aggregation_level,
        "usages": found.usages,
        "platforms": found.platforms,
        "devices": found.devices,
        "browsers": found.browsers,
        "is_open": found.is_open,
        "open_license": found.open_license,
        "is_copyrighted": found.is_copyrighted,
        **_reviews(found.method),
        "accessibility_url": found.accessibility_url,
        "license_availability": found.license_availability,
        "license_starts_on": found.license_starts_on,
        "license_ends_on": found.license_ends_on,
        "license_days": found.license_days,
        "license_count": found.license_count,
        "license_options": found.license_options,
        "activation_days": found.activation_days,
        "activation_until": found.activation_until,
        "parts": [
            {"identifier": part.identifier, "product": _reference(part.product, addresses)} for part in relations.parts
        ],
        "part_of": [_reference(package, addresses) for package in relations.packages],
        "successor_identifier": found.successor_identifier,
        "successor": _reference(found.successor, addresses),
        "predecessors": [_reference(predecessor, addresses) for predecessor in relations.predecessors],
        "counterparts": [_reference(one, addresses) for one in counterparts(found)],
        "companions": [_reference(one, addresses) for one in companions(found)],
        "first_published_on": found.first_published_on,
        "end_of_life_on": found.end_of_life_on,
        "last_revised_on": found.last_revised_on,
        "deprecated_on": found.deprecated_on,
        "supported_until": found.supported_until,
        "first_seen_at": found.first_seen_at,
        "updated_at": found.updated_at,
        "withdrawn_at": found.withdrawn_at,
    }


def _reference(found: Product | None, addresses: Addresses) -> JSON | None:
    if found is None:
        return None
    return {"public_id": found.public_id, "url": f"{addresses.products}{found.public_id}/", "title": found.title}


def method(
    found: Method,
    editions: Sequence[EditionSummary],
    codes: Mapping[Scheme, Iterable[str]],
    addresses: Addresses,
    page_url: str,
) -> JSON:
    """A method with its editions, newest first; page_url is where people read it."""
    return {
        "public_id": found.public_id,
        "url": f"{addresses.methods}{found.public_id}/",
        "page_url": page_url,
        "name": found.name,
        "publisher": {"slug": found.publisher.slug, "name": found.publisher.name},
        "sectors": _concepts("sectors", sorted(codes[Scheme.SECTOR])),
        "levels": _concepts("levels", sorted(codes[Scheme.LEVEL])),
        "years": _concepts("years", sorted(codes[Scheme.YEAR])),
        "subjects": _concepts("subjects", sorted(codes[Scheme.SUBJECT])),
        "editions": [
            {
                "label": edition.label,
                "ordinal": edition.ordinal,
                "is_current": edition.is_current,
                "product_count": edition.product_count,
            }
            for edition in editions
        ],
        "product_count": sum(edition.product_count for edition in editions),
        **_reviews(found),
    }


def _group(group: Mapping[str, Sequence[str]]) -> JSON:
    return {name: group.get(name, []) for name in ("sectors", "levels", "years", "subjects")}


def _concepts(facet: str, codes: Iterable[str]) -> list[JSON]:
    return [{"code": code, "label": label} for code, label in labels.value_labels(facet, codes).items()]


def _choices() -> Mapping[str, Mapping[str, JSON]]:
    """The values of the closed lists in the language of the answer: field -> code -> value."""
    return _choices_in(get_language() or "nl")


@lru_cache(maxsize=4)
def _choices_in(_language: str) -> Mapping[str, Mapping[str, JSON]]:
    return {
        name: {choice.value: {"code": choice.value, "label": str(choice.label)} for choice in choices}
        for name, choices in _CLOSED_LISTS.items()
    }
