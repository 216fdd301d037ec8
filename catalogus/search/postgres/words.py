"""Which products a question finds, asked of the database: conditions on a row of search, called `row`.

The rules are those of matching.py as far as the database can follow them; docs/search.md says what it cannot. Words are
looked up in the index over all that is said of a product, each lookup once for the whole search: reading the words of
every row would cost seconds where there are many products.
"""

import re
from collections.abc import Iterable, Sequence

from catalogus.classification import combined_code
from catalogus.naming import normal_form, normal_words
from catalogus.search.backend import UNKNOWN
from catalogus.search.matching import enough, named_groups
from catalogus.search.postgres import tsquery
from catalogus.search.postgres.codes import has_any
from catalogus.search.postgres.sql import FALSE, Sql, either, every, join, negated
from catalogus.search.postgres.tsquery import all_of, any_of, beginning_with, side_by_side, stemmed, word_itself
from catalogus.search.question import Asked, Question
from catalogus.search.stop_words import STOP_WORDS
from catalogus.search.understanding import Recognised
from catalogus.services.facet_codes import COMBINED

_CLASS = frozenset({"levels", "years"})


def found(question: Question) -> Sql:
    """Whether a product answers the question."""
    numbers = number_found(question)
    if question.is_empty:
        return FALSE
    if numbers and not question.parts:
        return either(numbers)
    held = [price for one in question.understanding.recognised if (price := _price(one)) is not None]
    excluded = [negated(phrase_in_names(text)) for text in question.understanding.excluded]
    asked = [_enough_of(clauses(question))] if question.is_loosened else _all_of(question)
    answers = every([*asked, *held, *excluded])
    return either([*numbers, answers]) if numbers else answers


def clauses(question: Question) -> list[Sql]:
    """What must be found, each by itself; where words may be missing, some of these are enough."""
    return [
        *(word_found(asked, question) for asked in question.words),
        *(phrase_found(phrase) for phrase in question.understanding.phrases),
        *(named_found(group) for group in named_groups(question)),
    ]


def number_found(question: Question) -> list[Sql]:
    """The text as an article number, the likeliest first: an EAN, also one in a publisher's code, or that code."""
    understood = question.understanding
    if understood.ean:
        return [
            _of_products("ean = %s AND merged_into_id IS NULL", understood.ean),
            # The empty code of most products is not in the index, and the condition says that it is none of these.
            _of_products("contained_ean = %s AND contained_ean <> ''", understood.ean),
        ]
    if " " not in understood.text and any(sign.isdigit() for sign in understood.text):
        return [Sql(_BY_OWN_CODE, (understood.text,))]
    return []


# There is an index of a publisher's codes and none of everybody's: publishers are asked one by one, a thousand in 5 ms.
_BY_OWN_CODE = """row.product_id IN (
    SELECT found.id FROM catalogus_publisher AS publisher CROSS JOIN LATERAL (
        SELECT id FROM catalogus_product WHERE publisher_id = publisher.id AND identifier = %s OFFSET 0
    ) AS found
)"""


def word_found(asked: Asked, question: Question) -> Sql:
    """A word is found as itself or in any form of it."""
    if _is_unfinished(asked, question) and (beginning := beginning_with(asked.word.text)):
        forms = tsquery.unstemmed(beginning)
        if words := _word_forms(asked, question):
            forms = join(" || ", [stemmed(words), forms])
        return in_text(Sql(f"({forms.text})", forms.params))
    words = _word_forms(asked, question)
    return in_text(stemmed(words)) if words else _in_title_as_typed(asked.word.text)


def parts_of(asked: Asked, question: Question) -> str:
    """Every part of a compound, wherever it stands; where words may be missing, one part is enough."""
    parts = [part for part in asked.word.parts if part not in STOP_WORDS] or list(asked.word.parts)
    queries = [word_itself(part) for part in parts]
    return any_of(queries) if question.is_loosened else all_of(queries)


def joined_forms(asked: Asked) -> str:
    """The word and its neighbours written as one, where a name is written so."""
    return any_of(word_itself(form) for form in asked.joined if form != asked.word.text)


def in_text(query: Sql) -> Sql:
    """Where a question of words is answered by all that is said of a product, its description apart."""
    return Sql(
        f"row.product_id IN (SELECT id FROM catalogus_product WHERE search_vector @@ {query.text})",  # noqa: S608
        query.params,
    )


def in_names(query: Sql) -> Sql:
    """Where a question of words is answered by title and method name."""
    return Sql(
        f"row.product_id IN (SELECT product_id FROM catalogus_searchrow WHERE names @@ {query.text})",  # noqa: S608
        query.params,
    )


def phrase_found(phrase: str) -> Sql:
    """These words side by side."""
    return in_text(side_by_side(phrase))


