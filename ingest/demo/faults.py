"""What a source does wrong, on demand: each fault is one function between a request and its reply.

A new fault is one function under @_fault, one field of Troubles with its name, and one option of the command.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from http import HTTPStatus
from typing import Final

from ingest.demo.requests import Parameters

XML: Final = "text/xml; charset=UTF-8"
PLAIN: Final = "text/plain; charset=UTF-8"
_HTML: Final = "text/html; charset=UTF-8"
_TOTAL: Final = re.compile(rb"(?<=<srw:numberOfRecords>)\d+")
_PAGE: Final = (
    b'<!DOCTYPE html>\n<html lang="nl"><head><title>Onderhoud</title></head>'
    b"<body><h1>Onderhoud</h1><p>Deze dienst is over enkele minuten weer bereikbaar.<br></body></html>\n"
)


@dataclass(frozen=True, slots=True)
class Reply:
    """What goes out over HTTP.

    records: the identifiers of the records in the body, by number, in their order. victim: the identifier of the one
    that a fault is to spoil, empty where there is none. stops_at: so many bytes of the body go out, then the connection
    is broken. seconds: how long the body takes. is_silent: nothing goes out, not even a status.
    """

    body: bytes = b""
    status: HTTPStatus = HTTPStatus.OK
    content_type: str = XML
    records: Mapping[int, str] = field(default_factory=dict)
    victim: str = ""
    stops_at: int | None = None
    seconds: float = 0.0
    is_silent: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Troubles:
    """What goes wrong. With a fault's name and _every: each n-th request meets that fault, 0 none.

    A fault that spoils a record takes the one in the middle of the page, and leaves an answer without records alone.
    delay_ms: how long every answer waits. broken_every: each n-th record, by number, is not well-formed.
    bad_records: number of a record -> fault; whichever page holds that record meets that fault, wherever it stands.
    slow_seconds, huge_megabytes, lie_by: how much of slow, huge and lie. Raises ValueError for a fault unknown.
    """

    delay_ms: int = 0
    silent_every: int = 0
    fail_every: int = 0
    error_every: int = 0
    cut_every: int = 0
    torn_every: int = 0
    slow_every: int = 0
    slow_seconds: int = 10
    html_every: int = 0
    mistyped_every: int = 0
    lie_every: int = 0
    lie_by: int = 1_000
    repeat_every: int = 0
    huge_every: int = 0
    huge_megabytes: int = 20
    not_utf8_every: int = 0
    duplicate_every: int = 0
    broken_every: int = 0
    bad_records: Mapping[int, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        unknown = sorted(set(self.bad_records.values()) - FAULTS.keys())
        if unknown:
            raise ValueError(f"no fault is called {', '.join(unknown)}: choose from {', '.join(sorted(FAULTS))}")

    def faults_of(self, request_number: int) -> list["Fault"]:
        """The faults that a request meets, the innermost first."""
        return [
            fault
            for name, fault in FAULTS.items()
            if name not in _BY_RECORD and (every := getattr(self, f"{name}_every")) and request_number % every == 0
        ]

    def fault_of_record(self, number: int) -> "Fault | None":
        if number in self.bad_records:
            return FAULTS[self.bad_records[number]]
        return broken if self.broken_every and number % self.broken_every == self.broken_every - 1 else None


Ask = Callable[[Parameters], Reply]
Fault = Callable[[Ask, Troubles, Parameters], Reply]
"""Asks on with the parameters, or with others, or not at all, and gives what comes of it."""

FAULTS: Final[dict[str, Fault]] = {}
"""By name, and so that what spoils the text comes before what spoils the way in which it is sent."""

_BY_RECORD: Final = frozenset({"broken"})
"""Their _every counts records, not requests."""


def with_faults(ask: Ask, troubles: Troubles, request_number: int) -> Ask:
    """`ask`, with all that goes wrong with this request and with the records that it finds."""
    asking: Ask = partial(_spoil_records, ask, troubles)
    for fault in troubles.faults_of(request_number):
        asking = partial(fault, asking, troubles)
    return asking


def _spoil_records(ask: Ask, troubles: Troubles, parameters: Parameters) -> Reply:
    reply = ask(parameters)
    middle = reply.victim
    for number, identifier in reply.records.items():
        fault = troubles.fault_of_record(number)
        if fault is not None:
            reply = fault(partial(_same, replace(reply, victim=identifier)), troubles, parameters)
    return replace(reply, victim=middle)


def _same(reply: Reply, _parameters: Parameters) -> Reply:
    return reply


def _fault(fault: Fault) -> Fault:
    FAULTS[fault.__name__] = fault
    return fault


# --- In the text ------------------------------------------------------------------------------------------------------


@_fault
def repeat(ask: Ask, _troubles: Troubles, parameters: Parameters) -> Reply:
    """The first page, whatever page is asked for. Of a bad record alone it makes nothing."""
    return ask({**parameters, "startRecord": ["1"]})


@_fault
def broken(ask: Ask, _troubles: Troubles, parameters: Parameters) -> Reply:
    """A reference to a control character: XML 1.0 forbids it, and publishers' databases are full of them."""
    return _with_text(ask(parameters), b"&#1;")


