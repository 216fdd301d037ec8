"""Through which sources the products of a method came, in words for everybody."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Max
from django.utils import timezone

from catalogus.models import Method
from catalogus.web import formatting
from ingest.models import Record


@dataclass(frozen=True, slots=True)
class MethodSource:
    """seen: the day on which the source last had one of them; changed: on which the catalogue last changed one."""

    name: str
    product_count: int
    seen: str
    changed: str


def method_sources(method: Method) -> list[MethodSource]:
    """The most believed first; those that no longer have any of it are among them. One query."""
    rows = (
        Record.objects.filter(product__method=method, product__merged_into=None)
        .order_by("source__precedence", "source__code")
        .values_list("source__name")
        .annotate(
            product_count=Count("product", distinct=True),
            seen=Max("last_seen_at"),
            changed=Max("product__updated_at"),
        )
    )
    return [MethodSource(name, count, _day(seen), _day(changed)) for name, count, seen, changed in rows]


def _day(moment: datetime) -> str:
    return formatting.day(timezone.localtime(moment).date())
