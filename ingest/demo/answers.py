"""SRU 1.2 answers as XML, in the namespaces, prefixes and order of the real service."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final
from xml.sax.saxutils import escape, quoteattr

from ingest.demo.diagnostics import Diagnostic
from ingest.demo.eck import SCHEMAS
from ingest.demo.indexes import NAMES
from ingest.demo.requests import DEFAULT_PAGE, MAX_PAGE, VERSION, SearchRequest

_HEAD: Final = '<?xml version="1.0" encoding="UTF-8"?>\n'
_NAMESPACES: Final = (
    'xmlns:srw="http://www.loc.gov/zing/srw/" xmlns:diag="http://www.loc.gov/zing/srw/diagnostic/"'
    ' xmlns:xcql="http://www.loc.gov/zing/cql/xcql/" xmlns:dc="http://purl.org/dc/elements/1.1/"'
    ' xmlns:meresco_srw="http://meresco.org/namespace/srw#"'
)
_DRILLDOWN: Final = (
    '<dd:drilldown xmlns:dd="http://meresco.org/namespace/drilldown"'
    ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'
    ' xsi:schemaLocation="http://meresco.org/namespace/drilldown'
    ' http://meresco.org/files/xsd/drilldown-20070730.xsd">'
)


@dataclass(frozen=True, slots=True)
class RecordXml:
    """data: the record in the schema asked for. extra: (schema, record in that schema) for each asked besides."""

    identifier: str
    data: str
    extra: Sequence[tuple[str, str]] = ()


@dataclass(frozen=True, slots=True)
class Times:
    """Seconds that went into the whole answer, into the query, and into the index alone."""

    handling: float
    query: float
    index: float


@dataclass(frozen=True, slots=True)
class Found:
    """total: how many records match. next_position: None where no further record can be reached."""

    total: int
    records: Sequence[RecordXml]
    next_position: int | None
    navigators: Sequence[tuple[str, Sequence[tuple[str, int]]]]
    diagnostic: Diagnostic | None
    times: Times


def search_answer(request: SearchRequest, found: Found) -> bytes:
    return _response(
        (
            _tag("version", VERSION),
            _tag("numberOfRecords", str(found.total)),
            *_records(request.schema, found.records),
            _tag("nextRecordPosition", str(found.next_position)) if found.next_position is not None else "",
            *_echo(request),
            _diagnostics(found.diagnostic) if found.diagnostic is not None else "",
            "<srw:extraResponseData>",
            *_navigators(found.navigators),
            '<querytimes xmlns="http://meresco.org/namespace/timing">',
            f"<sruHandling>{_seconds(found.times.handling)}</sruHandling>",
            f"<sruQueryTime>{_seconds(found.times.query)}</sruQueryTime>",
            f"<index>{_seconds(found.times.index)}</index></querytimes></srw:extraResponseData>",
        )
    )


def fault_answer(diagnostic: Diagnostic) -> bytes:
    """The answer to a request that cannot be carried out at all."""
    return _response((_tag("version", VERSION), _tag("numberOfRecords", "0"), _diagnostics(diagnostic)))


def explain_answer(host: str, port: int) -> bytes:
    """What the server can do (ZeeRex, http://explain.z3950.org/dtd/2.0/), in short."""
    indexes = "".join(f"<index><title>{name}</title><map><name>{name}</name></map></index>" for name in NAMES)
    schemas = "".join(f'<schema name="{name}"><title>{name}</title></schema>' for name in SCHEMAS)
    body = (
        f"<srw:explainResponse {_NAMESPACES}>{_tag('version', VERSION)}<srw:record>"
        f"{_tag('recordSchema', 'http://explain.z3950.org/dtd/2.0/')}{_tag('recordPacking', 'xml')}<srw:recordData>"
        '<explain xmlns="http://explain.z3950.org/dtd/2.0/">'
        f'<serverInfo protocol="SRU" version="{VERSION}"><host>{escape(host)}</host><port>{port}</port>'
        "<database>sru</database></serverInfo>"
        "<databaseInfo><title>Demonstratie-Koppelpunt met een verzonnen catalogus</title></databaseInfo>"
        f"<indexInfo>{indexes}</indexInfo><schemaInfo>{schemas}</schemaInfo>"
        f'<configInfo><default type="numberOfRecords">{DEFAULT_PAGE}</default>'
        f'<setting type="maximumRecords">{MAX_PAGE}</setting></configInfo></explain>'
        "</srw:recordData></srw:record></srw:explainResponse>"
    )
    return (_HEAD + body).encode()


def _response(parts: Iterable[str]) -> bytes:
    return f"{_HEAD}<srw:searchRetrieveResponse {_NAMESPACES}>{''.join(parts)}</srw:searchRetrieveResponse>".encode()


def _records(schema: str, records: Sequence[RecordXml]) -> Iterator[str]:
    if not records:
        return
    yield "<srw:records>"
    for record in records:
        yield f"<srw:record>{_tag('recordSchema', schema)}{_tag('recordPacking', 'xml')}"
        yield _tag("recordIdentifier", record.identifier)
        yield f"<srw:recordData>{record.data}</srw:recordData>"
        if record.extra:
            yield "<srw:extraRecordData>"
            for name, data in record.extra:
                yield f"<recordData recordSchema={quoteattr(name)}>{data}</recordData>"
            yield "</srw:extraRecordData>"
        yield "</srw:record>"
    yield "</srw:records>"


def _echo(request: SearchRequest) -> Iterator[str]:
    yield f"<srw:echoedSearchRetrieveRequest>{_tag('version', VERSION)}{_tag('query', request.query)}"
    yield _tag("startRecord", str(request.start))
    yield _tag("maximumRecords", str(request.maximum))
    yield f"{_tag('recordPacking', 'xml')}{_tag('recordSchema', request.schema)}"
    for name in request.extra_schemas:
        yield _tag("x-recordSchema", name)
    if request.drilldown_text:
        yield f"<srw:extraRequestData>{_DRILLDOWN}<dd:term-drilldown>{escape(request.drilldown_text)}"
        yield "</dd:term-drilldown></dd:drilldown></srw:extraRequestData>"
    yield "</srw:echoedSearchRetrieveRequest>"


def _navigators(navigators: Sequence[tuple[str, Sequence[tuple[str, int]]]]) -> Iterator[str]:
    if not navigators:
        return
    yield f"{_DRILLDOWN}<dd:term-drilldown>"
    for name, values in navigators:
        yield f"<dd:navigator name={quoteattr(name)}>"
        for value, count in values:
            yield f'<dd:item count="{count}">{escape(value)}</dd:item>'
        yield "</dd:navigator>"
    yield "</dd:term-drilldown></dd:drilldown>"


def _diagnostics(diagnostic: Diagnostic) -> str:
    return (
        '<srw:diagnostics><diagnostic xmlns="http://www.loc.gov/zing/srw/diagnostic/">'
        f"<uri>info:srw/diagnostic/1/{diagnostic.code}</uri><details>{escape(_printable(diagnostic.details))}</details>"
        f"<message>{diagnostic.message}</message></diagnostic></srw:diagnostics>"
    )


def _tag(name: str, text: str) -> str:
    return f"<srw:{name}>{escape(_printable(text))}</srw:{name}>"


def _printable(text: str) -> str:
    """Without the signs that XML forbids, for what comes from a request may hold any."""
    if text.isprintable():
        return text
    return "".join(sign for sign in text if sign.isprintable() or sign in "\t\n\r")


def _seconds(seconds: float) -> str:
    """An xs:duration to the millisecond: 0.0098 -> "PT0.010S"."""
    return f"PT{seconds:.3f}S"
