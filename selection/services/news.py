"""What of the catalogue's history a teacher wants to be told: which products are new, and what changed in others.

News is counted by ProductVersion.seq, which is given after commit and in its own order: who has read up to a number has
missed nothing below it. A product is new when it came into our catalogue, whatever day its source says of it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.db.models import Max, Min, Q
from django.utils import timezone

from catalogus.models import OutboxEntry, OutboxKind, ProductVersion, VersionKind
from catalogus.search.backend import has_engine

NEWS_FIELDS = (
    "title",
    "edition_id",
    "price_cents",
    "state",
    "form",
    "medium",
    "role",
    "classification",
    "license_days",
    "license_options",
    "open_license",
    "end_of_life_on",
    "withdrawn_at",
)
"""What decides whether somebody wants a product, can order it and for whom it is, in the order in which it is told.

Not among them: texts and links (description, cover), what only says how sure we are (form_confidence), the day on which
a source says to have changed something, prices without VAT (they go along with those with it), and places that editors
change (method, publisher), for the product is the same."""

HELD_UP = timedelta(days=1)
"""How long a product that waits for the index holds up what is told after it. What waits longer is refused by the
engine, and must not keep everybody's letter back."""


@dataclass(slots=True)
class News:
    """changes: field -> [old, new] over the whole stretch, without what became what it was."""

    is_new: bool = False
    changes: dict[str, list[Any]] = field(default_factory=dict)


def latest_seq() -> int:
    """The last number that was given; 0 where there is no history."""
    return ProductVersion.objects.aggregate(latest=Max("seq"))["latest"] or 0


def settled_seq() -> int:
    """The last number up to which the search index holds all that happened.

    What is in the outbox is not found yet, or found as it was; told up to there it would be missed for good. Without an
    engine the database answers, which holds everything at once.
    """
    if not has_engine():
        return latest_seq()
    stale = OutboxEntry.objects.filter(kind=OutboxKind.PRODUCT).values("object_id")
    young = ProductVersion.objects.filter(at__gt=timezone.now() - HELD_UP, seq__isnull=False, product_id__in=stale)
    first = young.aggregate(first=Min("seq"))["first"]
    return latest_seq() if first is None else first - 1


def news_between(after: int, upto: int) -> dict[int, News]:
    """Product (row) -> its news in the numbers above `after`, up to and with `upto`; one query, read in a stream."""
    rows = (
        ProductVersion.objects.filter(seq__gt=after, seq__lte=upto)
        .filter(Q(kind=VersionKind.CREATED) | Q(changes__has_any_keys=NEWS_FIELDS))
        .order_by("seq")
        .values_list("product_id", "kind", "changes")
    )
    found: dict[int, News] = {}
    for product_id, kind, changes in rows.iterator(chunk_size=2000):
        news = found.setdefault(product_id, News())
        if kind == VersionKind.CREATED:
            news.is_new = True
        elif not news.is_new:
            _add(news, changes)
    return {product_id: news for product_id, news in found.items() if news.is_new or news.changes}


def _add(news: News, changes: Mapping[str, list[Any]]) -> None:
    for name in NEWS_FIELDS:
        if name not in changes:
            continue
        old, new = changes[name]
        first = news.changes.get(name, [old])[0]
        news.changes[name] = [first, new]
        if first == new:
            del news.changes[name]
