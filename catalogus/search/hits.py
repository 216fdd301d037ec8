"""From what the engine gives back to our own hits."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from catalogus.search.backend import Explanation, MethodHit, ProductHit
from catalogus.search.documents import NESTED_PATH

PRODUCT_FIELDS = (
    "public_id",
    "title",
    "method_public_id",
    "method_name",
    "edition",
    "publisher_slug",
    "publisher_name",
    "ean",
    "authors",
    "state",
    "medium",
    "form",
    "role",
    "sectors",
    "levels",
    "years",
    "subjects",
    "price_cents",
    "is_withdrawn",
    "rating",
    "rating_low",
    "rating_high",
    "rating_rank",
    "review_count",
    "older_review_count",
)
"""What a hit needs of a product document."""


def product_hit(source: Mapping[str, Any], hit: Mapping[str, Any] | None = None) -> ProductHit:
    """A product by its document, of which PRODUCT_FIELDS are there. hit: what tells why it was found, if asked."""
    return ProductHit(
        public_id=source["public_id"],
        title=source["title"],
        method_public_id=source["method_public_id"],
        method_name=source["method_name"],
        edition=source["edition"],
        publisher_slug=source["publisher_slug"],
        publisher_name=source["publisher_name"],
        ean=source["ean"] or "",
        authors=tuple(source["authors"]),
        state=source["state"],
        medium=source["medium"],
        form=source["form"],
        role=source["role"],
        sectors=tuple(source["sectors"] or ()),
        levels=tuple(source["levels"] or ()),
        years=tuple(source["years"] or ()),
        subjects=tuple(source["subjects"] or ()),
        price_cents=source["price_cents"],
        is_withdrawn=source["is_withdrawn"],
        explanation=_explanation(hit) if hit else None,
        **_reviews(source),
    )


def _explanation(hit: Mapping[str, Any]) -> Explanation | None:
    """From the names of the queries that matched, as ranking.py gives them: "title:wiskunde|120"."""
    matched = hit.get("matched_queries")
    # A nested hit that was sorted by its score has it there alone.
    score = hit.get("_score") or next(iter(hit.get("sort", ())), None)
    if not isinstance(matched, dict) or not isinstance(score, float):
        return None
    lines = [(name.rpartition("|")[0], float(name.rpartition("|")[2])) for name in matched]
    return Explanation(score, tuple(sorted(lines, key=lambda line: (-line[1], line[0]))))


def method_hit(hit: Mapping[str, Any]) -> MethodHit:
    """A method by its hit, with the products that fit as inner hits."""
    source = hit["_source"]
    products = hit["inner_hits"][NESTED_PATH]["hits"]
    return MethodHit(
        public_id=source["public_id"],
        name=source["name"],
        publisher_slug=source["publisher_slug"],
        publisher_name=source["publisher_name"],
        sectors=tuple(source["sectors"]),
        levels=tuple(source["levels"]),
        years=tuple(source["years"]),
        subjects=tuple(source["subjects"]),
        matching_products=products["total"]["value"],
        products=tuple(product_hit(product["_source"], product) for product in products["hits"]),
        price_from_cents=source["price_from"],
        **_reviews(source),
    )


def _reviews(source: Mapping[str, Any]) -> dict[str, Any]:
    """What a document says of reviews; its mean and spread are in hundredths."""
    return {
        "review_count": source["review_count"],
        "older_review_count": source["older_review_count"],
        "review_mean": _mean(source["rating"]),
        "review_low": _mean(source["rating_low"]),
        "review_high": _mean(source["rating_high"]),
        "review_rank": source["rating_rank"],
    }


def _mean(hundredths: int | None) -> Decimal | None:
    return None if hundredths is None else Decimal(hundredths).scaleb(-2)
