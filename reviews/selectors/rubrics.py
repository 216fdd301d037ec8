"""The rubrics that reviews were and are made with, from a short memory: they hardly ever change."""

from collections.abc import Mapping
from dataclasses import dataclass

from catalogus.memory import Memory
from reviews.models import RubricMapping, RubricVersion
from reviews.rubric import Rubric, rubric


@dataclass(frozen=True, slots=True)
class _Known:
    current: int | None
    rubrics: Mapping[int, Rubric]
    mappings: Mapping[tuple[int, int], Mapping[str, str]]


def current_rubric() -> Rubric:
    """The one that new reviews are made with; the shipped one where none was loaded."""
    known = _known.get()
    return rubric() if known.current is None else known.rubrics[known.current]


def current_rubric_row() -> RubricVersion:
    """Its row. Raises RubricVersion.DoesNotExist before any migration ran."""
    return RubricVersion.objects.get(is_current=True)


def rubric_of(pk: int) -> Rubric:
    """The rubric of a review, by `Review.rubric_id`."""
    known = _known.get()
    if pk not in known.rubrics:
        known = _known.refresh()
    return known.rubrics[pk]


def all_rubrics() -> list[tuple[Rubric, bool]]:
    """Each that was loaded, the newest first, with whether it is the current one; the shipped one where none was."""
    known = _known.get()
    if known.current is None:
        return [(rubric(), True)]
    return [(one, pk == known.current) for pk, one in known.rubrics.items()]


def in_current_terms(pk: int, criterion: str) -> str | None:
    """What a criterion of that rubric is called in the current one; None where it has no counterpart there."""
    known = _known.get()
    if known.current is None or pk == known.current:
        return criterion
    return known.mappings.get((pk, known.current), {}).get(criterion)


def _read(_before: _Known | None) -> _Known:
    rows = list(RubricVersion.objects.all())
    mappings: dict[tuple[int, int], dict[str, str]] = {}
    for row in RubricMapping.objects.all():
        mappings.setdefault((row.source_id, row.target_id), {})[row.source_code] = row.target_code
    return _Known(
        current=next((row.pk for row in rows if row.is_current), None),
        rubrics={row.pk: Rubric.of(row.document) for row in rows},
        mappings=mappings,
    )


_known: Memory[_Known] = Memory(_read)