@_fault
def not_utf8(ask: Ask, _troubles: Troubles, parameters: Parameters) -> Reply:
    """Latin-1 in a document that calls itself UTF-8."""
    return _with_text(ask(parameters), " caf\u00e9 \u00e0 cr\u00e8me".encode("latin-1"))


@_fault
def huge(ask: Ask, troubles: Troubles, parameters: Parameters) -> Reply:
    """A title that fills so many megabytes."""
    return _with_text(ask(parameters), b" lang" * (troubles.huge_megabytes * 200_000))


@_fault
def duplicate(ask: Ask, _troubles: Troubles, parameters: Parameters) -> Reply:
    """A record under the identifier of the one beside it; a page of one record has none beside it."""
    reply = ask(parameters)
    if len(reply.records) < 2:
        return reply
    identifiers = list(reply.records.values())
    beside = identifiers[identifiers.index(reply.victim) - 1]
    return replace(reply, body=reply.body.replace(_marker(reply.victim), _marker(beside), 1))


@_fault
def lie(ask: Ask, troubles: Troubles, parameters: Parameters) -> Reply:
    """Another numberOfRecords than there are."""
    reply = ask(parameters)
    return replace(reply, body=_TOTAL.sub(partial(_other_total, troubles.lie_by), reply.body, count=1))


# --- In the way it is sent --------------------------------------------------------------------------------------------


@_fault
def cut(ask: Ask, _troubles: Troubles, parameters: Parameters) -> Reply:
    """The XML stops in the middle, and Content-Length agrees."""
    reply = ask(parameters)
    return replace(reply, body=reply.body[: _place(reply)])


@_fault
def torn(ask: Ask, _troubles: Troubles, parameters: Parameters) -> Reply:
    """The connection is broken in the middle of the body, of which Content-Length says the whole."""
    reply = ask(parameters)
    return replace(reply, stops_at=_place(reply))


@_fault
def slow(ask: Ask, troubles: Troubles, parameters: Parameters) -> Reply:
    """The body dribbles."""
    return replace(ask(parameters), seconds=troubles.slow_seconds)


@_fault
def mistyped(ask: Ask, _troubles: Troubles, parameters: Parameters) -> Reply:
    """Right XML that calls itself plain text."""
    return replace(ask(parameters), content_type=PLAIN)


# --- Instead of an answer ---------------------------------------------------------------------------------------------


@_fault
def html(_ask: Ask, _troubles: Troubles, _parameters: Parameters) -> Reply:
    """A page for people, as a proxy shows during maintenance, and a status that says all is well."""
    return Reply(_PAGE, content_type=_HTML)


@_fault
def error(_ask: Ask, _troubles: Troubles, _parameters: Parameters) -> Reply:
    return Reply(status=HTTPStatus.INTERNAL_SERVER_ERROR, content_type=PLAIN)


@_fault
def fail(_ask: Ask, _troubles: Troubles, _parameters: Parameters) -> Reply:
    return Reply(status=HTTPStatus.SERVICE_UNAVAILABLE, content_type=PLAIN)


@_fault
def silent(_ask: Ask, _troubles: Troubles, _parameters: Parameters) -> Reply:
    """Nothing, until the client goes away or the server stops."""
    return Reply(is_silent=True)


# --- Help -------------------------------------------------------------------------------------------------------------


def _marker(identifier: str) -> bytes:
    return f"<srw:recordIdentifier>{identifier}</srw:recordIdentifier>".encode()


def _place(reply: Reply) -> int:
    """Where the victim begins; the middle of an answer without records, or of which it is no longer part."""
    found = reply.body.find(_marker(reply.victim)) if reply.victim else -1
    return found if found >= 0 else len(reply.body) // 2


def _with_text(reply: Reply, text: bytes) -> Reply:
    """The text behind the victim's title, or behind its first id where the schema has no titles."""
    before, marker, record = reply.body.partition(_marker(reply.victim))
    for tag in (b"</Title>", b"</id>"):
        title, found, rest = record.partition(tag)
        if found and b"</srw:record>" not in title:
            return replace(reply, body=b"".join((before, marker, title, text, found, rest)))
    return reply


def _other_total(by: int, match: re.Match[bytes]) -> bytes:
    return str(max(0, int(match[0]) + by)).encode()
