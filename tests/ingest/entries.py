"""Small invented records, as a source would send them."""

from xml.sax.saxutils import escape

from ingest.koppelpunt.sru import RawRecord, read_answer
from ingest.koppelpunt.xml import parse

NAMESPACE = "http://dt2.eck.nl/schema/catalogservice/v2.5.2"

DIAGNOSTIC = (
    "<srw:diagnostics><diag:diagnostic><diag:uri>info:srw/diagnostic/1/{code}</diag:uri>"
    "<diag:details>{details}</diag:details><diag:message>{message}</diag:message></diag:diagnostic></srw:diagnostics>"
)
"""The diagnostics of an answer; fill in code, details and message."""

NOT_STATED = frozenset({"no_product_id", "no_medium", "no_classification", "no_state", "no_modified_date"})
"""What is said of every record that states no more than it must: of no interest to a test of something else."""

LEAST = {"Title": "Vuurtoren rekenen leerboek 1", "Publisher": "Uitgeverij De Linde"}


def entry_xml(elements: dict[str, object] | None = None, *, without: tuple[str, ...] = ()) -> str:
    """An Entry with the least it needs and these elements; a list repeats one, a dict nests."""
    content = {name: value for name, value in (LEAST | (elements or {})).items() if name not in without}
    return f'<Entry xmlns="{NAMESPACE}">{_content(content)}</Entry>'


def _content(elements: dict[str, object]) -> str:
    return "".join(_element(name, value) for name, value in elements.items())


def _element(name: str, value: object) -> str:
    if isinstance(value, list):
        return "".join(_element(name, one) for one in value)
    inner = _content(value) if isinstance(value, dict) else escape(str(value))
    return f"<{name}>{inner}</{name}>"


def raw_record(identifier: str, elements: dict[str, object] | None = None, **options: tuple[str, ...]) -> RawRecord:
    return read_answer(answer_xml([record_xml(identifier, entry_xml(elements, **options))])).records[0]


def record_xml(identifier: str, entry: str) -> str:
    return (
        "<srw:record><srw:recordSchema>eckcs2.5.2</srw:recordSchema><srw:recordPacking>xml</srw:recordPacking>"
        f"<srw:recordIdentifier>{escape(identifier)}</srw:recordIdentifier>"
        f"<srw:recordData>{entry}</srw:recordData></srw:record>"
    )


def answer_xml(records: list[str], *, total: int | str | None = None, extra: str = "") -> bytes:
    """A searchRetrieveResponse; extra stands behind the records."""
    count = len(records) if total is None else total
    return (
        '<?xml version="1.0" encoding="UTF-8"?>'
        '<srw:searchRetrieveResponse xmlns:srw="http://www.loc.gov/zing/srw/"'
        ' xmlns:diag="http://www.loc.gov/zing/srw/diagnostic/"><srw:version>1.2</srw:version>'
        f"<srw:numberOfRecords>{count}</srw:numberOfRecords><srw:records>{''.join(records)}</srw:records>{extra}"
        "</srw:searchRetrieveResponse>"
    ).encode()


def entry_element(elements: dict[str, object] | None = None, **options: tuple[str, ...]):
    return parse(entry_xml(elements, **options).encode())
