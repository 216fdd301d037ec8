"""Classification as records carry it: groups of sectors, courses, levels, years and headings."""

from dataclasses import dataclass
from typing import Final

from ingest.demo.dice import Dice
from ingest.demo.methods import Method
from ingest.demo.publishers import Supplier
from ingest.demo.variants import Variant

_ONE_GROUP_A_LEVEL: Final = 0.1
_NOTHING: Final = ("nvt",)


@dataclass(frozen=True, slots=True)
class Group:
    """One CurriculumInfo. subjects: the publisher's own headings."""

    sector: str
    courses: tuple[str, ...]
    levels: tuple[str, ...]
    years: tuple[str, ...]
    subjects: tuple[str, ...]


def groups_of(sector: str, method: Method, variant: Variant, supplier: Supplier, dice: Dice) -> tuple[Group, ...]:
    """One group for most records; one for each sector or level where there are more."""
    is_upper = supplier.style == "upper"
    subject = method.subject
    course = subject.course if is_upper else "nvt" if subject.course == "nvt" else subject.plain
    headings = (subject.rubric,) if is_upper else ()
    years = tuple(f"jaar {year}" for year in variant.years)
    levels = variant.levels if is_upper else variant.plain_levels
    # A comma is part of the text; a plus separates sectors that the publisher did keep apart.
    sectors = sector.split("+")
    if len(sectors) == 1:
        if len(levels) > 1 and dice.chance(_ONE_GROUP_A_LEVEL):
            return tuple(Group(sector, (course,), (level,), years, headings) for level in levels)
        return (Group(sector, (course,), levels, years, headings),)
    return tuple(
        Group(part, (course,), _shared_levels(part, is_upper), years if part != "MBO" else (), headings)
        for part in sectors
    )


def _shared_levels(sector: str, is_upper: bool) -> tuple[str, ...]:
    if sector == "VO":
        return ("VMBO",) if is_upper else ("Voortgezet onderwijs", "VMBO")
    if sector == "MBO":
        return ("MBO NIVEAU 2", "MBO NIVEAU 3") if is_upper else ("MBO2", "MBO3")
    return _NOTHING
