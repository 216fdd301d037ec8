"""Where a page of one's own reviews goes on: below a row's number, which tells nothing that its reader may not know."""

from django.utils.translation import gettext as _

from reviews.models import Review

_MOST_DIGITS = 18


def next_own_cursor(last: Review) -> str:
    return str(last.pk)


def read_own_cursor(given: str, errors: dict[str, list[str]]) -> int | None:
    if not given:
        return None
    if given.isascii() and given.isdigit() and len(given) <= _MOST_DIGITS:
        return int(given)
    errors["cursor"] = [_("Deze cursor hoort niet bij deze lijst; begin zonder cursor.")]
    return None
