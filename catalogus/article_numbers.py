"""Article numbers: EAN-13 (GS1 General Specifications, clause 7.9), in the forms in which sources write them."""

import re

from stdnum import ean as stdnum_ean

# An ISBN as printed has five parts, each set off by a hyphen or a space.
_PRINTED_ISBN = r"97[89](?:[- ][0-9]{1,7}){4}"
_WRITTEN_EAN = re.compile(rf"[0-9]{{13}}|{_PRINTED_ISBN}")
_EAN_WITHIN = re.compile(rf"(?<![0-9])(?:[0-9]{{13}}|{_PRINTED_ISBN})(?![0-9]|[- ][0-9])")
# Its check digit is right, and yet it is what forms put in an empty field: it would make one product of many.
_PLACEHOLDER = "0" * 13


def ean13(text: str) -> str | None:
    """The thirteen digits, if the text is an EAN and nothing else, with a right check digit; None otherwise.

    Hyphens and spaces are allowed where an ISBN is printed with them ("978-90-9505-307-8") and nowhere else: the number
    decides which records are one product, and digits that happen to lie in a row must not.
    """
    stripped = text.strip()
    if not _WRITTEN_EAN.fullmatch(stripped):
        return None
    number = stripped.replace("-", "").replace(" ", "")
    if len(number) != 13 or number == _PLACEHOLDER:
        return None
    return number if stdnum_ean.calc_check_digit(number[:12]) == number[12] else None


def ean_within(text: str) -> str | None:
    """The one EAN that stands somewhere in the text, None where there is none or more than one. For search only.

    "urn:linde:9789095053078" -> "9789095053078". The text may stand for a set of five, so it never merges products.
    """
    found = {number for match in _EAN_WITHIN.finditer(text) if (number := ean13(match.group()))}
    return found.pop() if len(found) == 1 else None
