"""Pages of a long list by the row they begin after, so that the last page costs what the first one does."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from django.db.models import Model, QuerySet
from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _

AFTER, BEFORE = "na", "voor"
"""Parameters: rows that come after a row in the order of the list, or right before it."""

_MOST_DIGITS = 18
"""A row's number has no more."""

Row = TypeVar("Row", bound=Model)


@dataclass(frozen=True, slots=True)
class KeysetPage(Generic[Row]):
    """Addresses are empty where the list ends."""

    rows: Sequence[Row]
    previous_url: str
    next_url: str


def keyset_page(
    rows: QuerySet[Row], request: HttpRequest, size: int, *, newest_first: bool = False, named_by: str = "pk"
) -> KeysetPage[Row]:
    """The page that the address asks for, in the order of rows' numbers; one query.

    named_by: the unique column by which an address names a row, where its number tells too much; one query more.
    """
    after, before = (_row(request, parameter, rows.model, named_by) for parameter in (AFTER, BEFORE))
    is_backwards = before is not None
    descends = newest_first != is_backwards
    start = before if is_backwards else after
    if start is not None:
        rows = rows.filter(**{"pk__lt" if descends else "pk__gt": start})
    found = list(rows.order_by("-pk" if descends else "pk")[: size + 1])
    goes_on = len(found) > size
    page = found[:size]
    if is_backwards:
        page.reverse()
    has_previous = goes_on if is_backwards else after is not None
    has_next = is_backwards or goes_on
    return KeysetPage(
        rows=page,
        previous_url=_url(request, BEFORE, getattr(page[0], named_by)) if page and has_previous else "",
        next_url=_url(request, AFTER, getattr(page[-1], named_by)) if page and has_next else "",
    )


def _row(request: HttpRequest, parameter: str, model: type[Model], named_by: str) -> int | None:
    given = request.GET.get(parameter, "")
    if not given:
        return None
    if named_by != "pk":
        is_name = given.isascii() and given.isalnum() and len(given) <= _MOST_DIGITS
        found = model._default_manager.filter(**{named_by: given}).first() if is_name else None
        if found is None:
            raise Http404(_("Deze pagina is er niet; begin bij de eerste."))
        number: int = found.pk
        return number
    if not (given.isascii() and given.isdigit() and len(given) <= _MOST_DIGITS):
        raise Http404(_("Deze pagina is er niet."))
    return int(given)


def _url(request: HttpRequest, parameter: str, row: object) -> str:
    query = request.GET.copy()
    query.pop(AFTER, None)
    query.pop(BEFORE, None)
    query[parameter] = str(row)
    return f"{request.path}?{query.urlencode()}"
