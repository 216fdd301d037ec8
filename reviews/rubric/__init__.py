"""The rubric by which learning materials are judged, as it was drawn up: criteria, their items, the scale in words."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

_FILE = Path(__file__).with_name("rubriek.json")


@dataclass(frozen=True, slots=True)
class Criterion:
    """code: "didactiek"; question: what it asks, with a question mark; items: sentences that hold or do not."""

    code: str
    label: str
    question: str
    items: tuple[str, ...]
    judged_by: str


@dataclass(frozen=True, slots=True)
class Rubric:
    """scale: "1" to "4", "nvt" and "nb", each with its word, in order."""

    version: str
    scale: Mapping[str, str]
    criteria: tuple[Criterion, ...]

    @property
    def item_count(self) -> int:
        return sum(len(criterion.items) for criterion in self.criteria)


@cache
def rubric() -> Rubric:
    """The rubric of this version of the site; Dutch alone, as it was drawn up."""
    said = json.loads(_FILE.read_text(encoding="utf-8"))
    return Rubric(
        version=said["versie"],
        scale=said["schaal"],
        criteria=tuple(
            Criterion(
                code=one["code"],
                label=one["label"],
                question=one["vraag"],
                items=tuple(item["tekst"] for item in one["items"]),
                judged_by=one["ingevuld_door"],
            )
            for one in said["criteria"]
        ),
    )
