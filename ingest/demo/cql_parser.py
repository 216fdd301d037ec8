"""CQL text into a tree, by the library `cql`, without what that writes to the log about other people's mistakes."""

from threading import local
from typing import Any, Final, cast

from cql.lexer import CQLLexer, CQLLexerError
from cql.parser import CQLBoolean, CQLParser12, CQLParserError, CQLSearchClause, CQLTriple

from ingest.demo.diagnostics import Diagnostic

Node = CQLTriple | CQLSearchClause
"""What a query consists of: two sides with an operator, or one clause of index, relation and term."""

_MAX_LENGTH: Final = 8_000
"""Characters; a harvester's longest query has a few hundred."""

_parsers = local()


class _Lexer(CQLLexer):
    def t_error(self, tok: Any) -> None:
        raise CQLLexerError(f"illegal character {tok.value[0]!r}")


class _Parser(CQLParser12):
    def p_error(self, p: Any) -> None:
        raise CQLParserError("unexpected end of query" if p is None else f"unexpected {p.value!r}")


def parse(query: str) -> Node:
    """Raises Diagnostic 10 for what is no CQL, 48 and 80 for parts of CQL that no index answers."""
    if len(query) > _MAX_LENGTH:
        raise Diagnostic(10, f"query of {len(query)} characters")
    try:
        tree = _parser().parse(query)
    except (CQLParserError, CQLLexerError) as error:
        raise Diagnostic(10, str(error.args[0])) from None
    root = getattr(tree, "root", None)
    if not isinstance(root, CQLTriple | CQLSearchClause):
        raise Diagnostic(10, query)
    if getattr(root, "sortSpecs", None):
        raise Diagnostic(80, query)
    return root


def _parser() -> CQLParser12:
    """One for each thread: building costs fifty times what parsing does."""
    if not hasattr(_parsers, "parser"):
        lexer = _Lexer()
        lexer.build()
        parser = _Parser()
        # Its annotation names the inner lexer; what it uses is the outer one.
        parser.build(cast("Any", lexer))
        _parsers.parser = parser
    found: CQLParser12 = _parsers.parser
    return found


def operator_of(boolean: CQLBoolean) -> str:
    """ "and", "or" or "not". Raises Diagnostic 37 for "prox"."""
    value = str(boolean.value).lower()
    if value not in ("and", "or", "not") or boolean.modifiers:
        raise Diagnostic(37, boolean.toCQL())
    return value
