"""Article numbers: EAN-13 (GS1 General Specifications, clause 7.9), in the forms in which sources write them."""

import re
from dataclasses import dataclass

from stdnum import ean as stdnum_ean
from stdnum import isbn as stdnum_isbn

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


def isbn_of(ean: str | None) -> str:
    """The EAN itself where it is an ISBN, else "": GS1 gave 978 and 979 to books, but 9790 to sheet music."""
    return ean if ean and ean.startswith(("978", "979")) and not ean.startswith("9790") else ""


def ean_within(text: str) -> str | None:
    """The one EAN that stands somewhere in the text, None where there is none or more than one. For search only.

    "urn:linde:9789095053078" -> "9789095053078". The text may stand for a set of five, so it never merges products.
    """
    found = {number for match in _EAN_WITHIN.finditer(text) if (number := ean13(match.group()))}
    return found.pop() if len(found) == 1 else None


# Signs that people and printers put between the digits; never two in a row, so that "9 - 12" is no number.
_HYPHENS = ".\u2010-\u2015\u2212-"
# "ISBN", "ISBN-13:", "EAN code ", "urn:isbn:" in front belong to the number.
_LABELLED_DIGITS = re.compile(
    rf"""
    (?<![^\W_])
    (?P<label>(?:urn:)?(?:isbn|ean)(?:[ -]?(?:code|nummer|nr\.?|1[03](?=[: ])))?\ ?:?\ ?)?
    (?P<digits>[0-9](?:[ {_HYPHENS}]?[0-9])*(?:[ {_HYPHENS}]?x(?![^\W_]))?)
    """,
    re.IGNORECASE | re.VERBOSE,
)
_PARTS_OF_ISBN_10 = 4
# A barcode is printed with its digits in three groups: "8 712345 678906".
_GROUPS_UNDER_A_BARCODE = [1, 6, 6]


@dataclass(frozen=True, slots=True)
class TypedNumber:
    """An article number in a text, in thirteen digits; text[start:end] is what was typed, its label included."""

    ean: str
    start: int
    end: int


def typed_number(text: str) -> TypedNumber | None:
    """The first EAN or ISBN in what somebody typed, in any notation; None where there is none. For search only.

    "ISBN: 978 90.9505-307.8" -> "9789095053078"; "90-9505-307-5" -> the ISBN-13 of that ISBN-10. A number with a wrong
    check digit is none. Looser than `ean13`, which decides what is one product.
    """
    for match in _LABELLED_DIGITS.finditer(text):
        if found := _number_among(text, match):
            return found
    return None


def _number_among(text: str, match: re.Match[str]) -> TypedNumber | None:
    """The first number that one piece between spaces is, or several in a row are: "978 90 9505 307 8"."""
    is_labelled = match["label"] is not None
    pieces = [
        (re.sub(r"[^0-9xX]", "", piece.group()).upper(), match.start("digits") + piece.start(), piece.end())
        for piece in re.finditer(r"[^ ]+", match["digits"])
    ]
    if match.end() < len(text) and text[match.end()].isalnum():
        pieces.pop()  # "9789095053078b" is a code of somebody's own.
    for first, (_digits, start, _end) in enumerate(pieces):
        together: list[str] = []
        for digits, _start, end in pieces[first:]:
            together.append(digits)
            number = "".join(together)
            if len(number) > 13:
                break
            if ean := _ean_of(number, [len(piece) for piece in together], is_labelled=is_labelled):
                begin = match.start() if first == 0 else start
                return TypedNumber(ean, begin, match.start("digits") + end)
    return None


def _ean_of(number: str, groups: list[int], *, is_labelled: bool) -> str | None:
    """The EAN that digits with spaces between them are; without a label these must stand as they are printed."""
    is_plain = is_labelled or len(groups) == 1
    if len(number) == 13 and (is_plain or number.startswith(("978", "979")) or groups == _GROUPS_UNDER_A_BARCODE):
        return ean13(number)
    if len(number) == 10 and (is_plain or len(groups) == _PARTS_OF_ISBN_10) and stdnum_isbn.is_valid(number):
        return str(stdnum_isbn.to_isbn13(number))
    return None
