"""The words of the catalogue itself, for the search: which there are, and in how many methods each stands."""

from collections import Counter
from collections.abc import Iterator

from django.db import connection, transaction

from catalogus.models import Concept, ConceptAlias, Method, Product, Publisher, SearchWord
from catalogus.models.provenance import Provenance
from catalogus.naming import normal_words
from catalogus.statistics import analyze

_LONGEST = 80
"""As the column; a longer "word" is a slip."""

_SHORTEST = 2
_ROWS_AT_ONCE = 5000

_TEMPORARY = """
CREATE TEMPORARY TABLE search_word_now (word text PRIMARY KEY, method_count integer NOT NULL)
"""
_FORGET = "DROP TABLE search_word_now"
_COPY = "COPY search_word_now (word, method_count) FROM STDIN"
_DELETE = """
DELETE FROM catalogus_searchword AS known
WHERE NOT EXISTS (SELECT FROM search_word_now AS now WHERE now.word = known.word)
"""
_UPDATE = """
UPDATE catalogus_searchword AS known SET method_count = now.method_count
FROM search_word_now AS now WHERE now.word = known.word AND now.method_count <> known.method_count
"""
_INSERT = """
INSERT INTO catalogus_searchword (word, method_count)
SELECT word, method_count FROM search_word_now AS now
WHERE NOT EXISTS (SELECT FROM catalogus_searchword AS known WHERE known.word = now.word)
"""


@transaction.atomic
def refresh_search_words() -> int:
    """Bring the table in line with the titles, names and labels of this moment; how many words there are.

    20,751 products take about 0.5 s, and the time grows with their number; the memory is that of the words.
    """
    with connection.cursor() as cursor:
        # Two at once would both add what is new.
        cursor.execute("LOCK TABLE catalogus_searchword IN SHARE ROW EXCLUSIVE MODE")
        cursor.execute(_TEMPORARY)
        counts = _count()
        with cursor.copy(_COPY) as copy:
            for row in counts.items():
                copy.write_row(row)
        cursor.execute("ANALYZE search_word_now")
        for statement in (_DELETE, _UPDATE, _INSERT, _FORGET):
            cursor.execute(statement)
    analyze(SearchWord)
    return len(counts)


def _count() -> Counter[str]:
    """Every word, and in how many methods it stands; 0 for what only names a concept or a publisher."""
    counts: Counter[str] = Counter()
    spellings = ConceptAlias.objects.exclude(provenance=Provenance.SUGGESTION).order_by()
    names = [
        *spellings.values_list("text", flat=True),
        *Concept.objects.order_by().values_list("label_nl", flat=True),
        *Publisher.objects.order_by().values_list("name", flat=True),
    ]
    for name in names:
        counts.update(dict.fromkeys(_words(name), 0))
    for words in _words_of_methods():
        counts.update(words)
    return counts


def _words_of_methods() -> Iterator[set[str]]:
    """The words of each method that has products: of its name and of their titles."""
    names = dict(Method.objects.order_by().values_list("id", "name"))
    titles = Product.objects.filter(merged_into=None).order_by("method_id").values_list("method_id", "title")
    method, words = 0, set[str]()
    for method_id, title in titles.iterator(chunk_size=_ROWS_AT_ONCE):
        if method_id != method:
            yield words
            method, words = method_id, _words(names.get(method_id, ""))
        words |= _words(title)
    yield words


def _words(text: str) -> set[str]:
    """The words of letters alone: nobody mistypes a number, and none is a part of a compound."""
    return {word for word in normal_words(text) if word.isalpha() and _SHORTEST <= len(word) <= _LONGEST}
