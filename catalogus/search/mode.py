"""Whether visitors search in full at this moment, for who wants to know without searching."""

from enum import StrEnum

from catalogus.exceptions import SearchUnavailable
from catalogus.search.backend import has_engine
from catalogus.search.criteria import SearchCriteria
from catalogus.search.elasticsearch import ElasticsearchBackend
from catalogus.search.guarding.asking import ask_engine


class SearchMode(StrEnum):
    """BASIC: the database answers, in the place of the engine; WITHOUT_ENGINE: it always does here."""

    FULL = "full"
    BASIC = "basic"
    WITHOUT_ENGINE = "without-engine"


def search_mode() -> SearchMode:
    """By one small search of the engine, or by none while it is left alone: it costs what one visitor does."""
    if not has_engine():
        return SearchMode.WITHOUT_ENGINE
    try:
        ask_engine(lambda: ElasticsearchBackend().search(SearchCriteria(page_size=1), with_facets=False))
    except SearchUnavailable:
        return SearchMode.BASIC
    return SearchMode.FULL
