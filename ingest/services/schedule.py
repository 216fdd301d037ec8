"""When which source is to be harvested, and who is told where one keeps failing."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.mail import send_mail
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from ingest.models import Harvest, HarvestState, Source
from ingest.selectors.harvests import FAILURES, is_failing

RETRY_AFTER = timedelta(hours=1)
"""A source that failed is tried again sooner than it would be in the ordinary way, but not at once."""

RESUME_AFTER = timedelta(minutes=10)
"""Longer than any batch takes: an open pass that shows no life for so long has no process any more."""


def due_sources(now: datetime | None = None) -> list[Source]:
    """The sources in use whose time has come, or whose pass was broken off; those without a schedule are left out."""
    now = now or timezone.now()
    scheduled = Source.objects.filter(is_active=True, every_hours__isnull=False)
    return [source for source in scheduled if _is_due(source, now)]


def _is_due(source: Source, now: datetime) -> bool:
    last = source.harvests.first()
    if last is None:
        return True
    interval = timedelta(hours=source.every_hours or 0)
    if last.is_open:
        return now - last.heartbeat_at >= RESUME_AFTER
    if last.state in HarvestState.bad():
        return now - (last.finished_at or last.started_at) >= min(RETRY_AFTER, interval)
    return now - last.started_at >= interval


def source_fails(source: Source) -> bool:
    """Whether the source has failed so often in a row that somebody must look at it."""
    return is_failing(source.harvests.order_by("-pk")[: FAILURES + 1])


def tell_of_failures() -> list[Source]:
    """Mail staff about each source that has begun to fail, once until it goes well again; the sources told of."""
    told = []
    for source_id in Source.objects.filter(is_active=True).values_list("pk", flat=True):
        with transaction.atomic():
            source = Source.objects.select_for_update().get(pk=source_id)
            failing = source_fails(source)
            if failing and source.failure_told_at is None:
                source.failure_told_at = timezone.now()
                source.save(update_fields=["failure_told_at"])
                # In the transaction: a mail that cannot be sent is tried again with the next call.
                _mail(source, _staff_addresses())
                told.append(source)
            elif not failing and source.failure_told_at is not None:
                source.failure_told_at = None
                source.save(update_fields=["failure_told_at"])
    return told


def _staff_addresses() -> list[str]:
    staff = get_user_model().objects.filter(is_staff=True, is_active=True).exclude(email="")
    return sorted(set(staff.values_list("email", flat=True)))


def _mail(source: Source, addresses: Iterable[str]) -> None:
    last = Harvest.objects.filter(source=source).exclude(message="").first()
    with override(settings.LANGUAGE_CODE):
        subject = _("Bron %(source)s is %(count)d keer achter elkaar mislukt") % {
            "source": source.code,
            "count": FAILURES,
        }
        body = _(
            "Bron %(name)s (%(url)s) is %(count)d keer achter elkaar mislukt. Het laatste bericht:\n\n%(message)s\n\n"
            "De catalogus houdt wat er was. De bron wordt opnieuw geprobeerd; bekijk het log van de oogsten."
        ) % {
            "name": source.name,
            "url": source.url,
            "count": FAILURES,
            "message": last.message if last else "-",
        }
    # Each by itself: addresses of staff are nobody else's business.
    for address in addresses:
        send_mail(subject, body, None, [address])
