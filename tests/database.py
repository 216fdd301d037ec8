"""The database of this test run, for programs that a test starts."""

from urllib.parse import quote

from django.db import connection


def database_url() -> str:
    """The address of the test database, as DATABASE_URL has it."""
    found = connection.settings_dict
    person = f"{quote(found['USER'])}:{quote(found['PASSWORD'] or '')}"
    return f"postgres://{person}@{found['HOST']}:{found['PORT']}/{found['NAME']}"
