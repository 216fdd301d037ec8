"""Cursors: where a list goes on after its last hit, as an opaque text without state or expiry."""

import base64
import binascii
import json
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from catalogus.exceptions import InvalidCriteria
from catalogus.search.criteria import SearchCriteria, Sort
from catalogus.search.sorting import BY_NUMBER

_LONGEST = 2000

SortValue = str | int | float


@dataclass(frozen=True, slots=True)
class Place:
    """After which sort values a list goes on, and whether it is one in which words may be missing.

    is_basic: the values are scores of the database, which the engine's are not to be compared with.
    """

    after: list[SortValue]
    is_loosened: bool
    is_basic: bool = False


def encode(
    criteria: SearchCriteria, after: Sequence[SortValue], *, is_loosened: bool = False, is_basic: bool = False
) -> str:
    """The cursor that goes on after a hit with these sort values."""
    shape = _shape(criteria, is_loosened=is_loosened, is_basic=is_basic)
    text = json.dumps([shape, *after], ensure_ascii=False, separators=(",", ":"))
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def decode(criteria: SearchCriteria) -> Place:
    """The place in the cursor of a search.

    Raises InvalidCriteria where it is none of ours, or was made for another view or sort than is asked now.
    """
    try:
        raw = criteria.cursor.encode("ascii")
        text = base64.b64decode(raw + b"=" * (-len(raw) % 4), altchars=b"-_", validate=True)
        values = json.loads(text, parse_constant=_no_number)
    except (UnicodeEncodeError, binascii.Error, ValueError, RecursionError):
        raise _invalid(criteria) from None
    if len(criteria.cursor) > _LONGEST or not isinstance(values, list) or not values:
        raise _invalid(criteria)
    # Where the order is no score both engines have the same cursors, which count as the first one's.
    shapes = {
        _shape(criteria, is_loosened=is_loosened, is_basic=is_basic): (is_loosened, is_basic)
        for is_basic in (True, False)
        for is_loosened in (False, True)
    }
    after: list[SortValue] = values[1:]
    types = _types(criteria)
    is_ours = isinstance(values[0], str) and values[0] in shapes
    if not is_ours or len(after) != len(types) or not all(map(_is_value, after, types)):
        raise _invalid(criteria)
    return Place(after, *shapes[values[0]])


def _no_number(text: str) -> float:
    """NaN and the infinities, which Python reads and JSON (RFC 8259, clause 6) does not know."""
    raise ValueError(text)


def _is_value(value: object, kinds: type | tuple[type, ...]) -> bool:
    # bool is an int in Python and none in the engine, whose numbers end at 64 bits.
    if not isinstance(value, kinds) or isinstance(value, bool):
        return False
    if isinstance(value, str):
        # Half a surrogate pair is text in JSON and none in UTF-8.
        return not any("\ud800" <= sign <= "\udfff" for sign in value)
    return isinstance(value, (int, float)) and abs(value) < 2**63


def is_by_score(criteria: SearchCriteria) -> bool:
    """Whether the order of this search is one engine's own."""
    return criteria.sort == Sort.RELEVANCE and bool(criteria.text)


def _shape(criteria: SearchCriteria, *, is_loosened: bool, is_basic: bool) -> str:
    """What the values in a cursor are of; another shape is another list."""
    kind = criteria.sort.value
    if is_by_score(criteria):
        kind = "score-basic" if is_basic else "score"
    return f"2:{criteria.view.value}:{kind}{':loosened' if is_loosened else ''}"


def _types(criteria: SearchCriteria) -> list[type | tuple[type, ...]]:
    if criteria.sort == Sort.TITLE:
        return [str, str]
    if criteria.sort == Sort.NEWEST or criteria.sort in BY_NUMBER:
        return [int, str]
    return [(int, float), str] if criteria.text else [str]


def _invalid(criteria: SearchCriteria) -> InvalidCriteria:
    return InvalidCriteria(
        {
            "cursor": [
                _("“%(value)s” hoort niet bij deze zoekopdracht; begin opnieuw zonder cursor.")
                % {"value": criteria.cursor[:80]}
            ]
        }
    )
