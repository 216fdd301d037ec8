"""An SRU 1.2 client as the Koppelpunt needs it (Library of Congress, SRU 1.2, searchRetrieve and diagnostics).

One request at a time, with time-outs and back-off; a fault that may pass is tried again, any other ends the pass.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import count

import stamina
from django.utils.translation import gettext as _
from lxml import etree

from catalogus.exceptions import FetchError, FetchFailed, ResponseTooLarge
from catalogus.http import Fetched, Fetcher
from ingest.exceptions import BadAnswer, SourceError
from ingest.koppelpunt.xml import canonical, child, children, local_name, parse, text_of

MAX_PAGE = 100
"""The Koppelpunt gives at most this many records in one answer."""

MAX_ANSWER_BYTES = 50_000_000
"""A hundred records of the real feed are 400 kB; a hundred times that is no answer but an attack or a fault."""

POSITION_OUT_OF_RANGE = "61"
"""SRU diagnostic 61, "First record position out of range"."""


@dataclass(frozen=True, slots=True)
class RawRecord:
    """A record as it was sent: the bytes of its Entry. fault says why it cannot be read, empty where it can."""

    identifier: str
    schema: str
    payload: bytes
    entry: etree._Element | None = None
    fault: str = ""


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """info:srw/diagnostic/1/61 -> code "61"."""

    code: str
    message: str

    def __str__(self) -> str:
        return f"{self.code}: {self.message}"


@dataclass(frozen=True, slots=True)
class SruAnswer:
    """One answer. total counts the whole result; drilldown maps an index to its values and their counts.

    content_type: as the server named it, empty where it rightly said XML.
    """

    total: int
    records: tuple[RawRecord, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()
    drilldown: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    content_type: str = ""

    @property
    def is_out_of_range(self) -> bool:
        return any(diagnostic.code == POSITION_OUT_OF_RANGE for diagnostic in self.diagnostics)


class SruClient:
    """Asks one server. fetcher is kept open by the caller."""

    def __init__(self, url: str, schema: str, fetcher: Fetcher, *, attempts: int = 5) -> None:
        self._url = url
        self._schema = schema
        self._fetcher = fetcher
        self._attempts = attempts

    def search(
        self, query: str, *, start: int = 1, maximum: int = MAX_PAGE, drilldown: str = "", attempts: int | None = None
    ) -> SruAnswer:
        """Records `start` to `start + maximum - 1` of a CQL query; drilldown as "Publisher:50,Medium".

        Raises BadAnswer for what is no SRU answer or too large a one, SourceError for any diagnostic but "out of range"
        (the real service sends its last page along with that one), and where the server stays away after so many tries.
        """
        parameters = {
            "operation": "searchRetrieve",
            "version": "1.2",
            "query": query,
            "startRecord": str(start),
            "maximumRecords": str(maximum),
            "recordSchema": self._schema,
            "recordPacking": "xml",
        }
        if drilldown:
            parameters["x-term-drilldown"] = drilldown
        fetched = self._fetch(parameters, attempts or self._attempts)
        try:
            answer = read_answer(fetched.body)
        except SourceError as error:
            raise BadAnswer(_what_came(fetched, error)) from error
        if answer.diagnostics and not answer.is_out_of_range:
            raise SourceError(f"{self._url}: {answer.diagnostics[0]} ({query})")
        return answer if _is_xml(fetched.content_type) else replace(answer, content_type=fetched.content_type or "-")

    def _fetch(self, parameters: Mapping[str, str], attempts: int) -> Fetched:
        try:
            for attempt in stamina.retry_context(
                on=FetchFailed, attempts=attempts, timeout=300, wait_initial=0.5, wait_max=30
            ):
                with attempt:
                    return self._fetcher.get(self._url, parameters)
        except ResponseTooLarge as error:
            raise BadAnswer(str(error)) from error
        except FetchError as error:
            raise SourceError(str(error)) from error
        raise AssertionError("unreachable: the last attempt returns or raises")


def _is_xml(content_type: str) -> bool:
    """Source: RFC 7303, clause 4."""
    media_type = content_type.partition(";")[0].strip().lower()
    return media_type in {"text/xml", "application/xml"} or media_type.endswith("+xml")


def _what_came(fetched: Fetched, error: SourceError) -> str:
    """What is wrong with an answer, with what it seems to be where that is no XML at all."""
    if _is_xml(fetched.content_type):
        return str(error)
    return _("%(error)s (het antwoord noemt zich %(type)s)") % {
        "error": error,
        "type": fetched.content_type[:80] or "-",
    }


def read_answer(body: bytes) -> SruAnswer:
    """Read a searchRetrieveResponse. A record that is not well-formed costs itself, not its page.

    Raises SourceError where the envelope itself cannot be read.
    """
    try:
        root = parse(body)
    except SourceError:
        return _read_pieces(body)
    records = child(root, "records")
    return _answer(root, () if records is None else tuple(map(_record, children(records, "record"), count(1))))


def _answer(root: etree._Element, records: tuple[RawRecord, ...]) -> SruAnswer:
    if local_name(root) != "searchRetrieveResponse":
        raise SourceError(_("Het antwoord is geen SRU-antwoord maar <%(name)s>.") % {"name": local_name(root)[:80]})
    diagnostics = tuple(_diagnostics(root))
    total = text_of(child(root, "numberOfRecords"))
    if not _is_count(total):
        if not diagnostics:
            raise SourceError(_("numberOfRecords is “%(value)s”; dat is geen heel getal.") % {"value": total[:80]})
        total = "0"
    return SruAnswer(int(total), records, diagnostics, _drilldown(root))


def _is_count(text: str) -> bool:
    """Whether this is a number of records: more digits than a trillion has are no count of anything."""
    return text.isascii() and text.isdigit() and len(text) <= 12


def _record(record: etree._Element, place: int) -> RawRecord:
    data = child(record, "recordData")
    entry = next((element for element in data if local_name(element)), None) if data is not None else None
    identifier = text_of(child(record, "recordIdentifier"))
    schema = text_of(child(record, "recordSchema"))
    if entry is None:
        return RawRecord(
            identifier,
            schema,
            etree.tostring(record),
            fault=_("record %(place)d heeft geen recordData") % {"place": place},
        )
    try:
        return RawRecord(identifier, schema, canonical(entry), entry)
    except SourceError as error:
        return RawRecord(identifier, schema, etree.tostring(entry), fault=str(error))


def _diagnostics(root: etree._Element) -> Iterator[Diagnostic]:
    for found in root.iter("{*}diagnostic"):
        uri, details = text_of(child(found, "uri")), text_of(child(found, "details"))
        message = text_of(child(found, "message"))
        yield Diagnostic(uri.rpartition("/")[2], f"{message} {details}".strip())


def _drilldown(root: etree._Element) -> dict[str, dict[str, int]]:
    return {
        navigator.get("name", ""): {
            text_of(item): int(item.get("count", ""))
            for item in children(navigator, "item")
            if text_of(item) and _is_count(item.get("count", ""))
        }
        for navigator in root.iter("{*}navigator")
    }


# --- Answers that are not well-formed -----------------------------------------------------------------------------

# Each of these goes over the bytes once, whatever they are: a broken answer may be made to be slow.
_RECORD = re.compile(rb"<((?:[\w.-]{1,80}:)?)record[\s>]")
_MOST_PREFIXES = 4
"""An answer writes its records with one prefix for their namespace."""

_IDENTIFIER = re.compile(rb"<(?:[\w.-]+:)?recordIdentifier\s*>([^<]*)<")
_CONTROLS = re.compile(r"[\x00-\x1f\x7f]")
_DECLARATION = re.compile(rb"\s*(<\?xml[^<>]{0,200}\?>)")
_ROOT = re.compile(rb"<((?:[\w.-]+:)?searchRetrieveResponse)[^<>]*>")


def _read_pieces(body: bytes) -> SruAnswer:
    """Read the envelope without its records, then each record by itself under the envelope's declarations."""
    opening = _ROOT.search(body)
    if opening is None:
        raise SourceError(_("Het antwoord is geen goede XML en geen SRU-antwoord."))
    found = _DECLARATION.match(body)
    declaration = found.group(1) if found else b""
    # What stands before the root, such as a document type with entities, is nobody's record.
    pieces, envelope = _cut(body[opening.start() :])
    answer = _answer(parse(declaration + envelope), ())
    before, closing = declaration + opening.group(), b"</" + opening.group(1) + b">"
    records = tuple(_piece(before + piece + closing, piece, place) for place, piece in enumerate(pieces, 1))
    return SruAnswer(answer.total, records, answer.diagnostics, answer.drilldown)


