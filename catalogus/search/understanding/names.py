"""Everything that has a name: concepts, publishers, and the words for forms, media and roles, in a short memory."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from catalogus.choices import Form, Medium, Role
from catalogus.memory import Memory
from catalogus.models import Concept, ConceptAlias, Publisher, PublisherAlias, Scheme
from catalogus.models.provenance import Provenance
from catalogus.naming import normal_form, publisher_key
from catalogus.search.understanding.function_words import FUNCTION_WORDS

SCHEME_FACETS: Mapping[str, str] = {
    Scheme.SECTOR.value: "sectors",
    Scheme.LEVEL.value: "levels",
    Scheme.YEAR.value: "years",
    Scheme.SUBJECT.value: "subjects",
}
MOST_WORDS = 8
"""The longest names are "bedrijfseconomie, ondernemerschap en financiële zelfredzaamheid" and the like; who types more
than this many words of one name has typed a title."""

# Words that teachers use and no vocabulary of the standards has. A licence may come with books.
_DIGITAL_LICENCE = (Form.DIGITAL, Form.LIFO, Form.COMBI)
_OTHER_WORDS: Iterable[tuple[str, tuple[str, ...], str]] = (
    ("forms", (Form.DIGITAL,), "digitaal digitale online e-book ebook e-boek"),
    ("forms", (Form.FOLIO,), "folio papier papieren"),
    ("forms", (Form.LIFO,), "lifo"),
    ("forms", (Form.COMBI,), "combi combipakket combinatiepakket"),
    ("forms", _DIGITAL_LICENCE, "licentie licenties"),
    ("media", (Medium.BOOK,), "boek boeken"),
    ("media", (Medium.WEB,), "website"),
    ("media", (Medium.CD_ROM,), "cd-rom cdrom"),
    ("media", (Medium.DVD,), "dvd"),
    ("roles", (Role.TEACHER,), "docent docenten leraar leraren leerkracht leerkrachten"),
)
# "Leerlingen" alone names nearly everything; behind "voor" it tells one part of a method from another.
_OTHER_PHRASES = {
    f"voor {article}{word}": {"roles": (Role.LEARNER.value,)}
    for word in ("leerling", "leerlingen", "student", "studenten")
    for article in ("", "de ")
} | {"op papier": {"forms": (Form.FOLIO.value,)}}

_DOUBTFUL = "basis be da dr du entree fa gr ha kader la lat ma maak maat mat mo na nat ne pie pro re sel sp tech"
DOUBTFUL = frozenset(_DOUBTFUL.split())
"""Abbreviations that are common words as well, or words of titles: they name something only beside a class."""

_HOUSE = re.compile(r"^(?:educatieve )?(?:uitgeverij|uitgevers?)(?: |$)|(?:^| )(?:uitgeverij|uitgevers?|publishers?)$")
_SHORTEST_PUBLISHER = 4

Meanings = Mapping[str, tuple[str, ...]]
"""Facet -> the codes that a name has in it."""


@dataclass(frozen=True, slots=True)
class Names:
    """A snapshot. meanings: by normal form; most_words: of the longest of these; sectors: of a facet's code."""

    meanings: Mapping[str, Meanings]
    most_words: int
    sectors: Mapping[tuple[str, str], frozenset[str]]

    def codes(self, facet: str, text: str) -> tuple[str, ...]:
        """What a text names in one facet; empty where nothing."""
        return self.meanings.get(normal_form(text), {}).get(facet, ())


def known_names() -> Names:
    """The names of this moment, from a short memory."""
    return _memory.get()


