"""A product in the words of schema.org and LRMI, for search engines and for catalogues that read pages.

Source: schema.org, version 30: Product, Book, LearningResource, Offer, AlignmentObject. What nobody stated is left out:
a price that is not known is no price, and never 0.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from catalogus import labels
from catalogus.article_numbers import isbn_of
from catalogus.models import Product, ProductState, Role, Scheme
from catalogus.selectors import classified_codes
from catalogus.web import formatting
from catalogus.web.citation import Kind, kind_of
from catalogus.web.field_words import language_tag
from catalogus.web.open_licenses import creative_commons_url, open_license_name

JsonObject = dict[str, Any]

_SCHEMA = "https://schema.org/"
_AVAILABILITY = {
    ProductState.AVAILABLE: "InStock",
    ProductState.LIMITED: "LimitedAvailability",
    ProductState.NOT_YET: "PreOrder",
    ProductState.TEMPORARILY_NOT: "OutOfStock",
    ProductState.NO_LONGER: "Discontinued",
    ProductState.NEVER: "Discontinued",
    ProductState.NOT_USABLE: "Discontinued",
}
_ROLES = {Role.LEARNER: "student", Role.TEACHER: "teacher", Role.MANAGER: "administrator"}
_IN_SCRIPT = str.maketrans({"<": r"\u003c", ">": r"\u003e", "&": r"\u0026", "\u2028": r"\u2028", "\u2029": r"\u2029"})
"""What could end a script element or begin a comment in it; JSON reads the same in both ways."""


def json_ld(
    product: Product,
    *,
    base_url: str,
    cover_url: str = "",
    parts: Iterable[Product] = (),
    packages: Iterable[Product] = (),
) -> JsonObject:
    """base_url: scheme and host, without a slash at the end; cover_url: of a picture on this host.

    No query: all that is named was read with the product.
    """
    url = base_url + product.get_absolute_url()
    codes = classified_codes(product.classification)
    levels = [*_names(Scheme.LEVEL, codes), *_names(Scheme.YEAR, codes)]
    subjects = _names(Scheme.SUBJECT, codes)
    is_book = kind_of(product) is Kind.BOOK
    isbn = isbn_of(product.ean)
    described = {
        "@context": _SCHEMA.rstrip("/"),
        "@type": ["Product", "Book", "LearningResource"] if is_book else ["Product", "LearningResource"],
        "@id": url,
        "url": url,
        "name": product.title,
        "description": product.description.strip(),
        "image": base_url + cover_url if cover_url else "",
        "inLanguage": language_tag(product.language),
        "author": [{"@type": "Person", "name": name} for name in product.authors if name != product.publisher.name],
        "publisher": {"@type": "Organization", "name": product.publisher.name},
        "gtin13": product.ean,
        "isbn": isbn if is_book else "",
        "sku": product.identifier,
        "bookEdition": product.edition.label if is_book and not product.edition.is_unknown else "",
        "version": product.version_text or ("" if is_book or product.edition.is_unknown else product.edition.label),
        "datePublished": _iso(product.first_published_on),
        "dateModified": _iso(product.last_revised_on),
        "learningResourceType": product.aggregation_level,
        "educationalUse": product.usages,
        "educationalLevel": levels,
        "educationalAlignment": [
            *_alignments("educationalLevel", levels),
            *_alignments("educationalSubject", subjects),
        ],
        "about": [{"@type": "DefinedTerm", "name": name} for name in subjects],
        "audience": _audience(product),
        "isPartOf": [
            {
                "@type": "CreativeWorkSeries",
                "@id": base_url + product.method.get_absolute_url(),
                "name": product.method.name,
                "url": base_url + product.method.get_absolute_url(),
            },
            *(_work(package, base_url) for package in packages),
        ],
        "hasPart": [_work(part, base_url) for part in parts],
        "license": _license(product),
        "isAccessibleForFree": _is_free(product),
        "subjectOf": _accessibility_page(product),
        "offers": _offer(product, url),
    }
    return _stated(described)


def json_ld_script(data: Mapping[str, Any]) -> SafeString:
    """The data as a block of a page, which no text in it can leave; browsers do not run it, so CSP lets it be."""
    text = json.dumps(data, ensure_ascii=False, indent=1).translate(_IN_SCRIPT)
    return format_html(
        '<script type="application/ld+json">{}</script>',
        mark_safe(text),  # noqa: S308  No sign of it means anything in HTML any more.
    )


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""


def _names(scheme: Scheme, codes: Mapping[Scheme, Iterable[str]]) -> list[str]:
    """Each by itself: a machine reads no "Leerjaar 1–3"."""
    return [labels.concept_label(scheme, code) for code in formatting.in_order(scheme, codes[scheme])]


def _alignments(kind: str, names: Sequence[str]) -> list[JsonObject]:
    return [{"@type": "AlignmentObject", "alignmentType": kind, "targetName": name} for name in names]


def _audience(product: Product) -> JsonObject | None:
    role = _ROLES.get(Role(product.role))
    return {"@type": "EducationalAudience", "educationalRole": role} if role else None


def _work(product: Product, base_url: str) -> JsonObject:
    url = base_url + product.get_absolute_url()
    return {"@type": "CreativeWork", "@id": url, "name": product.title, "url": url}


def _license(product: Product) -> str | JsonObject:
    """The licence's own address where Creative Commons has one for it."""
    if not product.open_license:
        return ""
    name = open_license_name(product.open_license)
    return creative_commons_url(product.open_license) or {"@type": "CreativeWork", "name": name}


def _is_free(product: Product) -> bool | None:
    """Open material without a price is; what has a price is not; of anything else nobody knows."""
    if product.price_cents is not None:
        return None if product.is_open else False
    return True if product.is_open else None


def _accessibility_page(product: Product) -> JsonObject | None:
    """schema.org has no property for the address of a statement."""
    url = formatting.outside_link(product.accessibility_url)
    return {"@type": "WebPage", "name": "Toegankelijkheidsverklaring", "url": url} if url else None


def _offer(product: Product, url: str) -> JsonObject | None:
    """None where neither the price nor whether it can be had is known."""
    availability = _AVAILABILITY.get(ProductState(product.state))
    if product.withdrawn_at is not None:
        availability = "Discontinued"
    price = _price(product)
    if price is None and availability is None:
        return None
    return {
        "@type": "Offer",
        "url": url,
        "availability": _SCHEMA + availability if availability else "",
        "availabilityEnds": _iso(product.end_of_life_on),
        **(price or {}),
    }


def _price(product: Product) -> JsonObject | None:
    if product.price_cents is None:
        return None
    amount = {
        "price": f"{product.price_cents // 100}.{product.price_cents % 100:02}",
        "priceCurrency": product.currency,
    }
    return amount | {
        "priceSpecification": {
            "@type": "UnitPriceSpecification",
            **amount,
            "valueAddedTaxIncluded": True,
            # Of a price that is no guide nothing of its kind is known.
            "priceType": f"{_SCHEMA}SRP" if product.is_price_indicative else "",
        }
    }


def _stated(described: Mapping[str, Any]) -> JsonObject:
    """Without what nobody stated, at any depth; False says something."""
    cleaned = {key: _cleaned(value) for key, value in described.items()}
    return {key: value for key, value in cleaned.items() if value not in (None, "", [], {})}


def _cleaned(value: Any) -> Any:
    if isinstance(value, list):
        return [_cleaned(one) for one in value]
    return _stated(value) if isinstance(value, dict) else value
