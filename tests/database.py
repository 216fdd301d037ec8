"""The database of this test run: where it is, and how it comes to hold what it held before any test.

Django empties it after a test with real transactions by one TRUNCATE of all tables, makes its permissions and
content types anew, and our vocabularies had to be read in again: 0.9 s of processor time a test. Here what was at first
stands beside it in a schema of its own; what differs from that is taken back, in 0.06 s.
"""

from urllib.parse import quote

from django.db import connection, transaction

_KEPT = "before_any_test"

_COLUMNS = """
SELECT string_agg(quote_ident(column_name), ', ' ORDER BY ordinal_position) FROM information_schema.columns
WHERE table_schema = 'public' AND table_name = %s AND is_generated = 'NEVER'
"""
_GUARDED = """
SELECT DISTINCT tgrelid::regclass::text FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid
WHERE NOT tgisinternal AND relnamespace = 'public'::regnamespace ORDER BY 1
"""
# Each row has a key, so two tables with as many rows of which none is missing in the other are alike.
_TAKE_BACK = """
IF (SELECT count(*) FROM public.{table}) <> (SELECT count(*) FROM {kept}.{table})
OR EXISTS (SELECT {columns} FROM public.{table} EXCEPT SELECT {columns} FROM {kept}.{table}) THEN
    DELETE FROM public.{table};
    INSERT INTO public.{table} ({columns}) SELECT {columns} FROM {kept}.{table};
END IF;
"""


def database_url() -> str:
    """The address of the test database, as DATABASE_URL has it."""
    found = connection.settings_dict
    person = f"{quote(found['USER'])}:{quote(found['PASSWORD'] or '')}"
    return f"postgres://{person}@{found['HOST']}:{found['PORT']}/{found['NAME']}"


def end_other_sessions() -> None:
    """A thread that served pages may leave its session open, and a database in use cannot be dropped."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )


class TableKeeper:
    """Remembers every table as it stands when this is made, and brings them all back to that."""

    def __init__(self) -> None:
        tables = [connection.ops.quote_name(name) for name in connection.introspection.table_names()]
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"DROP SCHEMA IF EXISTS {_KEPT} CASCADE")
            cursor.execute(f"CREATE SCHEMA {_KEPT}")
            parts = []
            for table in tables:
                cursor.execute(_COLUMNS, [table.strip('"')])
                (columns,) = cursor.fetchone()
                cursor.execute(f"CREATE TABLE {_KEPT}.{table} AS SELECT {columns} FROM public.{table}")
                parts.append(_TAKE_BACK.format(table=table, kept=_KEPT, columns=columns))
        # Some tables refuse to be changed, by triggers of ours; this is no change but the state before any.
        with connection.cursor() as cursor:
            cursor.execute(_GUARDED)
            guarded = [table for (table,) in cursor.fetchall()]
        off = "".join(f"ALTER TABLE {table} DISABLE TRIGGER USER;" for table in guarded)
        on = "".join(f"ALTER TABLE {table} ENABLE TRIGGER USER;" for table in guarded)
        # The lock waits for whoever still writes, as TRUNCATE would; then no row of theirs comes after.
        self._restore = (
            f"LOCK TABLE {', '.join(tables)} IN SHARE ROW EXCLUSIVE MODE;"
            f"{off} SET CONSTRAINTS ALL DEFERRED; DO $restore$ BEGIN {''.join(parts)} END $restore$;"
            f"SET CONSTRAINTS ALL IMMEDIATE; {on}"
        )

    def restore(self) -> None:
        """Every table holds what it held; the numbers of sequences go on."""
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(self._restore)
