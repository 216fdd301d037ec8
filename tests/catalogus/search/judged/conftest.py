"""The judged catalogue, loaded and indexed once for the tests of this folder, and the answers to the judged queries."""

from collections.abc import Callable, Iterator

import pytest
from django.conf import settings
from django.db import connection, transaction
from django.test import override_settings
from pytest_django import DjangoDbBlocker

from catalogus import labels
from catalogus.search import SearchCriteria, SearchPage, View, get_backend, indices
from catalogus.search.client import get_client
from catalogus.search.elasticsearch import ElasticsearchBackend
from catalogus.search.indexing import rebuild
from catalogus.search.postgres.backend import PostgresBackend
from tests.catalogus.search.judged.asking import Answer, ask_all, few_of_each_kind
from tests.catalogus.search.judged.catalogue import load_catalogue
from tests.catalogus.search.judged.judging import judged_queries


@pytest.fixture(scope="package")
def judged_catalogue(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """The catalogue in the database, in a transaction that is never committed, and in indexes of its own."""
    with (
        django_db_blocker.unblock(),
        override_settings(ELASTICSEARCH_PREFIX=f"judged-{settings.ELASTICSEARCH_PREFIX}"),
        transaction.atomic(),
    ):
        client = get_client(timeout_seconds=60)
        indices.drop_all(client)
        try:
            load_catalogue()
            # Once, here: what waits to be checked in an open transaction is checked at the end of every test in it.
            connection.check_constraints()
            # As autovacuum does where rows are committed: without it the database plans for empty tables.
            with connection.cursor() as cursor:
                cursor.execute("ANALYZE")
            rebuild()
            yield
        finally:
            indices.drop_all(client)
            transaction.set_rollback(True)
            labels.clear()


@pytest.fixture(scope="package")
def judged_answers(judged_catalogue: None) -> list[Answer]:
    return ask_all(judged_queries(), ElasticsearchBackend())


@pytest.fixture(scope="package")
def basic_answers(judged_catalogue: None) -> list[Answer]:
    """What the database answers to some of them."""
    return ask_all(few_of_each_kind(judged_queries()), PostgresBackend())


@pytest.fixture
def methods(judged_catalogue: None, db: None) -> Callable[..., SearchPage]:
    """methods("wiskunde havo 3", levels=("havo",)): the page of the methods view."""

    def ask(text: str = "", **fields: object) -> SearchPage:
        return get_backend().search(SearchCriteria(text=text, view=View.METHODS, **fields))  # type: ignore[arg-type]

    return ask


@pytest.fixture
def products(judged_catalogue: None, db: None) -> Callable[..., SearchPage]:
    """products("wiskunde havo 3", include_all=True): the page of the products view."""

    def ask(text: str = "", **fields: object) -> SearchPage:
        return get_backend().search(SearchCriteria(text=text, view=View.PRODUCTS, **fields))  # type: ignore[arg-type]

    return ask
