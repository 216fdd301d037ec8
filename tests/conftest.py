"""What every test rests on: real services, named by the environment, and nothing else on the network."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).resolve().parent.parent
SHARED_DATA = REPOSITORY.parent / "shared" / "data"
SERVICES = ("DATABASE_URL", "REDIS_URL", "ELASTICSEARCH_URL")


def pytest_configure(config: pytest.Config) -> None:
    missing = [name for name in SERVICES if not os.environ.get(name)]
    if missing:
        raise pytest.UsageError(
            f'{", ".join(missing)} not set: run `make test`, or first eval "$(.venv/bin/python -m devstack status --env)".'
        )


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """Third-party samples beside the checkout; tests that read them are skipped where they are not there."""
    if not SHARED_DATA.is_dir():
        pytest.skip(f"real samples are not on this machine (looked for {SHARED_DATA.name} beside the checkout)")
    return SHARED_DATA


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker) -> Iterator[None]:
    """The test database holds our own vocabularies, as every installation does."""
    from catalogus.services.seed import load_seed

    with django_db_blocker.unblock():
        load_seed()
    yield
