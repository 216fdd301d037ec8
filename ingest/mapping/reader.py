"""Reads values and remembers what was wrong with them: one bad value costs neither the record nor the others."""

from collections.abc import Callable, Mapping
from typing import TypeVar

from catalogus.naming import normal_form
from ingest.issues import Issue, IssueCode
from ingest.koppelpunt.eck import Entry

T = TypeVar("T")


class ValueReader:
    """Collects issues while it reads."""

    def __init__(self) -> None:
        self.issues: list[Issue] = []

    def add(self, code: IssueCode, field: str, value: str) -> None:
        self.issues.append(Issue.about(code, field, value))

    def parse(self, parser: Callable[[str], T], field: str, text: str, code: IssueCode, default: T) -> T:
        """What the parser makes of the text; the default and an issue where it cannot."""
        try:
            return parser(text)
        except ValueError:
            self.add(code, field, text)
            return default

    def read(self, entry: Entry, parser: Callable[[str], T | None], code: IssueCode, *path: str) -> T | None:
        """What the parser makes of the first text at a path of the entry; None and an issue where it cannot."""
        return self.parse(parser, "/".join(path), entry.first_text(*path), code, None)

    def choice(self, choices: Mapping[str, T], field: str, text: str, default: T) -> T:
        """The choice that the text names in its normal form; the default and an issue where it names none."""
        key = normal_form(text)
        if not key:
            return default
        if key not in choices:
            self.add(IssueCode.UNKNOWN_VALUE, field, text)
            return default
        return choices[key]

    def texts(self, entry: Entry, parent: str, name: str, length: int) -> tuple[str, ...]:
        """All texts at parent/name, each on one line and cut to so many signs."""
        return tuple(self.cut(f"{parent}/{name}", " ".join(text.split()), length) for text in entry.texts(parent, name))

    def cut(self, field: str, text: str, length: int) -> str:
        """The text, cut to so many signs with an issue where it is longer."""
        if len(text) > length:
            self.add(IssueCode.TOO_LONG, field, text)
            return text[:length].rstrip()
        return text
