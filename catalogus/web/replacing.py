"""Words that the catalogue does not have, and the search for what they were taken for."""

from dataclasses import dataclass, replace

from catalogus.search import SearchPage
from catalogus.web.addresses import first_page, search_url
from catalogus.web.layout import Layout


@dataclass(frozen=True, slots=True)
class ReplacedWord:
    """text: the whole text with the other word; url: the search for it."""

    typed: str
    taken_for: str
    text: str
    url: str


def replaced_words(answer: SearchPage, layout: Layout = Layout.LIST) -> tuple[ReplacedWord, ...]:
    """One for each word of the text that was taken for another."""
    criteria = first_page(answer.criteria)
    return tuple(
        ReplacedWord(word.typed, word.taken_for, word.text, search_url(replace(criteria, text=word.text), layout))
        for word in answer.replacements
    )
