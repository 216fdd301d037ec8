"""Words: what compounds fall apart into, what else a word is called, and what a mistyped one may have meant."""

from catalogus.search.words.forms import WordForms, word_forms
from catalogus.search.words.lists import WordList, word_list, word_list_for_documents
from catalogus.search.words.reading import Word, read_words

__all__ = [
    "Word",
    "WordForms",
    "WordList",
    "read_words",
    "word_forms",
    "word_list",
    "word_list_for_documents",
]
