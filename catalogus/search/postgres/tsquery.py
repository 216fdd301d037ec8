"""Questions to the database's text search, made of single words in quotes: nothing that was typed is an operator there.

What comes out is the text that to_tsquery reads, "" where there is no word to ask for. The configuration stems words
and knows no compounds. Singular and plural are asked for besides, for its stemmer makes "fiet" of fiets and "fiets" of
fietsen.
"""

from collections.abc import Iterable

from catalogus.naming import normal_words
from catalogus.search.postgres.sql import Sql
from catalogus.search.words.inflection import base_forms

STOP_WORDS = frozenset((
    "aan", "al", "alles", "als", "altijd", "andere", "ben", "bij", "daar", "dan", "dat", "de", "der", "deze", "die",
    "dit", "doch", "doen", "door", "dus", "een", "eens", "en", "er", "ge", "geen", "geweest", "haar", "had", "heb",
    "hebben", "heeft", "hem", "het", "hier", "hij", "hoe", "hun", "iemand", "iets", "ik", "in", "is", "ja", "je",
    "kan", "kon", "kunnen", "maar", "me", "meer", "men", "met", "mij", "mijn", "moet", "na", "naar", "niet", "niets",
    "nog", "nu", "of", "om", "omdat", "onder", "ons", "ook", "op", "over", "reeds", "te", "tegen", "toch", "toen",
    "tot", "u", "uit", "uw", "van", "veel", "voor", "want", "waren", "was", "wat", "werd", "wezen", "wie", "wil",
    "worden", "wordt", "zal", "ze", "zelf", "zich", "zij", "zijn", "zo", "zonder", "zou",
))  # fmt: skip
"""What the configuration leaves out of every text (PostgreSQL's dutch.stop), so that nothing is found by it."""

TITLE, METHOD = "A", "B"
"""The weights of words in SearchRow.names."""


def words_of(text: str) -> list[str]:
    """The words of a text in normal form that a text search can find."""
    return [word for word in normal_words(text) if word not in STOP_WORDS]


def word_itself(text: str, weight: str = "") -> str:
    """A word as typed, in the singular or the plural; of several words, or of one with signs in it, all."""
    words = words_of(text)
    if len(words) == 1:
        forms = dict.fromkeys((words[0], *base_forms(words[0]), f"{words[0]}en"))
        return any_of(_quoted(form, weight) for form in forms)
    return any_of([all_of(_quoted(word, weight) for word in words), _as_written(text, weight)])


def beginning_with(text: str, weight: str = "") -> str:
    """Words that begin so. To be read without a stemmer, which would cut a beginning shorter."""
    words = words_of(text)
    return _quoted(words[0], f"{weight}*") if len(words) == 1 else ""


def all_of(queries: Iterable[str]) -> str:
    """All of these hold; what asks for no word holds always."""
    return _connected(" & ", queries)


def any_of(queries: Iterable[str]) -> str:
    """One of these holds; what asks for no word is none of them."""
    return _connected(" | ", queries)


def stemmed(query: str) -> Sql:
    return Sql("to_tsquery('keuzecatalogus', %s)", (query,))


def unstemmed(query: str) -> Sql:
    return Sql("to_tsquery('simple', %s)", (query,))


def side_by_side(text: str) -> Sql:
    """The words of a text in this order, none between them."""
    return Sql("phraseto_tsquery('keuzecatalogus', %s)", (" ".join(normal_words(text)),))


def _as_written(text: str, weight: str) -> str:
    """For what the database takes for one word: "3.1" is a number to it, "lees/schrijf" the name of a file."""
    sign = any(not letter.isalnum() and not letter.isspace() for letter in text)
    return _quoted(text, weight) if sign else ""


def _quoted(word: str, marks: str) -> str:
    escaped = word.replace("\\", "\\\\").replace("'", "''")
    return f"'{escaped}':{marks}" if marks else f"'{escaped}'"


def _connected(sign: str, queries: Iterable[str]) -> str:
    found = [query for query in queries if query]
    return found[0] if len(found) == 1 else f"({sign.join(found)})" if found else ""
