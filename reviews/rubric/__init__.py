"""The rubric by which learning materials are judged: criteria, their items, the scale in words, as a file says it."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Self, TypeVar

Answered = TypeVar("Answered")

SHIPPED_FILE = Path(__file__).with_name("rubriek.json")
"""The rubric that comes with the site; a later one is loaded by `manage.py rubric load`."""

LEAST_SCORED = 5
"""A review counts where at least so many criteria have a score (rubriek.json, "regels")."""

SCALE = ("1", "2", "3", "4", "nvt", "nb")
"""The answers in their order, which a database that stores JSON by its keys does not keep."""


@dataclass(frozen=True, slots=True)
class Item:
    """code: "didactiek.1"; text: a sentence that holds or does not."""

    code: str
    text: str


@dataclass(frozen=True, slots=True)
class Criterion:
    """code: "didactiek"; question: what it asks, with a question mark; items: sentences that hold or do not."""

    code: str
    label: str
    question: str
    sentences: tuple[Item, ...]
    judged_by: str

    @property
    def items(self) -> tuple[str, ...]:
        return tuple(item.text for item in self.sentences)


@dataclass(frozen=True, slots=True)
class Rubric:
    """scale: "1" to "4", "nvt" and "nb", each with its word, in order."""

    version: str
    scale: Mapping[str, str]
    criteria: tuple[Criterion, ...]

    @classmethod
    def of(cls, document: Mapping[str, Any]) -> Self:
        """Read a file's content. Raises KeyError or TypeError where it is no rubric."""
        return cls(
            version=str(document["versie"]),
            scale={code: document["schaal"][code] for code in SCALE},
            criteria=tuple(
                Criterion(
                    code=one["code"],
                    label=one["label"],
                    question=one["vraag"],
                    sentences=tuple(Item(item["code"], item["tekst"]) for item in one["items"]),
                    judged_by=one["ingevuld_door"],
                )
                for one in document["criteria"]
            ),
        )

    @property
    def item_count(self) -> int:
        return sum(len(criterion.items) for criterion in self.criteria)

    @property
    def codes(self) -> tuple[str, ...]:
        return tuple(criterion.code for criterion in self.criteria)

    def in_order(self, answers: Mapping[str, Answered]) -> list[tuple[str, Answered]]:
        """Criterion and answer in the order of the rubric, which stored JSON does not keep; unknown ones last."""
        places = {code: place for place, code in enumerate(self.codes)}
        return sorted(answers.items(), key=lambda pair: (places.get(pair[0], len(places)), pair[0]))

    def label(self, code: str) -> str:
        """The criterion's name; the code itself for one that is not in this rubric."""
        return next((one.label for one in self.criteria if one.code == code), code)


@cache
def rubric() -> Rubric:
    """The rubric that comes with this version of the site; Dutch alone, as it was drawn up."""
    return Rubric.of(json.loads(SHIPPED_FILE.read_text(encoding="utf-8")))


def digest_of(document: Mapping[str, Any]) -> str:
    """The SHA-256 of the document with sorted keys, as 64 hexadecimal digits."""
    return hashlib.sha256(json.dumps(document, sort_keys=True, ensure_ascii=False).encode()).hexdigest()
