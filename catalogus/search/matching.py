"""Which products a question finds: queries without a score. What weighs how much stands in ranking.py.

Everything that was asked must be found somewhere in what is said of one product; loosened, most of it. path is where a
product's fields stand: "" in product documents, "products." in method documents.
"""

from collections.abc import Iterable

from elasticsearch.dsl.query import Bool, Match, MatchNone, MatchPhrase, Query, Range, Term, Terms

from catalogus.classification import combined_code
from catalogus.facets import UNKNOWN
from catalogus.search.filters import FIELDS
from catalogus.search.question import Asked, Question
from catalogus.search.stop_words import STOP_WORDS
from catalogus.search.understanding import Recognised

_CLASS = frozenset({"levels", "years"})


def products_found(question: Question, path: str = "") -> Query:
    """The products that answer a question."""
    numbers = number_queries(question, path)
    if question.is_empty:
        return MatchNone()
    if numbers and not question.parts:
        return _either(numbers)
    understood = question.understanding
    clauses = [word_found(asked, question, path) for asked in question.words]
    clauses += [phrase_found(phrase, path) for phrase in understood.phrases]
    clauses += [named_found(group, path) for group in named_groups(question)]
    held = [price for found in understood.recognised if (price := _price(found, path)) is not None]
    excluded = [query for text in understood.excluded for query in phrase_in_names(text, path)]
    if question.is_loosened:
        found = Bool(should=clauses, minimum_should_match=enough(len(clauses)), filter=held, must_not=excluded)
    else:
        found = Bool(filter=[*clauses, *held], must_not=excluded)
    return _either([*numbers, found]) if numbers else found


def enough(count: int) -> int:
    """How many of so many things must be found where some may be missing: half of them, of three one."""
    return max(1, count // 2)


def number_queries(question: Question, path: str) -> list[Query]:
    """The text as an article number: an EAN, also one in a publisher's own code, or that code itself."""
    understood = question.understanding
    if understood.ean:
        return [
            Term(f"{path}ean", {"value": understood.ean}),
            Term(f"{path}contained_ean", {"value": understood.ean}),
        ]
    if " " not in understood.text and any(sign.isdigit() for sign in understood.text):
        return [Term(f"{path}identifier", {"value": understood.text})]
    return []


def word_found(asked: Asked, question: Question, path: str) -> Query:
    """A word is found as itself or in any form of it."""
    word = asked.word
    fields = ("text", "parts", "description")
    forms: list[Query] = [words_in(f"{path}{name}", word.text) for name in fields]
    forms += joined_found(asked, path)
    forms += [words_in(f"{path}text", other) for other in (*word.others, *word.near)]
    if word.parts:
        forms.append(parts_found(asked, question, path))
    if question.unfinished and word.text == question.unfinished:
        forms += beginnings_found(word.text, path)
    return _either(forms)


def beginnings_found(word: str, path: str) -> list[Query]:
    """A word of a name, or of what the product is for, that begins so."""
    return [words_in(f"{path}{name}", word) for name in ("beginnings", "label_beginnings")]


def joined_found(asked: Asked, path: str) -> list[Query]:
    """The word and its neighbours written as one, in a name that is written so or not."""
    if not asked.joined:
        return []
    forms = list(asked.joined)
    written = [words_in(f"{path}text", form) for form in forms if form != asked.word.text]
    return [Terms(f"{path}joined", forms), *written]


def parts_found(asked: Asked, question: Question, path: str) -> Query:
    """Every part of a compound, wherever it stands: "wiskundeboek" is found in a book for the subject.

    What everything here is need not be said of it: "rekenmethode" is found where "rekenen" is. Where words may be
    missing, one part is enough.
    """
    parts = [part for part in asked.word.parts if part not in STOP_WORDS] or list(asked.word.parts)
    found = [_either([words_in(f"{path}{name}", part) for name in ("text", "parts")]) for part in parts]
    return _either(found) if question.is_loosened else Bool(filter=found)


def phrase_found(phrase: str, path: str) -> Query:
    """These words side by side."""
    return MatchPhrase(f"{path}text", {"query": phrase})


def phrase_in_names(phrase: str, path: str) -> list[Query]:
    """The words that must not be there: in title or method name, for what a product is for takes in more than it says.

    What is for vwo is for the gymnasium as well, and is not left out by "-gymnasium".
    """
    return [MatchPhrase(f"{path}{name}", {"query": phrase}) for name in ("title", "method_name")]


def named_groups(question: Question) -> list[list[Recognised]]:
    """What is named, by facet: several levels are alternatives. Levels and years together are one class."""
    groups: dict[str, list[Recognised]] = {}
    has_class = {found.facet for found in question.named} >= _CLASS
    for found in question.named:
        groups.setdefault("class" if has_class and found.facet in _CLASS else found.facet, []).append(found)
    return list(groups.values())


def named_found(group: Iterable[Recognised], path: str) -> Query:
    """What the text names, by the facts of the product, or else by its words in title or method name."""
    found = list(group)
    return _either([*facts_found(found, path), *not_stated(found, path), *names_found(found, path)])


def facts_found(group: Iterable[Recognised], path: str) -> list[Query]:
    """By the facts; a level and a year hold within one group of one product."""
    codes: dict[str, list[str]] = {}
    for found in group:
        codes.setdefault(found.facet, []).extend(found.codes)
    if codes.keys() == _CLASS:
        return [Terms(f"{path}combined", _classes(codes["levels"], codes["years"]))]
    if "edition" in codes:
        return [words_in(f"{path}edition", code) for code in codes["edition"]]
    return [Terms(f"{path}{FIELDS[facet]}", list(dict.fromkeys(values))) for facet, values in codes.items()]


def not_stated(group: Iterable[Recognised], path: str) -> list[Query]:
    """For a class: products that state the level and no year at all, or the year and no level."""
    found = list(group)
    if {one.facet for one in found} != _CLASS:
        return []
    by_facet = {facet: [code for one in found if one.facet == facet for code in one.codes] for facet in _CLASS}
    return [
        Bool(filter=[Terms(f"{path}{stated}", by_facet[stated]), Term(f"{path}{missing}", {"value": UNKNOWN})])
        for stated, missing in (("levels", "years"), ("years", "levels"))
    ]


def names_found(group: Iterable[Recognised], path: str) -> list[Query]:
    """By the words themselves in title or method name, for what no source has classified."""
    words = " ".join(found.text for found in sorted(group, key=lambda found: found.start))
    return [words_in(f"{path}title", words), words_in(f"{path}method_name", words)]


def words_in(name: str, text: str) -> Query:
    """All words of a text in one field."""
    return Match(name, {"query": text, "operator": "and"})


def _classes(levels: Iterable[str], years: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(combined_code(level, year) for level in levels for year in years))


def _price(found: Recognised, path: str) -> Query | None:
    if found.facet != "price":
        return None
    bounds = {"gte": found.least_cents, "lte": found.most_cents}
    return Range(f"{path}price_cents", {name: value for name, value in bounds.items() if value is not None})


def _either(queries: list[Query]) -> Query:
    return queries[0] if len(queries) == 1 else Bool(should=queries, minimum_should_match=1)
