"""The judged queries as they stand in queries.json, and how their grades are made.

A query is `{"id", "kind", "query", "view", "wanted", …}` and says what is right in one of two ways, or both:

* `facts`: what it asks, as in facts.py; every method or product of the catalogue is graded by it.
* `known`: `[{"name", "publisher", "grade"}]`: the very things that are meant. A name that ends in "…" stands for all
  that begin so; without a publisher it stands for those of all.

`by_hand` overrules both, key by key: somebody looked, and the facts did not tell all. The outcome, `grades`, stands in
the file too: tests read that alone, and a reviewer sees in a diff what a change of the facts does.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from catalogus.models import Product
from catalogus.search import View
from tests.catalogus.search.judged.catalogue import method_keys, product_keys
from tests.catalogus.search.judged.facts import Facts, grade, shown_products

FILE = Path(__file__).with_name("queries.json")
_FIELDS = ("id", "kind", "query", "view", "wanted", "facts", "known", "by_hand", "grades")
_BEGINNING = "…"


@dataclass(frozen=True, slots=True)
class Judged:
    """A query and what is worth finding: readable key -> 1, 2 or 3."""

    id: str
    kind: str
    query: str
    view: View
    wanted: str
    grades: Mapping[str, int]


def judged_queries() -> list[Judged]:
    """All of them, in the order of the file."""
    return [
        Judged(entry["id"], entry["kind"], entry["query"], View(entry["view"]), entry["wanted"], entry["grades"])
        for entry in read_entries()
    ]


def read_entries() -> list[dict[str, Any]]:
    entries: list[dict[str, Any]] = json.loads(FILE.read_text(encoding="utf-8"))
    return entries


def write_entries(entries: Iterable[Mapping[str, Any]]) -> None:
    """One query a paragraph and one grade a line, so that a diff reads well."""
    ordered = [{name: entry[name] for name in _FIELDS if name in entry} for entry in entries]
    FILE.write_text(json.dumps(ordered, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def grade_entries(entries: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """The entries with their grades made anew from the catalogue in the database.

    Raises ValueError, which names every query where a known name, or a key that was graded by hand, is nothing in the
    catalogue, or where nothing is graded 2 or 3.
    """
    judge = _Judge()
    graded, problems = [], []
    for entry in entries:
        try:
            graded.append({**entry, "grades": judge.grades(entry)})
        except ValueError as problem:
            problems.append(f"{entry['id']}: {problem}")
    if problems:
        raise ValueError("\n".join(problems))
    return graded


class _Judge:
    def __init__(self) -> None:
        self._candidates = shown_products()
        self._keys = {View.METHODS: method_keys(), View.PRODUCTS: product_keys()}

    def grades(self, entry: Mapping[str, Any]) -> dict[str, int]:
        view = View(entry["view"])
        found: dict[str, int] = {}
        if "facts" in entry:
            asked = Facts.read(entry["facts"])
            for candidate in self._candidates:
                if value := grade(candidate, asked):
                    _raise_to(found, self._key(candidate.product, view), value)
        for known in entry.get("known", ()):
            for key in self._known(known, view):
                _raise_to(found, key, known["grade"])
        for key, value in entry.get("by_hand", {}).items():
            if key not in self._keys[view].values():
                raise ValueError(f"nothing in the catalogue is called {key!r}")
            found[key] = value
        if not any(value >= 2 for value in found.values()):
            raise ValueError(f"nothing in the catalogue answers {entry['query']!r}")
        return dict(sorted(((key, value) for key, value in found.items() if value), key=lambda one: (-one[1], one[0])))

    def _key(self, product: Product, view: View) -> str:
        public_id = product.method.public_id if view == View.METHODS else product.public_id
        return self._keys[view][public_id]

    def _known(self, known: Mapping[str, Any], view: View) -> set[str]:
        """Keys of what can be shown under this name."""
        name, publisher = known["name"], known.get("publisher")
        keys = set()
        for product in (candidate.product for candidate in self._candidates):
            own = product.method.name if view == View.METHODS else product.title
            is_named = own.startswith(name.removesuffix(_BEGINNING)) if name.endswith(_BEGINNING) else own == name
            if is_named and publisher in (None, product.publisher.name):
                keys.add(self._key(product, view))
        if not keys:
            raise ValueError(f"nothing that can be shown is called {name!r} ({publisher or 'anyone'})")
        return keys


def _raise_to(found: dict[str, int], key: str, value: int) -> None:
    found[key] = max(found.get(key, 0), value)
