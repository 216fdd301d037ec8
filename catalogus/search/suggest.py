"""Suggestions while somebody types: methods, subjects, publishers and titles whose names begin so.

Names that are only like what was typed are given where no name begins so. Nothing that cannot be ordered is suggested.
"""

import logging
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from http import HTTPStatus
from typing import Any

from django.conf import settings

from catalogus import labels
from catalogus.exceptions import SearchUnavailable
from catalogus.naming import normal_form
from catalogus.search import named
from catalogus.search.client import get_client, no_index
from catalogus.search.guarding.asking import ask_engine
from catalogus.search.guarding.slots import search_slot
from catalogus.search.postgres.suggesting import SuggestedTitle, suggested
from catalogus.search.serving import known_index
from catalogus.search.suggest_queries import METHOD_FIELDS, TIMEOUT_SECONDS, suggest_searches

logger = logging.getLogger(__name__)

MOST = 10
"""Suggestions in all: what a list shows without scrolling, and what a person reads over while typing."""

SHORTEST = 2
"""Letters or figures with which suggesting begins: a single one begins a tenth of all names."""


class Kind(StrEnum):
    METHODS = "methods"
    SUBJECTS = "subjects"
    PUBLISHERS = "publishers"
    TITLES = "titles"


_SHARES = {Kind.METHODS: 3, Kind.SUBJECTS: 2, Kind.PUBLISHERS: 2, Kind.TITLES: 3}
"""Places of each kind in the list. What others leave open goes to methods first, then to titles, up to _MOST_OF_ONE."""

_GOES_ON = (Kind.METHODS, Kind.TITLES)
_MOST_OF_ONE = 5


@dataclass(frozen=True, slots=True)
class Suggestion:
    """code: the public id of a method or product, the code of a subject, the slug of a publisher.

    name: in the reader's language; about: whose it is, for methods and titles.
    """

    kind: Kind
    code: str
    name: str
    about: str


@dataclass(frozen=True, slots=True)
class Suggestions:
    """found: by kind, in the order of Kind, best first within each. is_complete: whether the engine answered."""

    found: tuple[Suggestion, ...]
    is_complete: bool


@dataclass(frozen=True, slots=True)
class _Scored:
    score: float
    suggestion: Suggestion


def suggest(text: str) -> Suggestions:
    """At most MOST suggestions for what was typed, none for less than SHORTEST letters. One call of the engine.

    Where the engine is away these are the subjects and publishers alone.
    """
    typed = normal_form(text)
    if len(typed.replace(" ", "")) < SHORTEST:
        return Suggestions((), is_complete=True)
    from_memory = _from_memory(typed, with_slips=False)
    from_engine, is_complete = _from_engine(text)
    if not from_memory and not any(one.score > named.ALIKE for one in from_engine):
        from_memory = _from_memory(typed, with_slips=True)
    else:
        from_engine = [one for one in from_engine if one.score > named.ALIKE]
    return Suggestions(_fill([*from_memory, *from_engine]), is_complete)


def _from_memory(typed: str, *, with_slips: bool) -> list[_Scored]:
    subjects = named.subjects(typed, most=MOST, with_slips=with_slips)
    publishers = named.publishers(typed, most=MOST, with_slips=with_slips)
    return [*_labelled(Kind.SUBJECTS, subjects), *_labelled(Kind.PUBLISHERS, publishers)]


def _labelled(kind: Kind, found: Sequence[named.Found]) -> list[_Scored]:
    names = labels.value_labels(kind.value, [one.code for one in found])
    return [_Scored(one.score, Suggestion(kind, one.code, names[one.code], "")) for one in found]


def _from_engine(text: str) -> tuple[list[_Scored], bool]:
    """Methods and titles, and whether the engine answered."""
    try:
        methods, products = ask_engine(lambda: _ask(text))
    except SearchUnavailable:
        return _from_database(text), False
    found = [_Scored(hit["_score"], Suggestion(Kind.METHODS, *_values(hit))) for hit in methods]
    return found + _titles(map(_title, products), {normal_form(one.suggestion.name) for one in found}), True


def _from_database(text: str) -> list[_Scored]:
    """Methods and titles where the engine does not answer; none where the database has no place or time for it."""
    try:
        with search_slot(may_wait=False):
            methods, titles = suggested(text)
    except SearchUnavailable:
        return []
    found = [
        _Scored(one.score, Suggestion(Kind.METHODS, one.public_id, one.name, one.publisher_name)) for one in methods
    ]
    return found + _titles(titles, {normal_form(one.suggestion.name) for one in found})


def _ask(text: str) -> tuple[list[Mapping[str, Any]], list[Mapping[str, Any]]]:
    """Hits of methods and of products. Raises SearchUnavailable."""
    timeout = min(TIMEOUT_SECONDS, settings.ELASTICSEARCH_TIMEOUT_SECONDS)
    with known_index():
        answer = get_client(timeout_seconds=timeout).msearch(searches=suggest_searches(text, timeout_seconds=timeout))
    methods, products = (_hits(one) for one in answer.body["responses"])
    return methods, products


def _hits(answer: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """The hits of one search of several, which fails by itself. Raises SearchUnavailable."""
    if "error" in answer:
        fault = answer["error"]["type"]
        if fault == "index_not_found_exception":
            raise no_index()
        if answer["status"] == HTTPStatus.BAD_REQUEST:
            # Of this text alone: the engine is well, and others go on asking it.
            logger.error("the engine cannot read what is asked for suggestions: %s", fault)
            return []
        raise SearchUnavailable(str(fault))
    hits: list[Mapping[str, Any]] = answer["hits"]["hits"]
    return hits


def _titles(found: Iterable[SuggestedTitle], known: set[str]) -> list[_Scored]:
    """Each title once, and not one that a method has as its name: `known`, in normal form."""
    scored = []
    for one in found:
        form = normal_form(one.title)
        if form in known:
            continue
        known.add(form)
        about = one.method_name if one.method_name != one.title else one.publisher_name
        scored.append(_Scored(one.score, Suggestion(Kind.TITLES, one.public_id, one.title, about)))
    return scored


def _title(hit: Mapping[str, Any]) -> SuggestedTitle:
    source = hit["_source"]
    return SuggestedTitle(
        hit["_score"], source["public_id"], source["title"], source["method_name"], source["publisher_name"]
    )


def _values(hit: Mapping[str, Any]) -> list[str]:
    """Public id, name and publisher of a method."""
    return [hit["fields"][name][0] for name in METHOD_FIELDS]


def _fill(found: Sequence[_Scored]) -> tuple[Suggestion, ...]:
    """Each kind within its share, then what is left of the places."""
    by_kind = {kind: [one.suggestion for one in found if one.suggestion.kind == kind] for kind in Kind}
    places = {kind: min(len(by_kind[kind]), share) for kind, share in _SHARES.items()}
    for kind in _GOES_ON:
        places[kind] += min(MOST - sum(places.values()), min(len(by_kind[kind]), _MOST_OF_ONE) - places[kind])
    return tuple(one for kind in Kind for one in by_kind[kind][: places[kind]])
