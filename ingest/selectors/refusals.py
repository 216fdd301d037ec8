"""Reads over what was brought in."""

from django.db.models import Count

from ingest.models import Harvest, Record, RecordState


def refusals(one_pass: Harvest) -> dict[str, int]:
    """Reason -> how many records of this pass were refused for it, most frequent first.

    The first finding of a refused record is the reason.
    """
    refused = Record.objects.filter(last_harvest=one_pass, state=RecordState.QUARANTINED).order_by()
    counted = refused.values("issues__0__code").annotate(number=Count("pk")).order_by("-number", "issues__0__code")
    return dict(counted.values_list("issues__0__code", "number"))
