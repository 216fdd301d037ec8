"""Searching as every caller does: criteria in, a page out."""

import socket
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from catalogus.search import SearchCriteria, SearchPage, View, get_backend
from tests.search_support import SearchIndex

Ask = Callable[..., SearchPage]


@pytest.fixture
def products(search_index: SearchIndex) -> Ask:
    """products("kompas", levels=("havo",)): the page of the products view."""

    def ask(text: str = "", **fields: Any) -> SearchPage:
        return get_backend().search(SearchCriteria(text=text, view=View.PRODUCTS, **fields))

    return ask


@pytest.fixture
def methods(search_index: SearchIndex) -> Ask:
    """methods("kompas", levels=("havo",)): the page of the methods view."""

    def ask(text: str = "", **fields: Any) -> SearchPage:
        return get_backend().search(SearchCriteria(text=text, view=View.METHODS, **fields))

    return ask


@pytest.fixture
def unused_tcp_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


@pytest.fixture
def silent_port() -> Iterator[int]:
    """A port where somebody listens and never answers."""
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen()
        yield int(listening.getsockname()[1])
