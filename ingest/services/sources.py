"""Sources: adding one, and pointing it elsewhere."""

from django.db import transaction

from ingest.models import Source, SourceKind


@transaction.atomic
def register_source(*, code: str, url: str, name: str = "", kind: str = SourceKind.KOPPELPUNT) -> Source:
    """The source with this code at this address, stored first where it is new. Raises ValidationError."""
    source = Source.objects.select_for_update().filter(code=code).first() or Source(code=code, kind=kind)
    source.url = url
    source.name = name or source.name or code
    source.full_clean()
    source.save()
    return source


@transaction.atomic
def set_schedule(source: Source, *, every_hours: int | None) -> Source:
    """Harvest the source every so many hours from now on; None: by hand alone. Raises ValidationError."""
    locked = Source.objects.select_for_update().get(pk=source.pk)
    locked.every_hours = every_hours
    locked.full_clean()
    locked.save(update_fields=["every_hours"])
    return locked
