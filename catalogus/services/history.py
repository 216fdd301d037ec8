"""Write the history of products: every change leaves a version, whoever made it."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection

from catalogus.models import Cause, VersionKind


@dataclass(frozen=True, slots=True)
class Told:
    """What all versions of one piece of work say."""

    cause: Cause
    at: datetime
    source: str = ""
    actor: str = ""
    run: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Event:
    """What happened to a product (a row). changes: field -> [old, new]."""

    product_id: int
    kind: VersionKind
    changes: Mapping[str, list[Any]]


_COPY_VERSIONS = (
    "COPY catalogus_productversion (product_id, kind, cause, source, actor, run, reason, changes, at) FROM STDIN"
)


def write_versions(events: Iterable[Event], told: Told) -> None:
    """Store a version for each event, in the transaction of the change."""
    same = (told.cause.value, told.source, told.actor, told.run, told.reason)
    with connection.cursor() as cursor, cursor.copy(_COPY_VERSIONS) as copy:
        for event in events:
            changes = json.dumps(event.changes, cls=DjangoJSONEncoder)
            copy.write_row((event.product_id, event.kind.value, *same, changes, told.at))
