"""Pieces of SQL with the values that belong to them, put together without ever writing a value into the text."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Sql:
    """text: SQL with %s for each of params, in their order; a per cent sign that means itself is written twice."""

    text: str
    params: tuple[object, ...] = ()


NOTHING = Sql("")
TRUE = Sql("TRUE")
FALSE = Sql("FALSE")


def join(separator: str, pieces: Iterable[Sql]) -> Sql:
    """The pieces one after the other, with this text between them."""
    found = list(pieces)
    return Sql(separator.join(piece.text for piece in found), tuple(value for piece in found for value in piece.params))


def every(conditions: Iterable[Sql]) -> Sql:
    """All of them hold; without any, that is always so."""
    return _connected(" AND ", conditions, TRUE)


def either(conditions: Iterable[Sql]) -> Sql:
    """One of them holds; without any, that is never so."""
    return _connected(" OR ", conditions, FALSE)


def negated(condition: Sql) -> Sql:
    return Sql(f"NOT {condition.text}", condition.params)


def _connected(word: str, conditions: Iterable[Sql], empty: Sql) -> Sql:
    found = list(conditions)
    if len(found) < 2:
        return found[0] if found else empty
    connected = join(word, found)
    return Sql(f"({connected.text})", connected.params)
