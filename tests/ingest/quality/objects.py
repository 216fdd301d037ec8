"""Least valid sources, passes and records, for tests of what is judged."""

import itertools
from typing import Any

from django.utils import timezone

from catalogus.models import Product
from ingest.models import Harvest, HarvestState, Record, RecordState, Source

_numbers = itertools.count(1)


def make_source(**fields: Any) -> Source:
    number = next(_numbers)
    defaults = {"code": f"bron-{number}", "name": f"Bron {number}", "url": "https://bron.example/sru"}
    return Source.objects.create(**(defaults | fields))


def make_harvest(**fields: Any) -> Harvest:
    """A pass that has ended."""
    fields.setdefault("source", None)
    source = fields.pop("source") or make_source()
    now = timezone.now()
    defaults = {"state": HarvestState.COMPLETE, "started_at": now, "heartbeat_at": now, "finished_at": now}
    return Harvest.objects.create(source=source, **(defaults | fields))


def make_record(source: Source, product: Product | None = None, *issues: tuple[str, str, str], **fields: Any) -> Record:
    """issues: (code, field, value). Accepted where it has a product, unless the fields say otherwise."""
    now = timezone.now()
    defaults = {
        "identifier": f"record:{next(_numbers)}",
        "payload": b"",
        "payload_hash": b"",
        "mapping_version": 1,
        "state": RecordState.ACCEPTED if product else RecordState.QUARANTINED,
        "issues": [{"code": code, "field": field, "value": value} for code, field, value in issues],
        "product": product,
        "product_identifier": product.identifier if product else "",
        "publisher": product.publisher if product else None,
        "first_seen_at": now,
        "last_seen_at": now,
    }
    return Record.objects.create(source=source, **(defaults | fields))
