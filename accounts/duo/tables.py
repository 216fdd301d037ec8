"""A file with separated fields, as DUO gives it or a spreadsheet saved it: columns, rows, and bad rows apart."""

import codecs
import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.utils.translation import gettext as _

from accounts.duo.refusals import Refusal
from accounts.exceptions import AddressFileRefused

MOST_BYTES = 64 * 1024 * 1024
"""The largest address file of DUO is about 3 MB."""

_SEPARATORS = (";", ",", "\t")
# str.splitlines also breaks at signs that may stand in a name.
_LINE_END = re.compile(r"\r\n|\n|\r")
_MOST_BREAKS = 5
"""As many line breaks may stand within one quoted field; an open quote spoils its own line alone, not all after it."""


@dataclass(frozen=True, slots=True)
class Row:
    """number: as a spreadsheet numbers it; the head is 1."""

    number: int
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    refusals: tuple[Refusal, ...]


def read_table(path: Path) -> Table:
    """Read a file with fields between `;`, `,` or tabs, in UTF-8 (with or without BOM) or Windows-1252.

    Raises AddressFileRefused for a file that is not there, not text, or has no head or no rows.
    """
    try:
        if path.stat().st_size > MOST_BYTES:
            raise AddressFileRefused(
                _("“%(file)s” is groter dan %(size)d MB. Dat is geen adresbestand; kijk of het de juiste is.")
                % {"file": path.name, "size": MOST_BYTES // 1024 // 1024}
            )
        data = path.read_bytes()
    except OSError as error:
        raise AddressFileRefused(
            _("“%(file)s” kan niet gelezen worden (%(reason)s). Kijk of het pad klopt en het bestand leesbaar is.")
            % {"file": path, "reason": error.strerror or error}
        ) from error
    return parse_table(data)


def parse_table(data: bytes) -> Table:
    """As read_table, from what stands in the file."""
    lines = _LINE_END.split(_decode(data).rstrip("\r\n"))
    skipped = 0
    separator = ""
    if lines and lines[0].lower().startswith("sep=") and len(lines[0]) == len("sep=;"):
        # Excel's own note about its separator.
        separator, skipped = lines[0][-1], 1
    while len(lines) > skipped and not lines[skipped].strip():
        skipped += 1
    if len(lines) == skipped:
        raise AddressFileRefused(_("Het bestand is leeg. Haal het opnieuw op bij DUO."))
    separator = separator or _separator(lines[skipped])
    records = _records(lines[skipped:], separator, skipped + 1)
    first = next(records)
    if isinstance(first, Refusal):
        raise AddressFileRefused(str(first))
    columns = tuple(name.strip() for name in _without_empty_end(first.values, 0))
    rows: list[Row] = []
    refusals: list[Refusal] = []
    for record in records:
        if isinstance(record, Refusal):
            refusals.append(record)
            continue
        values = _without_empty_end(record.values, len(columns))
        if not any(value.strip() for value in values):
            continue
        if len(values) != len(columns):
            refusals.append(_of_other_length(record.number, separator.join(values), len(values), len(columns)))
            continue
        rows.append(Row(record.number, values))
    if not rows and not refusals:
        raise AddressFileRefused(_("Het bestand heeft alleen een kop en geen rijen. Haal het opnieuw op bij DUO."))
    return Table(columns, tuple(rows), tuple(refusals))


def _decode(data: bytes) -> str:
    remedy = _("Sla het op als CSV (UTF-8), of neem het CSV-bestand zoals DUO het geeft.")
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) or b"\x00" in data:
        raise AddressFileRefused(_("Dit is geen tekstbestand in UTF-8 of Windows-1252.") + " " + remedy)
    if data.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        raise AddressFileRefused(_("Dit is een rekenblad of een zipbestand, geen CSV.") + " " + remedy)
    if data.startswith(b"%PDF"):
        raise AddressFileRefused(_("Dit is een pdf, geen CSV.") + " " + remedy)
    encodings = ["utf-8-sig"] if data.startswith(codecs.BOM_UTF8) else ["utf-8", "cp1252"]
    for encoding in encodings:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError as error:
            row = error.object.count(b"\n", 0, error.start) + 1  # Without the BOM, so is what it counts from.
    raise AddressFileRefused(
        _("Rij %(row)d heeft tekens die geen UTF-8 of Windows-1252 zijn.") % {"row": row} + " " + remedy
    )


def _separator(head: str) -> str:
    """The sign that parts the head into most fields."""

    def fields(separator: str) -> int:
        return len(next(csv.reader([head], delimiter=separator), []))

    return max(_SEPARATORS, key=fields)


def _records(lines: list[str], separator: str, first_number: int) -> Iterator[Row | Refusal]:
    place, number = 0, first_number
    while place < len(lines):
        values, taken = _record(lines, place, separator)
        if values is None:
            yield Refusal(
                number,
                _("rij"),
                lines[place],
                _("de aanhalingstekens kloppen niet. Zet er één voor en één na het veld, en verdubbel die erin."),
            )
        else:
            yield Row(number, values)
        place += taken
        number += 1


def _record(lines: list[str], place: int, separator: str) -> tuple[tuple[str, ...] | None, int]:
    """The fields that begin on this line and the number of lines they take; None and 1 where they cannot be read."""
    if '"' not in lines[place]:
        return tuple(lines[place].split(separator)), 1
    for taken in range(1, _MOST_BREAKS + 2):
        part = [f"{line}\n" for line in lines[place : place + taken]]
        try:
            found = list(csv.reader(part, delimiter=separator, strict=True))
        except csv.Error:
            continue
        if len(found) == 1:
            return tuple(found[0]), taken
    return None, 1


def _without_empty_end(values: tuple[str, ...], length: int) -> tuple[str, ...]:
    """Spreadsheets add empty fields behind the last column."""
    while len(values) > length and not values[-1].strip():
        values = values[:-1]
    return values


def _of_other_length(number: int, text: str, found: int, wanted: int) -> Refusal:
    remedy = _(
        "heeft %(found)d velden waar de kop er %(wanted)d heeft. Zet een veld met een scheidingsteken erin tussen"
        " aanhalingstekens."
    )
    return Refusal(number, _("rij"), text, remedy % {"found": found, "wanted": wanted})
