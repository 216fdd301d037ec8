"""The vocabularies in memory, for work that reads many texts: what a text means, and what lies above and below."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Self

from catalogus.models import Concept, ConceptAlias, Scheme
from catalogus.naming import normal_form


@dataclass(frozen=True, slots=True)
class Meaning:
    """codes: what the text names, maybe several; empty for a text that means nothing ("nvt") or is not known."""

    codes: tuple[str, ...]
    is_known: bool


_UNKNOWN = Meaning((), is_known=False)


class Vocabulary:
    """A snapshot of concepts and aliases; take a new one for each piece of work, as editors change them."""

    def __init__(self, concepts: Iterable[Concept], aliases: Iterable[ConceptAlias]) -> None:
        by_id = {concept.pk: concept for concept in concepts}
        self._labels = {(concept.scheme, concept.code): concept.label_nl for concept in by_id.values()}
        self._broader: dict[tuple[str, str], tuple[str, ...]] = {}
        narrower: dict[tuple[str, str], list[str]] = defaultdict(list)
        for concept in by_id.values():
            above = self._chain(concept, by_id)
            self._broader[concept.scheme, concept.code] = above
            for code in above:
                narrower[concept.scheme, code].append(concept.code)
        self._narrower = {key: tuple(sorted(codes)) for key, codes in narrower.items()}
        meanings: dict[tuple[str, str], set[str]] = defaultdict(set)
        for concept in by_id.values():
            for text in (concept.code, concept.label_nl, concept.label_en):
                if key := normal_form(text):
                    meanings[concept.scheme, key].add(concept.code)
        aliased: dict[tuple[str, str], set[str]] = defaultdict(set)
        for alias in aliases:
            aliased[alias.scheme, alias.key] |= {by_id[alias.concept_id].code} if alias.concept_id else set()
        # An alias says more than a label that happens to read alike.
        self._meanings = {
            key: Meaning(tuple(sorted(codes)), is_known=True) for key, codes in (meanings | aliased).items()
        }
        self._cache: dict[tuple[str, str], Meaning] = {}

    @classmethod
    def load(cls) -> Self:
        return cls(Concept.objects.all(), ConceptAlias.objects.exclude(provenance="suggestion"))

    @staticmethod
    def _chain(concept: Concept, by_id: dict[int, Concept]) -> tuple[str, ...]:
        codes: list[str] = []
        above = by_id.get(concept.broader_id) if concept.broader_id else None
        while above is not None and above.code not in codes and above.scheme == concept.scheme:
            codes.append(above.code)
            above = by_id.get(above.broader_id) if above.broader_id else None
        return tuple(codes)

    def meaning(self, scheme: Scheme, text: str) -> Meaning:
        """What a text as a publisher writes it means in this scheme."""
        found = self._cache.get((scheme, text))
        if found is None:
            found = self._meanings.get((scheme.value, normal_form(text)), _UNKNOWN)
            self._cache[scheme, text] = found
        return found

    def broader(self, scheme: Scheme, code: str) -> tuple[str, ...]:
        """The codes above, nearest first: "wiskunde-a" -> ("wiskunde",)."""
        return self._broader.get((scheme.value, code), ())

    def narrower(self, scheme: Scheme, code: str) -> tuple[str, ...]:
        """All codes below: "vmbo" -> ("vmbo-bb", "vmbo-gl", "vmbo-kb", "vmbo-tl")."""
        return self._narrower.get((scheme.value, code), ())

    def label(self, scheme: Scheme, code: str) -> str:
        """The Dutch name; the code itself where there is none."""
        return self._labels.get((scheme.value, code), code)
