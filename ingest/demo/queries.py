"""CQL queries into SQL conditions.

Supported: and, or, not; parentheses; =, ==, exact, <>, <, <=, >, >=, any, all; "*" for everything, for "the index has a
value" and at the end of a term for "begins with".
"""

from collections.abc import Callable, Iterable
from operator import ge, gt, le, lt
from typing import Final

from cql.parser import CQLSearchClause, CQLTriple

from ingest.demo.cql_parser import Node, operator_of, parse
from ingest.demo.diagnostics import Diagnostic
from ingest.demo.indexes import TITLE, Index, IndexKind, index_named
from ingest.demo.moments import utc_text
from ingest.demo.store import EVERYTHING, NOTHING, SEPARATOR, Condition
from ingest.demo.words import words_of

_EQUALS: Final = frozenset({"=", "==", "exact"})
_COMPARES: Final[dict[str, Callable[[str, str], bool]]] = {"<": lt, "<=": le, ">": gt, ">=": ge}
_RELATIONS: Final = _EQUALS | _COMPARES.keys() | {"<>", "any", "all"}

_MAX_DEPTH: Final = 100
_MAX_CLAUSES: Final = 400
"""SQLite takes expressions up to a thousand deep, and a clause may need two."""

_LAST_SIGN: Final = "\U0010ffff"


def condition_of(query: str, sector_sets: Iterable[str]) -> Condition:
    """The condition that a query stands for. sector_sets: all sets of sectors that records have.

    Raises Diagnostic 10, 16, 19, 20, 28, 37, 48 or 80.
    """
    return _Translation(tuple(sector_sets)).translate(parse(query), 0)


class _Translation:
    def __init__(self, sector_sets: tuple[str, ...]) -> None:
        self._sector_sets = sector_sets
        self._clauses = 0

    def translate(self, node: Node, depth: int) -> Condition:
        if depth > _MAX_DEPTH:
            raise Diagnostic(48, f"more than {_MAX_DEPTH} levels")
        if node.prefixes:
            raise Diagnostic(48, "prefix assignment")
        if isinstance(node, CQLSearchClause):
            self._clauses += 1
            if self._clauses > _MAX_CLAUSES:
                raise Diagnostic(48, f"more than {_MAX_CLAUSES} clauses")
            return self._clause(node)
        return self._triple(node, depth)

    def _triple(self, node: CQLTriple, depth: int) -> Condition:
        # "a or b or c" leans to the left as deep as it is long, so the left side is followed without recursion.
        sides = [(operator_of(node.operator), node.right)]
        left = node.left
        while isinstance(left, CQLTriple) and not left.prefixes:
            sides.append((operator_of(left.operator), left.right))
            left = left.left
        found = self.translate(left, depth + 1)
        last = ""
        for operator, right in reversed(sides):
            other = self.translate(right, depth + 1)
            joint = "AND NOT" if operator == "not" else operator.upper()
            # A run of one operator stays flat, for SQLite's parser has room for some thirty parentheses.
            start = found.sql if not last or last[:2] == joint[:2] else f"({found.sql})"
            found = Condition(f"{start} {joint} {other.sql}", found.values + other.values)
            last = joint
        return Condition(f"({found.sql})", found.values)

    def _clause(self, clause: CQLSearchClause) -> Condition:
        term = clause.term
        if clause.index is None or clause.relation is None:
            return EVERYTHING if term == "*" else _text(TITLE, "=", term)
        index = index_named(str(clause.index))
        relation = str(clause.relation.comparitor).lower()
        if relation not in _RELATIONS:
            raise Diagnostic(19, relation)
        if clause.relation.modifiers:
            raise Diagnostic(20, clause.relation.toCQL())
        if term == "*" and relation in _EQUALS:
            return EVERYTHING if index.name == "cql.serverChoice" else Condition(f"{index.column} <> ''")
        if index.kind is IndexKind.SET:
            return self._set(index, relation, term)
        return _BY_KIND[index.kind](index, relation, term)

    def _set(self, index: Index, relation: str, term: str) -> Condition:
        """Records whose set of values satisfies the relation. There are few sets, so they are looked through here."""
        matches = _set_test(relation, term)
        sets = [joined for joined in self._sector_sets if matches(joined.split(SEPARATOR))]
        if not sets:
            return NOTHING
        return Condition(f"{index.column} IN ({', '.join('?' * len(sets))})", tuple(sets))


def _set_test(relation: str, term: str) -> Callable[[list[str]], bool]:
    if relation in _COMPARES:
        compare = _COMPARES[relation]
        return lambda values: any(compare(value, term) for value in values)
    if relation == "<>":
        return lambda values: term not in values
    if relation in ("any", "all"):
        wanted = term.split()
        quantify = any if relation == "any" else all
        return lambda values: bool(wanted) and quantify(word in values for word in wanted)
    text, is_prefix = _unmask(term)
    return lambda values: any(value.startswith(text) if is_prefix else value == text for value in values)


def _keyword(index: Index, relation: str, term: str) -> Condition:
    column = index.column
    if relation in _COMPARES:
        return Condition(f"({column} <> '' AND {column} {relation} ?)", (term,))
    if relation == "<>":
        return Condition(f"({column} <> '' AND {column} <> ?)", (term,))
    if relation in ("any", "all"):
        raise Diagnostic(19, f"{relation} ({index.name} holds whole values)")
    text, is_prefix = _unmask(term)
    if not text:
        return Condition(f"{column} <> ''") if is_prefix else NOTHING
    if is_prefix:
        return Condition(f"({column} >= ? AND {column} < ?)", (text, text + _LAST_SIGN))
    return Condition(f"{column} = ?", (text,))


def _moment(index: Index, relation: str, term: str) -> Condition:
    text, is_prefix = _unmask(term)
    # What is no moment is compared as it stands, as an index of texts does.
    return _keyword(index, relation, f"{text}*" if is_prefix else utc_text(text) or text)


def _text(index: Index, relation: str, term: str) -> Condition:
    if relation in _COMPARES or relation in ("==", "exact", "<>"):
        return _keyword(index, relation, term)
    text, is_prefix = _unmask(term)
    words = words_of(text)
    if not words:
        return NOTHING
    if relation == "=":
        return Condition(f"{index.words} LIKE ?", (f"% {' '.join(words)}{'' if is_prefix else ' '}%",))
    joint = " OR " if relation == "any" else " AND "
    return Condition(f"({joint.join([f'{index.words} LIKE ?'] * len(words))})", tuple(f"% {word} %" for word in words))


_BY_KIND: Final = {IndexKind.KEYWORD: _keyword, IndexKind.TEXT: _text, IndexKind.MOMENT: _moment}


def _unmask(term: str) -> tuple[str, bool]:
    """The term without the mask at its end, and whether there was one; a backslash before a sign makes it plain.

    Raises Diagnostic 28 for a mask at any other place.
    """
    text, mask = [], False
    signs = iter(term)
    for sign in signs:
        if mask:
            raise Diagnostic(28, term)
        if sign == "\\":
            text.append(next(signs, sign))
        elif sign == "*":
            mask = True
        else:
            text.append(sign)
    return "".join(text), mask
