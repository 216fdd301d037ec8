"""Which products a question finds, asked of the database: conditions on a row of search, called `row`.

The rules are those of matching.py as far as the database can follow them; docs/search.md says what it cannot. What
every hit must have is asked of the row itself, so that an index finds the few rows that have it; what is one of several
ways is looked up once for the whole search, for reading the words of every row takes several times as long.
"""

import re
from collections.abc import Iterable, Sequence

from catalogus.classification import combined_code
from catalogus.facets import UNKNOWN
from catalogus.naming import joined_form, normal_form, normal_words
from catalogus.search.matching import enough, named_groups
from catalogus.search.postgres.codes import has_any
from catalogus.search.postgres.sql import FALSE, Sql, either, every, join, negated
from catalogus.search.postgres.tsquery import (
    NAMES,
    all_of,
    any_of,
    beginning_with,
    side_by_side,
    stemmed,
    unstemmed,
    word_itself,
)
from catalogus.search.question import Asked, Question
from catalogus.search.stop_words import STOP_WORDS
from catalogus.search.understanding import Recognised
from catalogus.search.words import word_list
from catalogus.services.facet_codes import COMBINED

MOST_OF_A_WORD = 20_000
"""More than the whole catalogue of today holds of any word but the commonest, and counted in 50 ms."""

_CLASS = frozenset({"levels", "years"})


def found(question: Question) -> Sql:
    """Whether a product answers the question."""
    if question.is_empty:
        return FALSE
    numbers = products_of_number(question)
    if numbers and not question.parts:
        return is_product(numbers)
    held = [price for one in question.understanding.recognised if (price := _price(one)) is not None]
    excluded = [
        negated(names) for text in question.understanding.excluded for names in _in_names(side_by_side(text, NAMES))
    ]
    if question.is_loosened:
        asked = [_enough_of(clauses(question))]
    else:
        asked = clauses(question) if numbers else _all_of(question)
    answers = every([*asked, *held, *excluded])
    return either([is_product(numbers), answers]) if numbers else answers


def clauses(question: Question) -> list[Sql]:
    """What must be found, each by itself; where words may be missing, some of these are enough."""
    return [
        *(word_found(asked, question) for asked in question.words),
        *(is_product([_looked_up(_phrase(phrase))]) for phrase in question.understanding.phrases),
        *(named_found(group) for group in named_groups(question)),
    ]


def products_of_number(question: Question) -> list[Sql]:
    """Queries for the products that have the text as an article number, the likeliest first.

    An EAN, also one in a publisher's own code, or that code itself.
    """
    understood = question.understanding
    if understood.ean:
        return [
            Sql("SELECT id FROM catalogus_product WHERE ean = %s AND merged_into_id IS NULL", (understood.ean,)),
            # The index leaves out the empty code, and is used where the condition says so too.
            Sql("SELECT id FROM catalogus_product WHERE contained_ean = %s AND contained_ean <> ''", (understood.ean,)),
        ]
    if " " not in understood.text and any(sign.isdigit() for sign in understood.text):
        return [Sql(_BY_OWN_CODE, (understood.text,))]
    return []


# There is an index of each publisher's codes and none of everybody's, so publishers are asked one by one.
_BY_OWN_CODE = """
SELECT found.id FROM catalogus_publisher AS publisher CROSS JOIN LATERAL (
    SELECT id FROM catalogus_product WHERE publisher_id = publisher.id AND identifier = %s OFFSET 0
) AS found
"""


def is_product(queries: Sequence[Sql]) -> Sql:
    """Whether a row is of a product that one of these queries gives."""
    every_id = join(" UNION ALL ", queries)
    return Sql(f"row.product_id IN ({every_id.text})", every_id.params)


def word_found(asked: Asked, question: Question) -> Sql:
    """Whether a word stands in a product as itself or in any form of it."""
    query = word_query(asked, question)
    if query is None:
        return _in_title_as_typed(asked.word.text)
    return is_product([_looked_up(query), *_of_joined_name(asked)])