def _read_names(_before: Names | None) -> Names:
    concepts = list(
        Concept.objects.filter(scheme__in=SCHEME_FACETS)
        .order_by()
        .values_list("id", "scheme", "code", "label_nl", "label_en", "sectors")
    )
    aliases = list(
        ConceptAlias.objects.filter(scheme__in=SCHEME_FACETS)
        .exclude(provenance=Provenance.SUGGESTION)
        .order_by()
        .values_list("scheme", "key", "concept_id")
    )
    found = _Collected()
    codes = {pk: code for pk, _scheme, code, *_others in concepts}
    for _pk, scheme, code, label, _english, _sectors in concepts:
        found.add(SCHEME_FACETS[scheme], normal_form(label), code)
    # An alias says more than a label that happens to read alike; one without a concept says that there is no meaning.
    for scheme, key, _concept in aliases:
        found.drop(SCHEME_FACETS[scheme], key)
    for scheme, key, concept in aliases:
        if concept in codes:  # One that came in between the two readings waits for the next.
            found.add(SCHEME_FACETS[scheme], key, codes[concept])
    found.add_english(
        (SCHEME_FACETS[scheme], normal_form(english), code) for _p, scheme, code, _l, english, _s in concepts
    )
    common = {word for key in found.meanings for word in key.split()}
    for key, slug in _publisher_names(common):
        found.add("publishers", key, slug)
    for facet, values, words in _OTHER_WORDS:
        for word in words.split():
            found.replace(normal_form(word), {facet: tuple(str(value.value) for value in values)})  # type: ignore[attr-defined]
    for phrase, meanings in _OTHER_PHRASES.items():
        found.replace(phrase, meanings)
    sectors = {(SCHEME_FACETS[scheme], code): frozenset(own) for _p, scheme, code, _l, _e, own in concepts}
    return found.names(sectors)


class _Collected:
    """Meanings while they are put together."""

    def __init__(self) -> None:
        self.meanings: dict[str, dict[str, set[str]]] = defaultdict(dict)

    def add(self, facet: str, key: str, code: str) -> None:
        if len(key) > 1 and not key.isdigit() and (key in DOUBTFUL or key not in FUNCTION_WORDS):
            self.meanings[key].setdefault(facet, set()).add(code)

    def drop(self, facet: str, key: str) -> None:
        if key in self.meanings:
            self.meanings[key].pop(facet, None)
            if not self.meanings[key]:
                del self.meanings[key]

    def replace(self, key: str, meanings: Meanings) -> None:
        self.meanings[key] = {facet: set(codes) for facet, codes in meanings.items()}

    def add_english(self, labels: Iterable[tuple[str, str, str]]) -> None:
        """English names where they mean one thing and are no Dutch name of another."""
        english: dict[str, set[tuple[str, str]]] = defaultdict(set)
        for facet, key, code in labels:
            if key not in self.meanings:
                english[key].add((facet, code))
        for key, meant in english.items():
            if len(meant) == 1:
                ((facet, code),) = meant
                self.add(facet, key, code)

    def names(self, sectors: Mapping[tuple[str, str], frozenset[str]]) -> Names:
        meanings = {
            key: {facet: tuple(sorted(codes)) for facet, codes in facets.items()}
            for key, facets in self.meanings.items()
            if key.count(" ") < MOST_WORDS
        }
        return Names(meanings, max((key.count(" ") + 1 for key in meanings), default=1), sectors)


def _publisher_names(common: set[str]) -> Iterator[tuple[str, str]]:
    """Each name of a publisher, whole and without the word for the trade, with the slug of who bears it now.

    A single word must be long enough, and none that the vocabularies use: a house "Leren" is not what is meant by it.
    """
    publishers = {
        pk: (slug, name, merged)
        for pk, slug, name, merged in Publisher.objects.order_by().values_list("id", "slug", "name", "merged_into_id")
    }
    texts = [(pk, name) for pk, (_slug, name, _merged) in publishers.items()]
    texts += PublisherAlias.objects.exclude(provenance=Provenance.SUGGESTION).values_list("publisher_id", "text")
    for pk, text in texts:
        if pk not in publishers:
            continue  # It came in between the two readings.
        whole = publisher_key(text)
        for key in {whole, _HOUSE.sub("", whole).strip()}:
            if " " in key or (len(key) >= _SHORTEST_PUBLISHER and key not in common):
                yield key, _survivor(pk, publishers)


def _survivor(pk: int, publishers: Mapping[int, tuple[str, str, int | None]]) -> str:
    seen = {pk}
    slug, _name, merged = publishers[pk]
    while merged is not None and merged in publishers and merged not in seen:
        seen.add(merged)
        slug, _name, merged = publishers[merged]
    return slug


_memory = Memory[Names](_read_names)
