"""Ask whoever keeps the records to read them again."""

from django.utils import timezone

from catalogus.models import Publisher, RereadRequest


def request_reread(*, publisher: Publisher | None, reason: str) -> RereadRequest:
    """In the transaction of the change: what records mean hangs on it. Without a publisher all records are meant."""
    return RereadRequest.objects.create(publisher=publisher, reason=reason[:300], at=timezone.now())