def word_query(asked: Asked, question: Question) -> Sql | None:
    """The word, its joined forms, what else it is called, what it may have meant and its parts, in one question.

    None for what the database leaves out of every text. The last word may be the beginning of another one.
    """
    word = asked.word
    forms = [word_itself(text) for text in (word.text, *word.others, *word.near)]
    forms += [joined_forms(asked), parts_of(asked, question)]
    queries = [stemmed(query)] if (query := any_of(forms)) else []
    if question.unfinished and word.text == question.unfinished and (beginning := beginning_with(word.text)):
        queries.append(unstemmed(beginning))
    return _connected(" || ", queries) if queries else None


def parts_of(asked: Asked, question: Question) -> str:
    """Every part of a compound, wherever it stands; where words may be missing, one part is enough."""
    parts = [part for part in asked.word.parts if part not in STOP_WORDS] or list(asked.word.parts)
    queries = [word_itself(part) for part in parts]
    return any_of(queries) if question.is_loosened else all_of(queries)


def joined_forms(asked: Asked, weight: str = "") -> str:
    """The word and its neighbours written as one, where a name is written so."""
    return any_of(word_itself(form, weight) for form in asked.joined if form != asked.word.text)


def in_row(query: Sql) -> Sql:
    """Where a question of words is answered by all that is said of a product, its description apart."""
    return Sql(f"row.words @@ {query.text}", query.params)


def has_joined_name(asked: Asked) -> list[Sql]:
    """Whether the name of the method is the word, once it is written as one: "telenmeet" for "Tel & Meet".

    Not asked for a word that the list of words knows, as no name is written for it.
    """
    word, form = asked.word, joined_form(asked.word.text)
    if form not in asked.joined or word.parts or word.others or word_list().knows(form):
        return []
    return [Sql("row.method_id IN (SELECT id FROM catalogus_method WHERE replace(key, ' ', '') = %s)", (form,))]


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
    return _in_names(named_words(group))


def named_words(group: Iterable[Recognised]) -> str:
    """All words by which a group was named; "" where the database knows none of them."""
    return all_of(word_itself(one.text, NAMES) for one in group)


def _in_names(query: str) -> list[Sql]:
    return [is_product([_looked_up(stemmed(query))])] if query else []


def _looked_up(query: Sql) -> Sql:
    return Sql(f"SELECT product_id FROM catalogus_searchrow WHERE words @@ {query.text}", query.params)  # noqa: S608


def _of_joined_name(asked: Asked) -> list[Sql]:
    return [
        Sql(f"SELECT product_id FROM catalogus_searchrow AS row WHERE {named.text}", named.params)  # noqa: S608
        for named in has_joined_name(asked)
    ]


def _phrase(phrase: str) -> Sql:
    return stemmed(side_by_side(phrase))


def _all_of(question: Question) -> list[Sql]:
    """All clauses, with the words in one question: the index finds what has them all faster than each."""
    queries, others = [], []
    for asked in question.words:
        query = word_query(asked, question)
        if query is None or has_joined_name(asked):
            others.append(word_found(asked, question))
        else:
            queries.append(query)
    queries += [_phrase(phrase) for phrase in question.understanding.phrases]
    together = [in_row(_connected(" && ", queries))] if queries else []
    return [*together, *others, *(named_found(group) for group in named_groups(question))]


def _enough_of(conditions: Sequence[Sql]) -> Sql:
    """Each is looked up by itself, by its index: asking all of them of every row takes seconds for a long text.

    Of what more products have than MOST_OF_A_WORD no more are counted; such a word tells nothing apart.
    """
    sets = join(
        " UNION ALL ",
        [
            Sql(
                f"(SELECT row.product_id FROM catalogus_searchrow AS row WHERE {one.text} LIMIT {MOST_OF_A_WORD})",  # noqa: S608
                one.params,
            )
            for one in conditions
        ],
    )
    return Sql(
        f"row.product_id IN (SELECT product_id FROM ({sets.text}) AS found"  # noqa: S608
        " GROUP BY product_id HAVING count(*) >= %s)",
        (*sets.params, enough(len(conditions))),
    )


def _connected(sign: str, queries: Sequence[Sql]) -> Sql:
    if len(queries) == 1:
        return queries[0]
    connected = join(sign, queries)
    return Sql(f"({connected.text})", connected.params)


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
