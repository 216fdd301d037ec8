"""An SRU request, read and checked."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from ingest.demo.diagnostics import Diagnostic
from ingest.demo.eck import DEFAULT_SCHEMA, SCHEMAS
from ingest.demo.indexes import Index, index_named

VERSION: Final = "1.2"
MAX_PAGE: Final = 100
DEFAULT_PAGE: Final = 10
_DEFAULT_VALUES: Final = 10
_MAX_DIGITS: Final = 12

_KNOWN: Final = frozenset(
    {
        "operation", "version", "query", "startRecord", "maximumRecords", "recordPacking", "recordSchema",
        "recordXPath", "resultSetTTL", "sortKeys", "stylesheet", "extraRequestData",
    }
)  # fmt: skip
_OPERATIONS: Final = frozenset({"explain", "searchRetrieve"})

Parameters = Mapping[str, Sequence[str]]


@dataclass(frozen=True, slots=True)
class Drilldown:
    """index: what is counted, under the name as asked for. limit: how many of its values."""

    name: str
    index: Index
    limit: int


@dataclass(frozen=True, slots=True)
class SearchRequest:
    """start counts from 1. drilldown_text: the parameter as it came, for the echo."""

    query: str
    start: int
    maximum: int
    schema: str
    extra_schemas: tuple[str, ...]
    drilldown_text: str
    drilldowns: tuple[Drilldown, ...]


def read_operation(parameters: Parameters) -> str:
    """ "explain" or "searchRetrieve"; parameters without an operation are a search, as for the real service.

    Raises Diagnostic 4, 5 or 8.
    """
    operation = _single(parameters, "operation", "searchRetrieve" if parameters else "explain")
    if operation not in _OPERATIONS:
        raise Diagnostic(4, operation)
    version = _single(parameters, "version", VERSION)
    if version != VERSION:
        raise Diagnostic(5, version)
    for name in parameters:
        if name not in _KNOWN and not name.startswith("x-"):
            raise Diagnostic(8, name)
    return operation


def read_search(parameters: Parameters) -> SearchRequest:
    """Raises Diagnostic 6, 7, 16, 66, 71 or 80."""
    query = _single(parameters, "query", "")
    if not query.strip():
        raise Diagnostic(7, "query")
    if _single(parameters, "sortKeys", ""):
        raise Diagnostic(80, "sortKeys")
    packing = _single(parameters, "recordPacking", "xml")
    if packing != "xml":
        raise Diagnostic(71, packing)
    drilldown_text = _single(parameters, "x-term-drilldown", "")
    return SearchRequest(
        query=query,
        start=_number(parameters, "startRecord", 1, lowest=1),
        maximum=min(_number(parameters, "maximumRecords", DEFAULT_PAGE, lowest=0), MAX_PAGE),
        schema=_schema(_single(parameters, "recordSchema", DEFAULT_SCHEMA)),
        extra_schemas=tuple(_schema(name) for text in parameters.get("x-recordSchema", ()) for name in text.split(",")),
        drilldown_text=drilldown_text,
        drilldowns=tuple(_drilldown(part) for part in drilldown_text.split(",") if part.strip()),
    )


def _single(parameters: Parameters, name: str, default: str) -> str:
    values = parameters.get(name)
    return values[-1] if values else default


def _number(parameters: Parameters, name: str, default: int, *, lowest: int) -> int:
    text = _single(parameters, name, str(default))
    if not (text.isascii() and text.isdigit() and len(text) <= _MAX_DIGITS) or int(text) < lowest:
        raise Diagnostic(6, f"{name}={text}")
    return int(text)


def _schema(name: str) -> str:
    if name not in SCHEMAS:
        raise Diagnostic(66, name)
    return name


def _drilldown(text: str) -> Drilldown:
    """ "Publisher:50" or "Medium"."""
    name, colon, count = text.strip().partition(":")
    if colon and not (count.isascii() and count.isdigit() and len(count) <= _MAX_DIGITS):
        raise Diagnostic(6, f"x-term-drilldown={text}")
    index = index_named(name)
    if not index.can_drill_down:
        raise Diagnostic(16, name)
    return Drilldown(name, index, int(count) if colon else _DEFAULT_VALUES)
