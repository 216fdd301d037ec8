"""A table as an Excel workbook (ISO/IEC 29500), written while its rows are read.

A workbook is a ZIP of XML files, and a ZIP may be written without ever going back: `workbook_parts` gives the bytes as
they come, and holds one chunk of rows at a time. Texts stand in their own cells ("inlineStr"), for the list of shared
texts that Excel itself writes would have to be kept until the end. The directory of a ZIP is its last part: whatever
breaks off before it is opened by no program as if it were whole.
"""

import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from xml.sax.saxutils import escape, quoteattr

from catalogus.web.export.cells import Column, Kind, Row, Value

CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

MOST_ROWS = 1_048_576 - 1
"""Rows that a sheet of Excel can hold, the head not counted."""

_LONGEST_TEXT = 32_767
"""Characters that a cell of Excel can hold, in UTF-16 units; a longer text makes Excel call the file damaged."""

_NOT_XML = re.compile("[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]")
_LOOKS_ESCAPED = re.compile("_(?=x[0-9A-Fa-f]{4}_)")

_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"

_STYLE = {Kind.TEXT: 0, Kind.WHOLE: 0, Kind.MONEY: 2, Kind.DIGITS: 3, Kind.MEAN: 4}
_STYLE_OF_HEAD = 1
# numFmtId 4, 49 and 2 are Excel's own "#,##0.00", "@" (text) and "0.00", shown with the separators of the reader.
_STYLES = (
    f'<styleSheet xmlns="{_MAIN}"><fonts count="2"><font><sz val="11"/><name val="Calibri"/></font>'
    '<font><b/><sz val="11"/><name val="Calibri"/></font></fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>'
    '</fills><borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="5">'
    + "".join(
        f'<xf numFmtId="{number}" fontId="{font}" fillId="0" borderId="0" xfId="0"'
        f' applyNumberFormat="1" applyFont="1"/>'
        for number, font in ((0, 0), (0, 1), (4, 0), (49, 0), (2, 0))
    )
    + '</cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
)
_CONTENT_TYPES = (
    f'<Types xmlns="{_PACKAGE}/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    f'<Override PartName="/xl/workbook.xml" ContentType="{_TYPE}.sheet.main+xml"/>'
    f'<Override PartName="/xl/styles.xml" ContentType="{_TYPE}.styles+xml"/>'
    f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{_TYPE}.worksheet+xml"/></Types>'
)
_RELATIONS = (
    f'<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>'
)
_WORKBOOK_RELATIONS = (
    f'<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{_OFFICE}/worksheet" Target="worksheets/sheet1.xml"/>'
    f'<Relationship Id="rId2" Type="{_OFFICE}/styles" Target="styles.xml"/></Relationships>'
)


class _Sink:
    """A file that can only be written to, and is emptied as one goes."""

    def __init__(self) -> None:
        self._parts: list[bytes] = []

    def write(self, data: bytes) -> int:
        self._parts.append(bytes(data))
        return len(data)

    def flush(self) -> None:
        """Nothing is held back."""

    def close(self) -> None:
        """What was not taken yet stays to be taken."""

    def taken(self) -> bytes:
        parts, self._parts = self._parts, []
        return b"".join(parts)


