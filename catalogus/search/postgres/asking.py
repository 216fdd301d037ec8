"""Ask the database something that may take too long, and give it up in time."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from django.db import OperationalError, connection, transaction
from django.utils.translation import gettext as _
from psycopg.errors import QueryCanceled

from catalogus.exceptions import SearchUnavailable
from catalogus.search.postgres.codes import numbers_read_once
from catalogus.search.postgres.sql import Sql, join

SEARCH_SECONDS = 3.0
"""Ten times what a search among 200,000 products takes; by then the person has gone, and others need the database."""

_SETTINGS = {
    # What a search of everything sorts and counts stays in memory.
    "work_mem": "64MB",
    # The tables of search are in memory, or on a disk that reads anywhere alike: an index pays sooner than by default,
    # by which words that many products have would be looked for in every text.
    "random_page_cost": "1.1",
    # Compiling a statement takes longer than most of these take to run.
    "jit": "off",
}


@contextmanager
def searching(*, seconds: float = SEARCH_SECONDS) -> Iterator[None]:
    """A block whose statements have what a search needs, and each of them so long at most. Raises SearchUnavailable."""
    settings = _SETTINGS | {"statement_timeout": f"{int(seconds * 1000)}ms"}
    try:
        is_within_another = connection.in_atomic_block
        with transaction.atomic():
            _set(settings)
            with numbers_read_once():
                yield
            if is_within_another:
                for name in settings:
                    ask(Sql(f"SET LOCAL {name} TO DEFAULT"))
    except OperationalError as error:
        if isinstance(error.__cause__, QueryCanceled):
            raise SearchUnavailable(
                _("De zoekvraag duurde te lang. Maak hem nauwer, of probeer het opnieuw.")
            ) from error
        raise


def ask(statement: Sql) -> list[tuple[Any, ...]]:
    """The rows of an answer."""
    with connection.cursor() as cursor:
        cursor.execute(statement.text, statement.params)  # type: ignore[arg-type]  # Whatever psycopg adapts.
        rows: list[tuple[Any, ...]] = cursor.fetchall() if cursor.description else []
        return rows


def _set(settings: Mapping[str, str]) -> None:
    """For this transaction alone, by one statement."""
    calls = join(", ", [Sql("set_config(%s, %s, true)", pair) for pair in settings.items()])
    ask(Sql(f"SELECT {calls.text}", calls.params))
