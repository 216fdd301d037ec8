"""The overview as a value, and as the JSON that a row of CatalogueOverview keeps."""

import datetime
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, Self

SHAPE = 1
"""Grows with each change of what stands in the JSON; a row of another shape is not read."""


@dataclass(frozen=True, slots=True)
class SectorOverview:
    """What the search for a sector finds: methods, and how many of them each code of a facet has, 0 left out."""

    code: str
    methods: int
    levels: Mapping[str, int]
    years: Mapping[str, int]
    subjects: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class NamedMethod:
    """A method that a page shows. published_on: of its newest product, where that is why it is shown."""

    pk: int
    levels: tuple[str, ...]
    years: tuple[str, ...]
    subjects: tuple[str, ...]
    published_on: datetime.date | None = None


@dataclass(frozen=True, slots=True)
class Overview:
    """What searches without a word find, by the same rules; a count is what the click on it gives.

    sectors: in the order of schooling, also those that nothing is in. changed_at: when a product last changed.
    new_methods: with something that appeared this year; new: of each publisher the newest, then others, shown by day.
    reviewed: those that were reviewed last. NOTHING_COUNTED is the one that has no sectors.
    """

    methods: int
    products: int
    publishers: int
    changed_at: datetime.datetime | None
    sectors: tuple[SectorOverview, ...]
    new_methods: int
    new: tuple[NamedMethod, ...]
    reviewed_methods: int
    reviewed: tuple[NamedMethod, ...]

    @property
    def is_counted(self) -> bool:
        """False before anybody has counted; then no number means anything."""
        return bool(self.sectors)

    def as_json(self) -> dict[str, Any]:
        """As DjangoJSONEncoder takes it."""
        return asdict(self)

    @classmethod
    def from_json(cls, content: Mapping[str, Any]) -> Self:
        changed_at = content["changed_at"]
        return cls(
            methods=content["methods"],
            products=content["products"],
            publishers=content["publishers"],
            changed_at=datetime.datetime.fromisoformat(changed_at) if changed_at else None,
            sectors=tuple(SectorOverview(**sector) for sector in content["sectors"]),
            new_methods=content["new_methods"],
            new=tuple(_named(method) for method in content["new"]),
            reviewed_methods=content["reviewed_methods"],
            reviewed=tuple(_named(method) for method in content["reviewed"]),
        )


NOTHING_COUNTED = Overview(
    methods=0,
    products=0,
    publishers=0,
    changed_at=None,
    sectors=(),
    new_methods=0,
    new=(),
    reviewed_methods=0,
    reviewed=(),
)


def _named(content: Mapping[str, Any]) -> NamedMethod:
    published_on = content["published_on"]
    return NamedMethod(
        pk=content["pk"],
        levels=tuple(content["levels"]),
        years=tuple(content["years"]),
        subjects=tuple(content["subjects"]),
        published_on=datetime.date.fromisoformat(published_on) if published_on else None,
    )
