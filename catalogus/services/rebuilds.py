"""Ask for the indexes to be built anew, where something has changed that every document hangs on."""

from django.utils import timezone

from catalogus.models import RebuildRequest


def request_rebuild(*, reason: str) -> RebuildRequest:
    """In the transaction of the change. The rebuild that begins after it takes the request away."""
    return RebuildRequest.objects.create(reason=reason[:300], at=timezone.now())