def phrase_in_names(phrase: str) -> Sql:
    """The words that must not be there, in title or method name."""
    return in_names(side_by_side(phrase))


def named_found(group: Sequence[Recognised]) -> Sql:
    """What the text names, by the facts of the product, or else by its words in title or method name."""
    return either([facts_found(group), *not_stated(group), *names_found(group)])


def facts_found(group: Iterable[Recognised]) -> Sql:
    """By the facts; a level and a year hold within one group of one product."""
    codes: dict[str, list[str]] = {}
    for one in group:
        codes.setdefault(one.facet, []).extend(one.codes)
    if codes.keys() == _CLASS:
        return has_any(COMBINED, _classes(codes["levels"], codes["years"]))
    if "edition" in codes:
        return _of_edition(codes["edition"])
    return either(has_any(facet, list(dict.fromkeys(values))) for facet, values in codes.items())


def not_stated(group: Iterable[Recognised]) -> list[Sql]:
    """For a class: products that state the level and no year at all, or the year and no level."""
    found = list(group)
    if {one.facet for one in found} != _CLASS:
        return []
    by_facet = {facet: [code for one in found if one.facet == facet for code in one.codes] for facet in _CLASS}
    return [
        every([has_any(stated, by_facet[stated]), has_any(missing, [UNKNOWN])])
        for stated, missing in (("levels", "years"), ("years", "levels"))
    ]


def names_found(group: Iterable[Recognised]) -> list[Sql]:
    """By the words themselves in title or method name, for what no source has classified."""
    query = named_words(group)
    return [in_names(stemmed(query))] if query else []


def named_words(group: Iterable[Recognised]) -> str:
    """All words by which a group was named; "" where the database knows none of them."""
    return all_of(word_itself(one.text) for one in group)


def _all_of(question: Question) -> list[Sql]:
    """The same as all clauses, with the words in one lookup: the index finds what has them all faster than each."""
    words, others = [], []
    for asked in question.words:
        query = _word_forms(asked, question)
        if query and not _is_unfinished(asked, question):
            words.append(query)
        else:
            others.append(word_found(asked, question))
    together = [in_text(stemmed(all_of(words)))] if words else []
    phrases = [phrase_found(phrase) for phrase in question.understanding.phrases]
    return [*together, *others, *phrases, *(named_found(group) for group in named_groups(question))]


def _enough_of(conditions: Sequence[Sql]) -> Sql:
    count = join(" + ", [Sql(f"({one.text} IS TRUE)::int", one.params) for one in conditions])
    return Sql(f"({count.text} >= %s)", (*count.params, enough(len(conditions))))


def _word_forms(asked: Asked, question: Question) -> str:
    """The word, its joined forms, what else it is called, what it may have meant and its parts, in one question."""
    word = asked.word
    return any_of([
        *(word_itself(text) for text in (word.text, *word.others, *word.near)),
        joined_forms(asked),
        parts_of(asked, question),
    ])  # fmt: skip


def _is_unfinished(asked: Asked, question: Question) -> bool:
    return bool(question.unfinished) and asked.word.text == question.unfinished


def _in_title_as_typed(text: str) -> Sql:
    """A word that stands in no index of words, by its letters in the title. The index of three letters finds it."""
    words = [Sql("sort_title ~ %s", (rf"\m{re.escape(word)}(?!\w)",)) for word in normal_words(text)]
    if not words:
        return FALSE
    title = every(words)
    return Sql(
        f"row.product_id IN (SELECT product_id FROM catalogus_searchrow WHERE {title.text})",  # noqa: S608
        title.params,
    )


def _of_products(condition: str, value: str) -> Sql:
    return Sql(f"row.product_id IN (SELECT id FROM catalogus_product WHERE {condition})", (value,))  # noqa: S608


def _of_edition(labels: Iterable[str]) -> Sql:
    """By the label of the edition, also one that says more: "12e editie max" is the "12e editie"."""
    return Sql(
        "row.product_id IN (SELECT product.id FROM catalogus_edition AS edition"
        " JOIN catalogus_product AS product ON product.edition_id = edition.id"
        " WHERE ' ' || edition.key || ' ' LIKE ANY(%s))",
        ([f"% {normal_form(label)} %" for label in labels],),
    )


def _classes(levels: Iterable[str], years: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(combined_code(level, year) for level in levels for year in years))


def _price(found: Recognised) -> Sql | None:
    """Prices in euro: what another currency costs compares with nothing."""
    if found.facet != "price":
        return None
    bounds = ((">=", found.least_cents), ("<=", found.most_cents))
    return every(Sql(f"row.price_from {sign} %s", (cents,)) for sign, cents in bounds if cents is not None)
