"""Search in the database: the meaning of the engine, with less knowledge of words; docs/search.md says what less."""

from catalogus.search.postgres.backend import PostgresBackend

__all__ = ["PostgresBackend"]
