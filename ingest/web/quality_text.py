"""How the numbers of quality read."""

from decimal import Decimal

from django.utils import formats

MINUS = "\u2212"

LONGEST_TITLE = 60
LONGEST_VALUE = 80
"""What recognises a record or a value; the download holds them whole."""


def percent(thousandths: int) -> str:
    """ "72,1%" in Dutch and "72.1%" in English."""
    return f"{formats.number_format(Decimal(thousandths) / 10, 1)}%"


def change(thousandths: int) -> str:
    """In percentage points, with its sign: "+1,2", "−0,3" (a minus sign, no hyphen); empty for none."""
    if not thousandths:
        return ""
    return f"{'+' if thousandths > 0 else MINUS}{formats.number_format(Decimal(abs(thousandths)) / 10, 1)}"


def cut(text: str, length: int) -> str:
    """The text on one line, with an ellipsis where it is longer."""
    line = " ".join(text.split())
    return line if len(line) <= length else f"{line[: length - 1].rstrip()}…"
