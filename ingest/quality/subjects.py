"""Whose deliveries are judged."""

from dataclasses import dataclass
from typing import Self

from django.db.models import QuerySet

from catalogus.models import Publisher
from catalogus.services.publishers import survivors
from ingest.models import QualitySnapshot, Source


@dataclass(frozen=True, slots=True)
class Subject:
    """A whole source, or one publisher over all sources; one of the two is set.

    members: the rows of the publisher and of all that were merged into it. Such a one is no subject of its own.
    """

    source: Source | None = None
    publisher: Publisher | None = None
    members: tuple[int, ...] = ()

    @classmethod
    def of_source(cls, source: Source) -> Self:
        return cls(source=source)

    @classmethod
    def of_publisher(cls, publisher: Publisher) -> Self:
        """One query."""
        merged = (pk for pk, survivor in survivors().items() if survivor == publisher.pk)
        return cls(publisher=publisher, members=(publisher.pk, *merged))

    @property
    def name(self) -> str:
        owner = self.publisher or self.source
        return owner.name if owner else ""

    def snapshots(self) -> QuerySet[QualitySnapshot]:
        """Newest first."""
        if self.publisher is not None:
            return QualitySnapshot.objects.filter(publisher=self.publisher)
        return QualitySnapshot.objects.filter(source=self.source, publisher=None)
