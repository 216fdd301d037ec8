"""The planner's statistics, brought up to date where many rows were written and the next question comes at once."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from django.db import connection, transaction
from django.db.models import Model


def analyze(*models: type[Model]) -> None:
    """Count these tables anew; a second at most, whatever their size, for a sample is read.

    The server does so by itself, but up to a minute later, and until then a join of tables that were empty is planned
    as if they still were. Source: PostgreSQL, chapter "Populating a Database", "Run ANALYZE Afterwards".
    """
    _analyze(model._meta.db_table for model in models)


def analyze_changed(*models: type[Model]) -> None:
    """Count anew those of these tables that the server would as well, had it had the minute: a tenth has changed."""
    with connection.cursor() as cursor:
        cursor.execute(_CHANGED, [[model._meta.db_table for model in models]])
        changed = [name for (name,) in cursor.fetchall()]
    _analyze(changed)


@contextmanager
def hashing_joins() -> Iterator[None]:
    """For statements that read whole tables: join by hashing, whatever the planner believes of the tables' sizes.

    Statistics may be older than what this very transaction wrote; a loop over "empty" tables then takes hours.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_nestloop = off")
        yield
        cursor.execute("SET LOCAL enable_nestloop = on")


# The server's own rule, and tables that it has never counted.
_CHANGED = """
SELECT relname FROM pg_stat_user_tables
WHERE relname = ANY(%s) AND (
    COALESCE(last_analyze, last_autoanalyze) IS NULL OR n_mod_since_analyze > 50 + n_live_tup / 10
)
"""


def _analyze(tables: Iterable[str]) -> None:
    with connection.cursor() as cursor:
        for table in tables:
            cursor.execute(f"ANALYZE {connection.ops.quote_name(table)}")
