"""What is asked of the engine while somebody types: methods and products whose names begin so, in one call.

Each way of fitting has a score of its own and no other counts, so that the order is: the whole name, a name that begins
so, all words, beginnings of words, a joined spelling, and at last a name that is only like it. Equals come by how many
products of a method can be ordered, products the newest first.
"""

from typing import Any

from elasticsearch.dsl.query import Bool, ConstantScore, DisMax, Match, Prefix, Query, Range, Term

from catalogus.article_numbers import ean13
from catalogus.models import OutboxKind
from catalogus.naming import joined_form
from catalogus.search.indices import live_alias
from catalogus.search.named import (
    ALIKE,
    BEGINS,
    JOINED,
    SHORTEST_FUZZY,
    SHORTEST_FUZZY_TWICE,
    WHOLE,
    WORDS,
    WORDS_BEGIN,
    allowed_slips,
)

MOST_WORDS = 10
"""Words that are looked at: who pasted more is helped by the whole title, or not at all while typing."""

ASKED = 12
"""More than are shown: titles are left out that say what another one says."""

TIMEOUT_SECONDS = 1.0
"""By then the person has typed on, and the answer is of no use."""

METHOD_FIELDS = ("public_id", "name.shown", "publisher_name")

_EAN = 8.0
_SHORTEST_JOINED = 3
_FUZZINESS = f"AUTO:{SHORTEST_FUZZY},{SHORTEST_FUZZY_TWICE}"
_MOST_ALIKE = 30
"""Beginnings that a mistyped word may stand for; the engine's own 50 cost a third more and found no other names."""


def suggest_searches(text: str, *, timeout_seconds: float) -> list[dict[str, Any]]:
    """The body of one msearch: methods, then products; a header before each."""
    common = {"track_total_hits": False, "timeout": f"{int(timeout_seconds * 1000)}ms", "size": ASKED}
    methods = {
        **common,
        "_source": False,
        "docvalue_fields": list(METHOD_FIELDS),
        "query": Bool(must=[_methods(text)], filter=[Range("orderable_products", {"gt": 0})]).to_dict(),
        "sort": [{"_score": "desc"}, {"orderable_products": "desc"}, {"public_id": "asc"}],
    }
    orderable: list[Query] = [Term("is_orderable", {"value": True}), Term("is_default_sector", {"value": True})]
    products = {
        **common,
        "_source": ["public_id", "title", "method_name", "publisher_name"],
        "query": Bool(must=[_products(text)], filter=orderable).to_dict(),
        "sort": [{"_score": "desc"}, {"published_day": "desc"}, {"public_id": "asc"}],
    }
    return [
        {"index": live_alias(OutboxKind.METHOD)},
        methods,
        {"index": live_alias(OutboxKind.PRODUCT)},
        products,
    ]


def _methods(text: str) -> Query:
    return DisMax(queries=_ways(text, name="name", whole="name.exact", beginnings="name.beginnings"))


def _products(text: str) -> Query:
    ways = _ways(text, name="title", whole="title.exact", beginnings="beginnings")
    if ean := ean13(text):
        ways.append(_constant(Term("ean", {"value": ean}), _EAN))
    return DisMax(queries=ways)


def _ways(text: str, *, name: str, whole: str, beginnings: str) -> list[Query]:
    """The ways in which a name may fit. name, whole, beginnings: its fields by word, as a whole, by beginnings."""
    words = [word for word in text.split() if any(sign.isalnum() for sign in word)][:MOST_WORDS]
    ways = [
        _constant(Term(whole, {"value": text}), WHOLE),
        _constant(Prefix(whole, {"value": text}), BEGINS),
        _constant(Match(name, {"query": " ".join(words), "operator": "and"}), WORDS),
        _constant(Bool(must=[_begins(word, name, beginnings) for word in words]), WORDS_BEGIN),
    ]
    joined = joined_form(text)
    if len(joined) >= _SHORTEST_JOINED:
        ways.append(_constant(Prefix("joined", {"value": joined}), JOINED))
    if any(allowed_slips(word) for word in words):
        ways.append(_constant(Bool(must=[_alike(word, name, beginnings) for word in words]), ALIKE))
    return ways


def _begins(word: str, name: str, beginnings: str) -> Query:
    """A word of the name is this one or begins so: single letters and figures have no beginnings."""
    ways = [Match(field, {"query": word, "operator": "and"}) for field in (name, beginnings)]
    return Bool(should=ways, minimum_should_match=1)


def _alike(word: str, name: str, beginnings: str) -> Query:
    if not allowed_slips(word):
        return _begins(word, name, beginnings)
    slips = {"fuzziness": _FUZZINESS, "prefix_length": 1, "max_expansions": _MOST_ALIKE}
    return Match(beginnings, {"query": word, "operator": "and", **slips})


def _constant(query: Query, score: float) -> Query:
    return ConstantScore(filter=query, boost=score)
