"""What a pass refused, and why. The first finding of a refused record is the reason.

A record belongs to the last pass that met it: of an earlier pass only those are found that no later one judged again.
"""

from collections import defaultdict

from django.db.models import Count, F, QuerySet, Window
from django.db.models.functions import RowNumber

from ingest.models import Harvest, Record, RecordState


def refusals(one_pass: Harvest) -> dict[str, int]:
    """Reason -> how many records of this pass were refused for it, most frequent first."""
    refused = refused_records(one_pass).order_by()
    counted = refused.values("issues__0__code").annotate(number=Count("pk")).order_by("-number", "issues__0__code")
    return dict(counted.values_list("issues__0__code", "number"))


def refusal_examples(one_pass: Harvest, most: int) -> dict[str, list[Record]]:
    """Reason -> the first so many records that were refused for it, without their contents; one query."""
    place = Window(RowNumber(), partition_by=F("issues__0__code"), order_by=F("pk").asc())
    found: dict[str, list[Record]] = defaultdict(list)
    for record in refused_records(one_pass).annotate(place=place).filter(place__lte=most).order_by("pk"):
        found[record.issues[0]["code"] if record.issues else ""].append(record)
    return found


def refused_records(one_pass: Harvest, reason: str = "") -> QuerySet[Record]:
    """The records that this pass refused, without their contents; for one reason, or for any."""
    refused = Record.objects.filter(last_harvest=one_pass, state=RecordState.QUARANTINED)
    return (refused.filter(issues__0__code=reason) if reason else refused).defer("payload", "refused_payload")
