"""What a form asks, question by question, ready for a template: choices, what was answered, and what is wrong."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from reviews.web.writing_fields import Fields

Kind = Literal["radio", "checks", "select", "text", "tick", "shown"]


@dataclass(frozen=True, slots=True)
class Option:
    """note: what is said of it below its label."""

    value: str
    label: str
    note: str = ""
    is_chosen: bool = False
    is_off: bool = False


@dataclass(frozen=True, slots=True)
class Group:
    """Options under a heading of their own, "" for none."""

    label: str
    options: tuple[Option, ...]

    @property
    def has_chosen(self) -> bool:
        return any(option.is_chosen for option in self.options)


@dataclass(frozen=True, slots=True)
class Question:
    """groups: the first is what fits, the second what is asked for seldom and unfolds. most: of characters."""

    name: str
    label: str
    kind: Kind
    advice: str = ""
    groups: tuple[Group, ...] = ()
    value: str = ""
    most: int = 0
    rows: int = 3
    is_optional: bool = False
    is_small: bool = False
    errors: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        return f"v-{self.name}"

    @property
    def described_by(self) -> str:
        """The ids of what is said of it besides its label."""
        parts = [f"{self.id}-help"] if self.advice else []
        return " ".join(parts + ([f"{self.id}-fout"] if self.errors else []))

    @property
    def target(self) -> str:
        """The id of what takes the focus when its error is followed."""
        return f"{self.id}-1" if self.kind in {"radio", "checks"} else self.id

    @property
    def numbered(self) -> list[tuple[Group, list[tuple[str, Option]]]]:
        """Each group with its options and their ids, counted through."""
        found, number = [], 0
        for group in self.groups:
            options = []
            for option in group.options:
                number += 1
                options.append((f"{self.id}-{number}", option))
            found.append((group, options))
        return found


@dataclass(frozen=True, slots=True)
class Asked:
    """Makes questions of what a form holds and what is wrong with it."""

    fields: Fields
    errors: Mapping[str, Sequence[str]]
    used: set[str] = field(default_factory=set)

    def value(self, name: str) -> str:
        texts = self.fields.get(name) or [""]
        return texts[-1]

    def text(self, name: str, label: str, *, most: int, advice: str = "", rows: int = 3, is_optional: bool = False,
             is_small: bool = False) -> Question:  # fmt: skip
        return Question(
            name, label, "text", advice=advice, value=self.value(name), most=most, rows=rows, is_optional=is_optional,
            is_small=is_small, errors=self._errors(name),
        )  # fmt: skip

    def choice(
        self, name: str, label: str, kind: Kind, groups: Iterable[Group], *, advice: str = "", is_optional: bool = False
    ) -> Question:  # fmt: skip
        chosen = set(self.fields.get(name, ()) if kind == "checks" else [self.value(name)])
        marked = tuple(
            Group(
                group.label,
                tuple(Option(one.value, one.label, one.note, one.value in chosen, one.is_off) for one in group.options),
            )
            for group in groups
            if group.options
        )
        return Question(
            name, label, kind, advice=advice, groups=marked, value=self.value(name), is_optional=is_optional,
            errors=self._errors(name),
        )  # fmt: skip

    def _errors(self, name: str) -> tuple[str, ...]:
        self.used.add(name)
        return tuple(self.errors.get(name, ()))

    def left_over(self) -> dict[str, Sequence[str]]:
        """Errors that no question tells."""
        return {name: texts for name, texts in self.errors.items() if name not in self.used}


def options(choices: Iterable[tuple[str, object]]) -> Group:
    """Of a closed list."""
    return Group("", tuple(Option(value, str(label)) for value, label in choices))
