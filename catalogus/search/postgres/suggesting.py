"""Methods and titles that begin as somebody types, from the database; slips of the finger are not forgiven here.

Scores are on the scale of `search.named`, the order that of suggest_queries.py. So that short beginnings stay quick,
only some of the names that fit are weighed against each other: the shortest names of methods, the first titles.
"""

from dataclasses import dataclass

from catalogus.article_numbers import ean13
from catalogus.naming import joined_form
from catalogus.search.criteria import SearchCriteria
from catalogus.search.named import BEGINS, JOINED, WHOLE, WORDS, WORDS_BEGIN
from catalogus.search.postgres.asking import ask, searching
from catalogus.search.postgres.filters import RowFilters
from catalogus.search.postgres.sql import FALSE, Sql, join
from catalogus.search.postgres.tsquery import NAMES, beginning_with, stemmed, unstemmed, word_itself
from catalogus.search.suggest_queries import ASKED, MOST_WORDS, TIMEOUT_SECONDS
from catalogus.sort_values import sort_key

EAN = 8.0
"""A number is its product and no name can be meant by it."""

_WEIGHED = 200
"""Names of a kind that are compared; counting what can be ordered of each costs 0.1 ms."""

_SHORTEST_JOINED = 3
_SHORTEST_WORD = 3
"""Words of titles are looked up by three letters and more: with two a tenth of all titles has one that begins so."""


@dataclass(frozen=True, slots=True)
class SuggestedMethod:
    score: float
    public_id: str
    name: str
    publisher_name: str


@dataclass(frozen=True, slots=True)
class SuggestedTitle:
    score: float
    public_id: str
    title: str
    method_name: str
    publisher_name: str


def suggested(text: str) -> tuple[list[SuggestedMethod], list[SuggestedTitle]]:
    """Methods and titles that can be ordered and fit what was typed, best first, ASKED at most of each.

    A title may come several times, of as many products. Raises SearchUnavailable where it takes too long.
    """
    typed = sort_key(text).strip()
    if not typed:
        return [], []
    with searching(seconds=TIMEOUT_SECONDS):
        shown = RowFilters.of(SearchCriteria()).all()
        methods = [SuggestedMethod(*values) for values in ask(_methods(typed, shown))]
        titles = [SuggestedTitle(*values) for values in ask(_titles(text, typed, shown))]
    return methods, titles


# Every name is read, so each form is made once (the fence of OFFSET 0) and compared by its bytes. A method of its own,
# one product without a family name, has a key that tells nothing; its name is near to a key.
_METHODS = """
SELECT best.score, best.public_id, best.name, publisher.name FROM (
    SELECT id, public_id, name, publisher_id, CASE
        WHEN form = %s THEN {WHOLE} WHEN form LIKE %s THEN {BEGINS} WHEN ' ' || form || ' ' LIKE ALL(%s) THEN {WORDS}
        WHEN ' ' || form LIKE ALL(%s) THEN {WORDS_BEGIN} ELSE {JOINED} END AS score
    FROM (
        SELECT id, public_id, name, publisher_id,
            CASE WHEN key LIKE '=%%' THEN lower(name COLLATE "C") ELSE key COLLATE "C" END AS form
        FROM catalogus_method WHERE merged_into_id IS NULL OFFSET 0
    ) AS method
    WHERE ' ' || form LIKE ALL(%s) OR {joined}
    ORDER BY score DESC, length(form), id LIMIT {_WEIGHED}
) AS best
JOIN catalogus_publisher AS publisher ON publisher.id = best.publisher_id
CROSS JOIN LATERAL (
    SELECT count(*) AS products FROM catalogus_searchrow AS row WHERE row.method_id = best.id AND {shown}
) AS offered
WHERE offered.products > 0 ORDER BY best.score DESC, offered.products DESC, best.public_id LIMIT {ASKED}
"""

_TITLES = """
WITH candidate AS MATERIALIZED (
    (SELECT row.product_id FROM catalogus_searchrow AS row
        WHERE row.sort_title LIKE %s AND {shown} ORDER BY row.sort_title, row.product_id LIMIT {_WEIGHED})
    UNION
    (SELECT row.product_id FROM catalogus_searchrow AS row WHERE {worded} AND {shown} LIMIT {_WEIGHED})
    UNION
    (SELECT row.product_id FROM catalogus_searchrow AS row JOIN catalogus_product AS product
        ON product.id = row.product_id WHERE product.ean = %s AND product.merged_into_id IS NULL AND {shown})
)
SELECT CASE
        WHEN product.ean = %s THEN {EAN} WHEN row.sort_title = %s THEN {WHOLE} WHEN row.sort_title LIKE %s THEN {BEGINS}
        WHEN ' ' || row.sort_title || ' ' || row.sort_name || ' ' LIKE ALL(%s) THEN {WORDS} ELSE {WORDS_BEGIN}
    END AS score, row.public_id, product.title, method.name, publisher.name
FROM candidate JOIN catalogus_searchrow AS row USING (product_id)
JOIN catalogus_product AS product ON product.id = row.product_id
JOIN catalogus_method AS method ON method.id = row.method_id
JOIN catalogus_publisher AS publisher ON publisher.id = row.publisher_id
ORDER BY score DESC, row.published_day DESC, row.public_id LIMIT {ASKED}
"""


def _methods(typed: str, shown: Sql) -> Sql:
    words = typed.split()[:MOST_WORDS]
    begin = [f"% {word}%" for word in words]
    joined = joined_form(typed)
    is_long = len(joined) >= _SHORTEST_JOINED
    written_as_one = Sql("replace(form, ' ', '') LIKE %s", (f"{joined}%",)) if is_long else FALSE
    text = _METHODS.format(**_SCORES, _WEIGHED=_WEIGHED, ASKED=ASKED, shown=shown.text, joined=written_as_one.text)
    values = (typed, f"{typed}%", [f"% {word} %" for word in words], begin, begin)
    return Sql(text, (*values, *written_as_one.params, *shown.params))


def _titles(text: str, typed: str, shown: Sql) -> Sql:
    words = typed.split()[:MOST_WORDS]
    worded = _worded(words)
    statement = _TITLES.format(**_SCORES, EAN=EAN, _WEIGHED=_WEIGHED, ASKED=ASKED, shown=shown.text, worded=worded.text)
    ean, begins = ean13(text) or "", f"{typed}%"
    values = (begins, *shown.params, *worded.params, *shown.params, ean, *shown.params)
    return Sql(statement, (*values, ean, typed, begins, [f"% {word} %" for word in words]))


_SCORES = {"WHOLE": WHOLE, "BEGINS": BEGINS, "WORDS": WORDS, "WORDS_BEGIN": WORDS_BEGIN, "JOINED": JOINED}


def _worded(words: list[str]) -> Sql:
    """Titles with words of title or method name that begin so, in any order; words that are short find nothing alone.

    The index holds stems, of which a whole word need not be the beginning; what it finds is read over.
    """
    queries = [
        join(" || ", [unstemmed(beginning), stemmed(word_itself(word, NAMES))])
        for word in words
        if len(word) >= _SHORTEST_WORD and (beginning := beginning_with(word, NAMES))
    ]
    if not queries:
        return FALSE
    asked = join(" && ", [Sql(f"({query.text})", query.params) for query in queries])
    return Sql(
        f"row.words @@ ({asked.text}) AND ' ' || row.sort_title || ' ' || row.sort_name LIKE ALL(%s)",
        (*asked.params, [f"% {word}%" for word in words]),
    )
