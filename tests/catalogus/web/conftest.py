"""Pages as a browser gets them, on the real engine."""

from collections.abc import Iterator

import pytest
from django.utils import translation

from catalogus import labels, selectors
from tests.search_support import search_index, search_index_session

__all__ = ["search_index", "search_index_session"]


@pytest.fixture(autouse=True)
def _no_memory() -> Iterator[None]:
    """What a process remembers is of another test: names, numbers, and the language of the last request."""
    labels.clear()
    selectors.forget()
    yield
    labels.clear()
    selectors.forget()
    translation.deactivate()
