"""Names for codes: concepts, publishers and the closed lists, in the reader's language, from a short memory.

A page shows dozens of codes. Concepts and publishers are read whole, with one query each, and kept for half a minute;
a code that the memory does not know makes it read again, once per code, so that what is new has its name at once.
"""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping, Set
from functools import lru_cache
from typing import Any, TypeVar

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from catalogus import facets
from catalogus.facets import UNKNOWN
from catalogus.memory import Memory
from catalogus.models import Concept, Publisher, Scheme

CONCEPT_FACETS: Mapping[str, Scheme] = {rule.name: rule.scheme for rule in facets.FACETS.values() if rule.scheme}
CHOICE_FACETS: Mapping[str, type[TextChoices]] = {
    rule.name: rule.choices for rule in facets.FACETS.values() if rule.choices
}
FACETS: Mapping[str, str | Promise] = {rule.name: rule.label for rule in facets.FACETS.values()}
"""The facets in the order of a page, with their headings."""

Known = TypeVar("Known", bound=dict[Any, Any])


class _Names(Memory[Known]):
    """Names by key, read again for a key that is not among them, once per key."""

    def __init__(self, read: Callable[[Known | None], Known]) -> None:
        super().__init__(read)
        self._missed: frozenset[Hashable] = frozenset()

    def knowing(self, keys: Iterable[Hashable]) -> Known:
        """All of them, read again where one of these keys is new."""
        values = self.get()
        missing = set(keys) - values.keys() - self._missed
        if not missing:
            return values
        missed = self._missed | missing
        values = self.refresh()
        self._missed = missed
        return values

    def refresh(self) -> Known:
        # What nothing knew is asked again from time to time, and the list of it does not grow.
        self._missed = frozenset()
        return super().refresh()


class _Concepts(dict[tuple[str, str], tuple[str, str]]):
    """Dutch and English label by scheme and code.

    names: of a scheme, in English or not, the labels by code. places: of each scheme, where its codes stand in its
    order. narrower: the codes right below a code; broader: the code right above one. sectors: of each code, those that
    it is a word of.
    """

    def __init__(self, rows: Iterable[tuple[str, str, str, str, str | None, list[str]]]) -> None:
        super().__init__()
        self.names: dict[tuple[str, bool], dict[str, str]] = defaultdict(dict)
        self.places: dict[str, dict[str, int]] = defaultdict(dict)
        self.narrower: dict[tuple[str, str], set[str]] = defaultdict(set)
        self.broader: dict[str, dict[str, str]] = defaultdict(dict)
        self.sectors: dict[str, dict[str, frozenset[str]]] = defaultdict(dict)
        for scheme, code, label_nl, label_en, broader, sectors in rows:
            self.sectors[scheme][code] = frozenset(sectors)
            self[scheme, code] = (label_nl, label_en or label_nl)
            self.names[scheme, False][code], self.names[scheme, True][code] = self[scheme, code]
            self.places[scheme][code] = len(self.places[scheme])
            if broader:
                self.narrower[scheme, broader].add(code)
                self.broader[scheme][code] = broader


def _read_concepts(_before: _Concepts | None) -> _Concepts:
    rows = (
        Concept.objects.filter(scheme__in=CONCEPT_FACETS.values())
        .order_by("scheme", "position", "code")
        .values_list("scheme", "code", "label_nl", "label_en", "broader__code", "sectors")
    )
    return _Concepts(rows)


def _read_publishers(_before: dict[str, str] | None) -> dict[str, str]:
    return dict(Publisher.objects.order_by().values_list("slug", "name"))


_concepts = _Names[_Concepts](_read_concepts)
_publishers = _Names[dict[str, str]](_read_publishers)


def value_labels(facet: str, codes: Iterable[str]) -> dict[str, str]:
    """The names of a facet's values ("levels", ["havo"]) by their codes; a code that nothing knows names itself."""
    if facet in CONCEPT_FACETS:
        return _concept_labels(CONCEPT_FACETS[facet], codes)
    if facet in CHOICE_FACETS:
        known = _choice_labels(facet, get_language())
        return {code: known[code] for code in codes}
    slugs = list(codes)
    names = _publishers.knowing(slugs)
    return {slug: names.get(slug) or slug for slug in slugs}


@lru_cache(maxsize=64)
def _choice_labels(facet: str, _language: str | None) -> dict[str, str]:
    return {code: str(label) for code, label in CHOICE_FACETS[facet].choices}


def concept_label(scheme: Scheme, code: str) -> str:
    """The name of a concept; "Onbekend" for UNKNOWN, and the code itself where the vocabulary does not have it."""
    return _concept_labels(scheme, [code])[code]


def _concept_labels(scheme: Scheme, codes: Iterable[str]) -> dict[str, str]:
    is_english = get_language() == "en"
    wanted = list(codes)
    names = _concepts.get().names[scheme.value, is_english]
    if all(code in names for code in wanted):
        return {code: names[code] for code in wanted}
    known = _concepts.knowing((scheme.value, code) for code in wanted if code != UNKNOWN)
    names = known.names[scheme.value, is_english]
    return {code: names.get(code) or (_("Onbekend") if code == UNKNOWN else code) for code in wanted}


def publisher_label(slug: str) -> str:
    """The name of a publisher; the slug itself where there is none."""
    return value_labels("publishers", [slug])[slug]


def concept_places(scheme: Scheme) -> Mapping[str, int]:
    """Where each code stands in its vocabulary; the codes come in that order."""
    return _concepts.get().places.get(scheme.value, {})


def narrower_codes(scheme: Scheme, code: str) -> Set[str]:
    """The codes right below one: "vmbo" -> those of its tracks."""
    return _concepts.get().narrower.get((scheme.value, code), frozenset())


def broader_codes(scheme: Scheme) -> Mapping[str, str]:
    """Code -> the code right above it, of a vocabulary: "vmbo-tl" -> "vmbo"; the topmost ones are not in it."""
    return _concepts.get().broader.get(scheme.value, {})


def concept_sectors(scheme: Scheme) -> Mapping[str, Set[str]]:
    """Code -> the sectors that it is a word of, of a vocabulary; none where it is one of all."""
    return _concepts.get().sectors.get(scheme.value, {})


def facet_label(facet: str) -> str:
    """The heading of a facet."""
    return str(FACETS[facet])


def clear() -> None:
    """Forget everything: after a change that must show at once."""
    _concepts.forget()
    _publishers.forget()
