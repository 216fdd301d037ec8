"""Least valid objects: what a test does not name is of no interest to it."""

import itertools
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from django.utils import timezone

from accounts.models import School
from catalogus.models import Edition, Method, Product, Publisher
from catalogus.naming import normal_form
from catalogus.public_ids import public_id
from catalogus.services.reviews import ReviewSummary

_numbers = itertools.count(1)


def valid_ean(number: int) -> str:
    """The number-th EAN of an invented publisher's range."""
    digits = f"97890000{number:04d}"
    check = -sum(int(digit) * (3 if place % 2 else 1) for place, digit in enumerate(digits)) % 10
    return f"{digits}{check}"


def make_publisher(**fields: Any) -> Publisher:
    number = next(_numbers)
    return Publisher.objects.create(**({"slug": f"uitgever-{number}", "name": f"Uitgever {number}"} | fields))


def make_method(**fields: Any) -> Method:
    number = next(_numbers)
    fields.setdefault("publisher", None)
    publisher = fields.pop("publisher") or make_publisher()
    defaults = {
        "public_id": public_id("method", "test", str(number)),
        "name": f"Methode {number}",
        "key": f"methode {number}",
        "created_at": timezone.now(),
    }
    return Method.objects.create(publisher=publisher, **(defaults | fields))


REVIEWED_AT = datetime(2026, 11, 30, 15, tzinfo=UTC)


def review_fields(count: int, mean: str | Decimal | None = None, *, older: int = 0, **fields: Any) -> dict[str, Any]:
    """Columns of a method with so many reviews, and a total of them where there is a mean: the spread is half a point
    at either side, and the sort value the mean itself."""
    if mean is not None:
        least = {
            "review_mean": Decimal(mean),
            "review_low": max(Decimal(mean) - Decimal("0.5"), Decimal(1)),
            "review_high": min(Decimal(mean) + Decimal("0.5"), Decimal(4)),
            "review_sort": int(Decimal(mean) * 1000),
        }
        fields = least | fields
    last = REVIEWED_AT if count or older else None
    return {"review_count": count, "older_review_count": older, "last_reviewed_at": last} | fields


def review_summary(count: int, mean: str | Decimal | None = None, *, older: int = 0) -> ReviewSummary:
    """The same as the room of reviews tells it."""
    found = review_fields(count, mean, older=older)
    return ReviewSummary(
        count=count,
        older_count=older,
        mean=found.get("review_mean"),
        low=found.get("review_low"),
        high=found.get("review_high"),
        sort=found.get("review_sort"),
        last_reviewed_at=found["last_reviewed_at"],
    )


def make_edition(**fields: Any) -> Edition:
    method = fields.pop("method", None) or make_method()
    return Edition.objects.create(method=method, **({"label": "onbekend", "key": ""} | fields))


def make_product(**fields: Any) -> Product:
    """A product; `method` or `edition` may be given, codes as lists ("sectors": ["vo"])."""
    number = next(_numbers)
    method = fields.pop("method", None)
    edition = fields.pop("edition", None)
    if edition is None:
        method = method or make_method()
        edition = Edition.objects.filter(method=method, key="").first() or make_edition(method=method)
    defaults = {
        "public_id": public_id("product", "test", str(number)),
        "publisher": edition.method.publisher,
        "title": f"Product {number}",
        "state": "available",
        "medium": "book",
        "form": "folio",
        "role": "learner",
        "first_seen_at": timezone.now(),
        "updated_at": timezone.now(),
    }
    return Product.objects.create(method=edition.method, edition=edition, **(defaults | fields))


def make_school(code: str, name: str, **fields: object) -> School:
    defaults = {"institution_code": code[:4], "name": name, "search_key": normal_form(f"{code} {name}")}
    return School.objects.create(code=code, **(defaults | fields))
