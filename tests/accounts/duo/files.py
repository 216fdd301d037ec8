"""Invented address files, in both generations of columns, as bytes and as files."""

from collections.abc import Sequence
from pathlib import Path

_OLD_CODES = ("BRIN NUMMER", "VESTIGINGSNUMMER")
_NEW_CODES = ("INSTELLINGSCODE", "VESTIGINGSCODE")
_REST = ("VESTIGINGSNAAM", "STRAATNAAM", "PLAATSNAAM")
OLD_HEAD = ("PROVINCIE", "BEVOEGD GEZAG NUMMER", *_OLD_CODES, *_REST)
NEW_HEAD = ("PROVINCIE", "BEVOEGD_GEZAG_CODE", *_NEW_CODES, *_REST)


def row(code: str, name: str = "De Kiezel", place: str = "KEIENDAM", *, board: str = "90001") -> tuple[str, ...]:
    """A row of the older files, which write the code of a location in full."""
    return ("Zuidwest", board, code[:4], code, name, "Keistraat", place)


def short_row(code: str, name: str = "De Kiezel", place: str = "KEIENDAM", *, board: str = "90001") -> tuple[str, ...]:
    """The same, with the last two digits of the location alone."""
    return ("Zuidwest", board, code[:4], code[4:], name, "Keistraat", place)


def text_of(head: Sequence[str], *rows: Sequence[str], separator: str = ";", quote: bool = False) -> str:
    def field(value: str) -> str:
        needs_quotes = quote or separator in value or '"' in value or "\n" in value
        return '"' + value.replace('"', '""') + '"' if needs_quotes else value

    return "".join(separator.join(map(field, each)) + "\r\n" for each in (head, *rows))


def write(folder: Path, *rows: Sequence[str], head: Sequence[str] = OLD_HEAD, name: str = "adressen.csv") -> Path:
    path = folder / name
    path.write_bytes(text_of(head, *rows).encode("cp1252"))
    return path
