"""How often each kind of page asks the database, with what a process remembers at hand; the engine answers searches.

A new kind of page gets a row. A number that rises is a question for whoever made it rise.
"""

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.accounts.local import make_account
from tests.browser.shelf import fill_shelf
from tests.people import sign_in

QUERIES = {
    "home": 1,  # The methods that were reviewed, as they stand.
    "results": 1,
    "table": 1,
    "sorted table": 0,
    "products": 0,
    "facet": 0,
    "facet searched": 0,
    "sorted": 1,
    "nothing filtered": 0,
    "nothing": 0,
    "invalid": 0,
    "method": 6,
    "product": 4,
    "part": 3,
    "withdrawn": 2,
    "missing": 0,
    "comparison": 2,
    "history": 2,
    "/vergelijken/": 0,
    "/lijsten/": 0,
    "/lijst/": 0,
    "/melden/": 0,
    "/uitleg/": 0,
    "/uitleg/zoeken/": 0,
    "/uitleg/beoordelingen/": 1,  # The prior of the order by reviews, as it stands.
    "/uitleg/gegevens/": 0,
    "/uitleg/toegankelijkheid/": 0,
    "/uitleg/api/": 1,
    "/over/": 0,
    "/contact/": 0,
    "/status/": 0,  # Read once in ten seconds by each process.
    "/privacy/": 0,
    "/zoeken/suggesties/?q=kompas": 0,
    "/api/v1/methods/?q=atlas&facets=1": 0,
    "/api/v1/products/?q=atlas": 0,
    "/api/v1/reviews/": 2,
    "/api/v1/rubrics/current/": 0,
}
"""By name on the shelf, or by address."""

OF_A_READER = {"home": 2, "results": 4, "method": 4, "product": 4, "comparison": 2, "/lijsten/": 3}
"""So many more for who is signed in: the session, whose it is, and what the page has for them alone."""


@pytest.fixture
def pages(search_index) -> dict[str, str]:
    found = fill_shelf().pages
    search_index.rebuild()
    return found


def asked(client: Client, pages: dict[str, str], name: str) -> int:
    """Queries of the second visit: the first fills what the process remembers."""
    path = pages.get(name, name)
    client.get(path)
    with CaptureQueriesContext(connection) as captured:
        client.get(path)
    return len(captured)


@pytest.mark.search
def test_every_kind_of_page_asks_as_often_as_it_says(pages):
    assert set(pages) <= set(QUERIES), "a page of the shelf without a row"
    assert {name: asked(Client(), pages, name) for name in QUERIES} == QUERIES


@pytest.mark.search
def test_a_reader_costs_a_few_more(pages):
    client = sign_in(Client(), make_account())
    assert settings.SESSION_COOKIE_NAME in client.cookies
    more = {name: asked(client, pages, name) - QUERIES[name] for name in OF_A_READER}
    assert more == OF_A_READER
