"""In what order a question's products come, as one whole number for each row: the lines of ranking.py, cheapest first.

It is worked out for every product that is found, of which there may be many thousands, so it reads nothing but the row
itself and sets that are looked up once. Weights are those of weights.py, in steps of 1 / STEPS.
"""

from collections.abc import Iterable, Sequence

from catalogus.search import weights
from catalogus.search.criteria import View
from catalogus.search.matching import named_groups
from catalogus.search.postgres import words
from catalogus.search.postgres.sql import Sql, join
from catalogus.search.postgres.tsquery import (
    METHOD,
    NAMES,
    TITLE,
    any_of,
    side_by_side,
    stemmed,
    word_itself,
)
from catalogus.search.question import Asked, Question
from catalogus.search.understanding import Recognised
from catalogus.sort_values import SORT_LENGTH, sort_key

STEPS = 200
"""In one point of a weight, so that half a point for a short title is a hundred steps, one for each sign."""

_FACTS = {"publishers": weights.PUBLISHER, "subjects": weights.SUBJECT}

Line = tuple[Sql, float]
"""A condition on a row, and what it weighs where it holds."""


def score(question: Question, view: View, complete: Sql) -> Sql:
    """The score of a row called `row`, not below zero; higher stands before. complete: whether it has all words."""
    lines = [
        *_numbers(question),
        *_wholes(question, view, complete),
        *(_word(asked, question) for asked in question.words),
        *_phrases(question),
        *(_named(group) for group in named_groups(question)),
        *_order(question),
        *_equals(),
    ]
    return join(" + ", [*lines, _shortness()])


def _numbers(question: Question) -> list[Sql]:
    found = [words.is_product([query]) for query in words.products_of_number(question)]
    heaviest = (weights.EAN, weights.EAN_WITHIN) if len(found) > 1 else (weights.EAN_WITHIN,)
    return [_weighed([line]) for line in zip(found, heaviest, strict=False)]


def _wholes(question: Question, view: View, complete: Sql) -> list[Sql]:
    lines = []
    if title := sort_key(question.whole):
        # Who looks for methods wants the one of that name, who looks for products the one of that title.
        own, other = weights.WHOLE, weights.WHOLE_OTHER
        of_title, of_method = (other, own) if view == View.METHODS else (own, other)
        lines += [
            _weighed([(Sql("row.sort_title = %s", (title,)), of_title)]),
            _weighed([(_is_of_method([question.whole]), of_method)]),
        ]
    if question.is_loosened:
        lines.append(_weighed([(complete, weights.ALL_WORDS)]))
    return lines


def _word(asked: Asked, question: Question) -> Sql:
    """What the heaviest way weighs in which a word is found: by title and method name, or else that it is found at all.

    Elsewhere a word and what it may stand for weigh alike: to tell them apart would take a lookup for each.
    """
    word = asked.word
    lines = [
        *_in_row(word_itself(word.text, METHOD), weights.IN_METHOD),
        *_in_row(words.joined_forms(asked, NAMES), weights.JOINED),
        *((named, weights.JOINED) for named in words.has_joined_name(asked)),
        *_in_row(word_itself(word.text, TITLE), weights.IN_TITLE),
        *_in_row(any_of(word_itself(other, NAMES) for other in word.others), weights.SYNONYM),
    ]
    for near, weight in zip(word.near, weights.NEAR, strict=False):
        lines += _in_row(word_itself(near, NAMES), weight)
    elsewhere = _elsewhere(asked, question)
    if question.is_loosened:
        return _weighed([*lines, (words.word_found(asked, question), elsewhere)])
    return _weighed(lines, otherwise=elsewhere)


def _elsewhere(asked: Asked, question: Question) -> float:
    word = asked.word
    if word.near:
        return weights.NEAR[-1]
    if word.text == question.unfinished:
        return weights.BEGINNING
    if word.parts:
        return weights.PARTS
    return weights.SYNONYM if word.others else weights.ANYWHERE


def _phrases(question: Question) -> list[Sql]:
    """Where every phrase must be found, it weighs alike for all."""
    if not question.is_loosened:
        return []
    return [_weighed(_in_row(side_by_side(phrase), weights.IN_METHOD)) for phrase in question.understanding.phrases]


def _named(group: Sequence[Recognised]) -> Sql:
    lines = [(words.facts_found(group), _FACTS.get(group[0].facet, weights.CONCEPT))]
    lines += _in_row(words.named_words(group), weights.NAMED_ONLY)
    lines += [(condition, weights.CLASS_NOT_STATED) for condition in words.not_stated(group)]
    return _weighed(lines)


def _order(question: Question) -> list[Sql]:
    lines = []
    if question.names:
        lines.append(_weighed([(_is_of_method(question.names), weights.NAME_WITHIN)]))
    if " " in question.whole:
        lines.append(_weighed(_in_row(side_by_side(question.whole, NAMES), weights.IN_ORDER)))
    return lines


def _equals() -> list[Sql]:
    return [_weighed([(Sql("row.is_orderable"), weights.ORDERABLE)])]


def _shortness() -> Sql:
    """Less than half a point: the last thing that decides before the public id."""
    return Sql("(%s - length(row.sort_title))", (SORT_LENGTH,))


def _is_of_method(names: Iterable[str]) -> Sql:
    """A method of one of these names."""
    forms = sorted({form for name in names if (form := sort_key(name))})
    return Sql("row.sort_name = ANY(%s)", (forms,))


def _in_row(query: str, weight: float) -> list[Line]:
    return [(words.in_row(stemmed(query)), weight)] if query else []


def _weighed(lines: Iterable[Line], *, otherwise: float = 0) -> Sql:
    """The weight of the first line that holds; the heaviest must come first."""
    cases = [
        Sql(f"WHEN {condition.text} THEN {round(weight * STEPS)}", condition.params) for condition, weight in lines
    ]
    rest = round(otherwise * STEPS)
    if not cases:
        return Sql(f"{rest}")
    chosen = join(" ", cases)
    return Sql(f"CASE {chosen.text} ELSE {rest} END", chosen.params)
