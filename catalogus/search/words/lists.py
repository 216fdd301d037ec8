"""The word list in memory: which words may be parts of compounds, what else a word is called, what is known."""

import json
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping, Set
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from django.db import connection
from django.db.models.functions import Length

from catalogus.memory import Memory
from catalogus.models import CompoundWord, Concept, ConceptAlias, SearchWord, Synonym
from catalogus.models.provenance import Provenance
from catalogus.naming import normal_form
from catalogus.search.words.splitting import Splitter

SEED_WORDS: Mapping[str, list[str]] = json.loads(
    (Path(__file__).resolve().parents[2] / "seed" / "words.json").read_text(encoding="utf-8")
)
"""General words of learning materials. any: any part of a compound; first: never its last part; never: no part at all,
though the catalogue has the word ("onderbouw" is no "bouw").
"""

MOST_PARTS = 20_000
"""Words of the catalogue that may be parts, those of most methods first; read in 0.15 s where they changed."""

LEAST_METHODS = 2
"""What stands in one method alone is as often a slip or a brand as a word."""

SHORTEST_FROM_CATALOGUE = 5
"""Shorter ones are often abbreviations ("econ"), and fit everywhere: "mini" and "ster" are not what a minister is."""

_SHORTEST_FROM_VOCABULARY = 4

_REMEMBERED = 50_000
"""Splits that are remembered; a catalogue of a million products has about so many words."""

Text = TypeVar("Text", bound=Hashable)


@dataclass(frozen=True, slots=True)
class WordList:
    """A snapshot; take a new one for each piece of work, as it changes with the catalogue and by editors.

    vocabulary: every word of a concept's names and spellings. concepts: those names and spellings that are one word.
    synonyms: normal form of a text of one word or more -> what else it is called.
    """

    splitter: Splitter = field(default_factory=Splitter)
    vocabulary: Set[str] = frozenset()
    concepts: Set[str] = frozenset()
    synonyms: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    longest_synonym: int = 1
    stamp: str = ""
    _splits: dict[str, tuple[str, ...]] = field(default_factory=dict, compare=False, repr=False)
    _made: dict[Hashable, tuple[str, ...]] = field(default_factory=dict, compare=False, repr=False)

    def parts_of(self, word: str) -> tuple[str, ...]:
        """What a word in normal form falls apart into, in order; empty where it does not."""
        parts = self._splits.get(word)
        if parts is None:
            parts = self.splitter.split(word)
            if len(self._splits) > _REMEMBERED:
                self._splits.clear()
            self._splits[word] = parts
        return parts

    def remembered(self, text: Text, make: "Callable[[Text, WordList], tuple[str, ...]]") -> tuple[str, ...]:
        """What `make` makes of a text with this list; words and labels of documents come back again and again."""
        found = self._made.get((make, text))
        if found is None:
            if len(self._made) > _REMEMBERED:
                self._made.clear()
            found = self._made[make, text] = make(text, self)
        return found

    def all_parts_of(self, word: str) -> list[str]:
        """Its parts and the parts of these: "rekenwerkboek" -> "reken", "werkboek", "werk", "boek"."""
        found = list(self.parts_of(word))
        for part in found:
            # No part is as long as its word, so this ends; an editor's exception may name the word itself.
            found += [inner for inner in self.parts_of(part) if inner not in found and inner != word]
        return found

    def knows(self, word: str) -> bool:
        """Whether it is known without asking the database: a part, a compound of parts, or a word of the vocabulary."""
        return word in self.vocabulary or word in self.splitter.anywhere or bool(self.parts_of(word))


def word_list() -> WordList:
    """The list of this moment, from a short memory."""
    return _list.get()


def word_list_for_documents() -> WordList:
    """The list as the database has it now: a document made by an older one would stay so until its product changes."""
    known = _list.last
    return known if known is not None and known.stamp == _stamp() else _list.refresh()


def splitter_now() -> Splitter:
    """How compounds fall apart by what the database holds."""
    catalogue = (
        SearchWord.objects.alias(length=Length("word"))
        .filter(method_count__gte=LEAST_METHODS, length__gte=SHORTEST_FROM_CATALOGUE)
        .order_by("-method_count", "word")
        .values_list("word", flat=True)[:MOST_PARTS]
    )
    names = Concept.objects.order_by().values_list("label_nl", flat=True)
    labels = {word for name in names for word in normal_form(name).split() if len(word) >= _SHORTEST_FROM_VOCABULARY}
    # What a seed calls a first part is none at the end, whatever the catalogue says: "onderwerk" is no "werk".
    anywhere = (
        ({*catalogue} | labels | {*SEED_WORDS["any"]})
        - {*SEED_WORDS["never"]}
        - ({*SEED_WORDS["first"]} - {*SEED_WORDS["any"]})
    )
    exceptions = {word: tuple(parts) for word, parts in CompoundWord.objects.values_list("word", "parts")}
    return Splitter(frozenset(anywhere), frozenset(SEED_WORDS["first"]), exceptions)


# The sums tell whether a row was added, taken away or changed without sending the rows themselves.
_STAMP = """
SELECT concat_ws(
    ' ',
    (SELECT concat_ws(' ', count(*), sum(hashtext(word)::bigint)) FROM catalogus_searchword WHERE method_count >= %s),
    (SELECT concat_ws(' ', count(*), sum(hashtext(word || parts::text)::bigint)) FROM catalogus_compoundword),
    (SELECT concat_ws(' ', count(*), sum(hashtext(label_nl)::bigint)) FROM catalogus_concept)
)
"""


def _stamp() -> str:
    with connection.cursor() as cursor:
        cursor.execute(_STAMP, [LEAST_METHODS])
        return str(cursor.fetchone()[0])


def _read(before: WordList | None) -> WordList:
    stamp = _stamp()
    splitter = before.splitter if before and before.stamp == stamp else splitter_now()
    spellings = ConceptAlias.objects.exclude(provenance=Provenance.SUGGESTION).exclude(concept=None)
    names = [*spellings.order_by().values_list("key", flat=True)]
    names += [normal_form(name) for name in Concept.objects.order_by().values_list("label_nl", flat=True)]
    synonyms = _synonyms(
        Synonym.objects.order_by("key", "other_key").values_list("key", "text", "other_key", "other", "is_two_way")
    )
    return WordList(
        splitter=splitter,
        vocabulary=frozenset(word for name in names for word in name.split()),
        concepts=frozenset(name for name in names if " " not in name),
        synonyms=synonyms,
        longest_synonym=max((key.count(" ") + 1 for key in synonyms), default=1),
        stamp=stamp,
        # What was split by the same rules need not be split again.
        _splits=before._splits if before and before.splitter is splitter else {},
        _made=before._made if before and before.splitter is splitter else {},
    )


def _synonyms(rows: Iterable[tuple[str, str, str, str, bool]]) -> dict[str, tuple[str, ...]]:
    found: dict[str, dict[str, None]] = defaultdict(dict)
    for key, text, other_key, other, is_two_way in rows:
        found[key][other] = None
        if is_two_way:
            found[other_key][text] = None
    return {key: tuple(others) for key, others in found.items()}


_list = Memory[WordList](_read)
