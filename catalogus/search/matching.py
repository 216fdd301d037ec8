"""Which products a text finds, and in what order: the query for the words that were typed.

Every word must be found somewhere in what is said of one product. Nothing is loosened: where that finds nothing, the
answer is nothing.
"""

from elasticsearch.dsl.query import Bool, ConstantScore, DisMax, Match, MatchNone, Query, Term

from catalogus.article_numbers import ean13

# Far apart, so that no sum of ordinary scores lifts a lower kind of match over a higher: a scanned barcode beats any
# title, a whole title beats a whole method name, and both beat words. (The longest text has some 60 words, and one word
# that stands in a single product of a million scores below 90 with the boosts below.)
_EAN = 200_000.0
_EAN_WITHIN = 100_000.0
_WHOLE_TITLE = 20_000.0
_WHOLE_METHOD = 10_000.0

# A word in the title says more about a product than the same word among its authors or subjects.
_TITLE_WORDS = 3.0
_METHOD_WORDS = 2.0

# A word that only begins like the typed one stands below every word that is it.
_BEGINNING = 0.1
_SHORTEST_BEGINNING = 3
"""Two letters begin too much: "nu" would find "numeriek"."""


def text_query(text: str, path: str = "") -> Query:
    """Match text against products; path ("products.") is where their fields stand."""
    words = [word for word in text.split() if "&" in word or any(sign.isalnum() for sign in word)]
    if not words:
        return MatchNone()
    found = Bool(
        must=_words(words, path),
        should=[
            _match(f"{path}title", text, boost=_TITLE_WORDS),
            _match(f"{path}method_name", text, boost=_METHOD_WORDS),
            _whole(f"{path}title.exact", text, _WHOLE_TITLE),
            _whole(f"{path}method_name.exact", text, _WHOLE_METHOD),
        ],
    )
    codes = _codes(text, path)
    return Bool(should=[*codes, found], minimum_should_match=1) if codes else found


def _words(words: list[str], path: str) -> list[Query]:
    """All words, the last one also as the beginning of a word: who types has not always finished."""
    *others, last = words
    if len(last) < _SHORTEST_BEGINNING:
        return [_match(f"{path}text", " ".join(words), operator="and")]
    whole = _match(f"{path}text", last, operator="and")
    beginning = ConstantScore(filter=_match(f"{path}beginnings", last, operator="and"), boost=_BEGINNING)
    clauses: list[Query] = [DisMax(queries=[whole, beginning])]
    if others:
        clauses.append(_match(f"{path}text", " ".join(others), operator="and"))
    return clauses


def _codes(text: str, path: str) -> list[Query]:
    """The text as an article number: an EAN, also one in a publisher's own code, or that code itself."""
    ean = ean13(text)
    if ean is not None:
        return [_whole(f"{path}ean", ean, _EAN), _whole(f"{path}contained_ean", ean, _EAN_WITHIN)]
    if " " not in text and any(sign.isdigit() for sign in text):
        return [_whole(f"{path}identifier", text, _EAN_WITHIN)]
    return []


def _match(name: str, text: str, **options: str | float) -> Query:
    return Match(name, {"query": text, **options})


def _whole(name: str, text: str, boost: float) -> Query:
    return ConstantScore(filter=Term(name, {"value": text}), boost=boost)