def _cut(body: bytes) -> tuple[list[bytes], bytes]:
    """Records as they stand, and what is around them."""
    pieces, around = [], []
    closings: dict[bytes, re.Pattern[bytes] | None] = {}
    end = 0
    position = 0
    while opening := _RECORD.search(body, position):
        prefix = opening.group(1)
        if prefix not in closings:
            is_one_of_few = len(closings) < _MOST_PREFIXES
            closings[prefix] = re.compile(b"</" + re.escape(prefix) + rb"record\s*>") if is_one_of_few else None
        closing = closings[prefix]
        closed = closing.search(body, opening.end()) if closing else None
        if closed is None:
            closings[prefix] = None  # There is none further on either.
            position = opening.end()
            continue
        around.append(body[end : opening.start()])
        pieces.append(body[opening.start() : closed.end()])
        end = position = closed.end()
    return pieces, b"".join((*around, body[end:]))


def _piece(document: bytes, piece: bytes, place: int) -> RawRecord:
    try:
        return _record(parse(document)[0], place)
    except SourceError as error:
        found = _IDENTIFIER.search(piece)
        # Bytes that no XML may hold may stand here.
        identifier = _CONTROLS.sub("", found.group(1).decode("utf-8", "replace")).strip() if found else ""
        return RawRecord(identifier, "", piece, fault=str(error))
