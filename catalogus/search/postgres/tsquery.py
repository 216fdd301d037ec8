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
"""The weights of words in SearchRow.words; what else is said of a product has the weight C."""

NAMES = f"{TITLE}{METHOD}"


def words_of(text: str) -> list[str]:
    """The words of a text in normal form that a text search can find."""
    return [word for word in normal_words(text) if word not in STOP_WORDS]


def word_itself(text: str, weight: str = "") -> str:
    """A word as typed, in the singular or the plural; of several words all. weight: where, anywhere if empty."""
    words = words_of(text)
    if len(words) == 1:
        forms = dict.fromkeys((words[0], *base_forms(words[0]), f"{words[0]}en"))
        # What is left of the plural "s" is no word.
        return any_of(_quoted(form, weight) for form in forms if form)
    return all_of(_quoted(word, weight) for word in words)


def beginning_with(text: str, weight: str = "") -> str:
    """Words that begin so. To be read without a stemmer, which would cut a beginning shorter."""
    words = words_of(text)
    return _quoted(words[0], f"{weight}*") if len(words) == 1 else ""


def side_by_side(text: str, weight: str = "") -> str:
    """The words of a text in this order, none between them; the database minds the words that it leaves out."""
    words = normal_words(text)
    return _connected(" <-> ", (_quoted(word, weight) for word in words)) if words_of(text) else ""


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


def _quoted(word: str, marks: str) -> str:
    """A word in normal form, which holds letters and figures, and a plus sign at most at its end."""
    return f"'{word}':{marks}" if marks else f"'{word}'"


def _connected(sign: str, queries: Iterable[str]) -> str:
    found = [query for query in queries if query]
    return found[0] if len(found) == 1 else f"({sign.join(found)})" if found else ""
