"""What every test rests on: real services, named by the environment, and nothing else on the network."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import TransactionTestCase
from django.utils import translation
from pytest_django import DjangoDbBlocker

from catalogus import memory
from catalogus.search import named
from catalogus.search.guarding import asking
from catalogus.services.seed import load_seed
from tests.database import TableKeeper, end_other_sessions
from tests.named_services import hosts_of_services, missing_services

pytest_plugins = ["tests.search_support", "tests.federation_support", "tests.catalogus.search.judged.printing"]

REPOSITORY = Path(__file__).resolve().parent.parent
SHARED_DATA = REPOSITORY.parent / "shared" / "data"
REMEDY = 'run `make test`, or first eval "$(.venv/bin/python -m devstack status --env)"'


@pytest.hookimpl(tryfirst=True)  # Before pytest-socket reads which hosts may be reached.
def pytest_configure(config: pytest.Config) -> None:
    missing = missing_services()
    if missing:
        raise pytest.UsageError(f"{', '.join(missing)} not set: {REMEDY}")
    config.option.allow_hosts = ",".join([config.option.allow_hosts, *hosts_of_services()])


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """Third-party samples beside the checkout; tests that read them are skipped where they are not there."""
    if not SHARED_DATA.is_dir():
        pytest.skip(f"real samples are not on this machine (looked for {SHARED_DATA.name} beside the checkout)")
    return SHARED_DATA


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[TableKeeper]:
    """The test database holds our own vocabularies, as every installation does, before and after each test.

    Where a test with real transactions ends, Django would empty all tables, the vocabularies among them.
    """
    with django_db_blocker.unblock():
        name = str(connection.settings_dict["NAME"])
        # A test database is made where a test is marked `django_db` or asks for `db`; else this is that of `make run`.
        assert name.startswith("test_"), f"{name} is no test database: mark the test with django_db"
        load_seed()
        keeper = TableKeeper()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", lambda _test_case: keeper.restore())
        yield keeper
    with django_db_blocker.unblock():
        end_other_sessions()


@pytest.fixture(autouse=True)
def _no_memory() -> Iterator[None]:
    """What a process remembers is of another test: names, numbers, and the language of the last request."""
    memory.forget_all()
    named.forget()
    asking.forget()
    cache.clear()  # How often somebody tried something, among others.
    yield
    memory.forget_all()
    named.forget()
    asking.forget()
    translation.deactivate()
