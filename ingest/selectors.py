"""Reads over what was brought in."""

from collections import Counter

from ingest.models import Harvest, Record, RecordState


def refusals(one_pass: Harvest) -> dict[str, int]:
    """Reason -> how many records of this pass were refused for it, most frequent first.

    The first finding of a refused record is the reason.
    """
    issues = Record.objects.filter(last_harvest=one_pass, state=RecordState.QUARANTINED).values_list(
        "issues", flat=True
    )
    return dict(Counter(found[0]["code"] for found in issues if found).most_common())
