"""Names for codes: concepts, publishers and the closed lists, in the reader's language, from a short memory.

A page shows dozens of codes. Concepts and publishers are read whole, with one query each, and kept for half a minute;
a code that the memory does not know makes it read again, once per code, so that what is new has its name at once.
"""

import time
from collections.abc import Callable, Hashable, Iterable, Mapping
from typing import Generic, TypeVar

from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from catalogus.choices import Medium, ProductState, Role
from catalogus.models import Concept, Publisher, Scheme
from catalogus.search.backend import UNKNOWN

KEPT_SECONDS = 30.0
"""How long a renamed concept may still show its old name; its documents take longer to be indexed anew."""

CONCEPT_FACETS: Mapping[str, Scheme] = {
    "sectors": Scheme.SECTOR,
    "levels": Scheme.LEVEL,
    "years": Scheme.YEAR,
    "subjects": Scheme.SUBJECT,
}
CHOICE_FACETS: Mapping[str, type[ProductState] | type[Medium] | type[Role]] = {
    "media": Medium,
    "states": ProductState,
    "roles": Role,
}
FACETS: Mapping[str, str | Promise] = {
    "sectors": gettext_lazy("Onderwijssector"),
    "levels": gettext_lazy("Niveau"),
    "years": gettext_lazy("Leerjaar of groep"),
    "subjects": gettext_lazy("Vak"),
    "publishers": gettext_lazy("Uitgever"),
    "media": gettext_lazy("Medium"),
    "states": gettext_lazy("Leverbaarheid"),
    "roles": gettext_lazy("Voor wie"),
}
"""The facets in the order of a page, with their headings."""

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")


class _Memory(Generic[K, V]):
    """Everything that `read` gives, kept for KEPT_SECONDS."""

    def __init__(self, read: Callable[[], dict[K, V]]) -> None:
        self._read = read
        self._values: dict[K, V] = {}
        self._missed: frozenset[K] = frozenset()
        self._read_at: float | None = None

    def all(self) -> dict[K, V]:
        if self._read_at is None or time.monotonic() - self._read_at > KEPT_SECONDS:
            self._refresh(frozenset())
        return self._values

    def get(self, key: K) -> V | None:
        found = self.all().get(key)
        if found is None and key not in self._missed:
            self._refresh(self._missed | {key})
            found = self._values.get(key)
        return found

    def _refresh(self, missed: frozenset[K]) -> None:
        # A new dictionary in the place of the old one: another thread sees one or the other, never half of one.
        self._values, self._missed, self._read_at = self._read(), missed, time.monotonic()

    def clear(self) -> None:
        self._read_at = None


def _read_concepts() -> dict[tuple[str, str], tuple[str, str]]:
    """Dutch and English label by scheme and code, in the order of the vocabularies."""
    rows = (
        Concept.objects.filter(scheme__in=CONCEPT_FACETS.values())
        .order_by("scheme", "position", "code")
        .values_list("scheme", "code", "label_nl", "label_en")
    )
    return {(scheme, code): (label_nl, label_en or label_nl) for scheme, code, label_nl, label_en in rows}


def _read_publishers() -> dict[str, str]:
    return dict(Publisher.objects.order_by().values_list("slug", "name"))


_concepts = _Memory(_read_concepts)
_publishers = _Memory(_read_publishers)


def value_labels(facet: str, codes: Iterable[str]) -> dict[str, str]:
    """The names of a facet's values ("levels", ["havo"]) by their codes; a code that nothing knows names itself."""
    if facet in CONCEPT_FACETS:
        return _concept_labels(CONCEPT_FACETS[facet], codes)
    if facet in CHOICE_FACETS:
        return {code: str(CHOICE_FACETS[facet](code).label) for code in codes}
    return {slug: publisher_label(slug) for slug in codes}


def concept_label(scheme: Scheme, code: str) -> str:
    """The name of a concept; "Onbekend" for UNKNOWN, and the code itself where the vocabulary does not have it."""
    return _concept_labels(scheme, [code])[code]


def _concept_labels(scheme: Scheme, codes: Iterable[str]) -> dict[str, str]:
    is_english = get_language() == "en"
    found = {}
    for code in codes:
        if code == UNKNOWN:
            found[code] = _("Onbekend")
        else:
            labels = _concepts.get((scheme.value, code))
            found[code] = labels[is_english] if labels else code
    return found


def publisher_label(slug: str) -> str:
    """The name of a publisher; the slug itself where there is none."""
    return _publishers.get(slug) or slug


def concept_codes(scheme: Scheme) -> list[str]:
    """All codes of a vocabulary, in its order."""
    return [code for of_scheme, code in _concepts.all() if of_scheme == scheme.value]


def facet_label(facet: str) -> str:
    """The heading of a facet."""
    return str(FACETS[facet])


def clear() -> None:
    """Forget everything: after a change that must show at once."""
    _concepts.clear()
    _publishers.clear()