def workbook_parts(sheet_name: str, columns: Sequence[Column], chunks: Iterable[Iterable[Row]]) -> Iterator[bytes]:
    """The bytes of a workbook with one sheet: a frozen head with filters on it, and the rows of the chunks.

    Each chunk of rows gives one part, so that memory holds one of them. Raises what reading the chunks raises, and then
    the bytes given so far are no workbook.
    """
    sink = _Sink()
    archive = zipfile.ZipFile(sink, "w", zipfile.ZIP_DEFLATED)
    for name, text in (
        ("[Content_Types].xml", _CONTENT_TYPES),
        ("_rels/.rels", _RELATIONS),
        ("xl/_rels/workbook.xml.rels", _WORKBOOK_RELATIONS),
        ("xl/workbook.xml", _workbook(sheet_name)),
        ("xl/styles.xml", _STYLES),
    ):
        with archive.open(name, "w") as entry:
            entry.write((_HEAD + text).encode())
    letters = [_letter(place) for place in range(len(columns))]
    last = 1
    sheet = archive.open("xl/worksheets/sheet1.xml", "w")
    sheet.write(_before_rows(columns, letters).encode())
    yield sink.taken()
    for chunk in chunks:
        lines = []
        for last, row in enumerate(chunk, last + 1):  # noqa: B020  The number goes on from chunk to chunk.
            lines.append(_row(last, row, columns, letters))
        sheet.write("".join(lines).encode())
        yield sink.taken()
    sheet.write(_after_rows(columns, letters, last).encode())
    sheet.close()
    archive.close()
    yield sink.taken()


def _workbook(sheet_name: str) -> str:
    return (
        f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>'
        f'<sheet name={quoteattr(sheet_name)} sheetId="1" r:id="rId1"/></sheets></workbook>'
    )


def _before_rows(columns: Sequence[Column], letters: Sequence[str]) -> str:
    widths = "".join(
        f'<col min="{place}" max="{place}" width="{column.width}" customWidth="1"/>'
        for place, column in enumerate(columns, 1)
    )
    heads = "".join(
        _text(f"{letter}1", column.head, _STYLE_OF_HEAD) for letter, column in zip(letters, columns, strict=True)
    )
    return (
        f'{_HEAD}<worksheet xmlns="{_MAIN}"><sheetViews><sheetView workbookViewId="0">'
        '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>'
        f'<cols>{widths}</cols><sheetData><row r="1">{heads}</row>'
    )


def _after_rows(columns: Sequence[Column], letters: Sequence[str], last: int) -> str:
    # Without this a green corner on each EAN offers to make it a number.
    digits = [letter for letter, column in zip(letters, columns, strict=True) if column.kind == Kind.DIGITS]
    ignored = "".join(f'<ignoredError sqref="{letter}1:{letter}{last}" numberStoredAsText="1"/>' for letter in digits)
    return (
        f'</sheetData><autoFilter ref="A1:{letters[-1]}{last}"/>'
        f"{f'<ignoredErrors>{ignored}</ignoredErrors>' if ignored else ''}</worksheet>"
    )


def _row(number: int, row: Row, columns: Sequence[Column], letters: Sequence[str]) -> str:
    cells = [
        _cell(f"{letter}{number}", value, _STYLE[column.kind])
        for value, column, letter in zip(row, columns, letters, strict=True)
        if value is not None and value != ""
    ]
    return f'<row r="{number}">{"".join(cells)}</row>'


def _cell(place: str, value: Value, style: int) -> str:
    if isinstance(value, (int, Decimal)):
        return f'<c r="{place}" s="{style}"><v>{value}</v></c>'
    return _text(place, value or "", style)


def _text(place: str, text: str, style: int) -> str:
    return f'<c r="{place}" s="{style}" t="inlineStr"><is><t xml:space="preserve">{_shown(text)}</t></is></c>'


def _shown(text: str) -> str:
    """The text as XML: without signs that XML has not, and "_x0041_", which Excel reads as "A", kept as it stands."""
    told = _LOOKS_ESCAPED.sub("_x005F_", _NOT_XML.sub("", text))
    if len(told) * 2 > _LONGEST_TEXT:
        told = _shortened(told)
    return escape(told)


def _shortened(text: str) -> str:
    units = text.encode("utf-16-le")
    if len(units) // 2 <= _LONGEST_TEXT:
        return text
    return units[: (_LONGEST_TEXT - 1) * 2].decode("utf-16-le", "ignore") + "…"


def _letter(place: int) -> str:
    """0 -> "A"; a table of ours has fewer columns than the alphabet has letters."""
    return chr(ord("A") + place)
