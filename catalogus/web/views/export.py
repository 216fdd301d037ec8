"""The whole of a search as a table: CSV and XLSX, streamed while the engine is read.

The first chunk is read before anything is sent, by which it is known who answers: the engine, or the database in its
place. It goes on to the end with the same one; what happens where that goes away stands in web.export.streams.
"""

import logging
from collections.abc import Callable, Iterator
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from catalogus.exceptions import InvalidCriteria, SearchUnavailable
from catalogus.search import SearchCriteria, View, get_backend
from catalogus.search.backend import RETRY_AFTER_SECONDS, HitWalk
from catalogus.web import formatting
from catalogus.web.addresses import export_url
from catalogus.web.export import csv_table, spreadsheet
from catalogus.web.export.slots import EXPORTS, Slot
from catalogus.web.export.streams import ExportStream, csv_parts, xlsx_parts
from catalogus.web.export.tables import Table, export_table
from catalogus.web.search_form import SearchForm
from catalogus.web.views.search import unavailable, unreadable

logger = logging.getLogger(__name__)

_Parts = Callable[[Table, Slot], Iterator[bytes]]


@require_safe
def export_csv(request: HttpRequest) -> HttpResponseBase:
    """Any number of rows; X-Total-Count says how many, by which a program tells a part from the whole."""
    return _export(request, csv_parts, csv_table.CONTENT_TYPE, "csv")


@require_safe
def export_xlsx(request: HttpRequest) -> HttpResponseBase:
    """400 for more rows than a sheet of Excel has."""
    return _export(request, xlsx_parts, spreadsheet.CONTENT_TYPE, "xlsx", most_rows=spreadsheet.MOST_ROWS)


def _export(
    request: HttpRequest, parts: _Parts, content_type: str, ending: str, most_rows: int | None = None
) -> HttpResponseBase:
    """400 for what cannot be read, 503 where nobody can answer or no place is free; HEAD asks for neither."""
    try:
        criteria = SearchCriteria.from_query(dict(request.GET.lists()))
    except InvalidCriteria as error:
        return unreadable(request, error)
    if request.method == "HEAD":
        # Streamed as the answer to GET is, for else Django would tell a length of nothing.
        return _with_headers(StreamingHttpResponse((), content_type=content_type), criteria, ending)
    slot = EXPORTS.take()
    if slot is None:
        return _busy(request, criteria)
    try:
        walk = get_backend().walk(criteria)
    except SearchUnavailable as error:
        slot.give_back()
        logger.warning("Search is away: %s", error)
        return unavailable(request, criteria)
    except BaseException:
        slot.give_back()
        raise
    if most_rows is not None and walk.total > most_rows:
        walk.close()
        slot.give_back()
        return _too_large(request, walk, most_rows)
    table = export_table(walk, site=f"{request.scheme}://{request.get_host()}")
    response = StreamingHttpResponse(ExportStream(parts(table, slot), walk, slot), content_type=content_type)
    response["X-Total-Count"] = str(walk.total)
    return _with_headers(response, criteria, ending)


def _with_headers(response: HttpResponseBase, criteria: SearchCriteria, ending: str) -> HttpResponseBase:
    name = _("methodes") if criteria.view == View.METHODS else _("producten")
    day = timezone.localdate().isoformat()
    response["Content-Disposition"] = f'attachment; filename="{name}-{day}.{ending}"'
    # A store between here and the reader could keep half a list as a whole one.
    response["Cache-Control"] = "no-store"
    response["X-Robots-Tag"] = "noindex"
    return response


def _busy(request: HttpRequest, criteria: SearchCriteria) -> HttpResponse:
    context = {"form": SearchForm.from_criteria(criteria), "is_busy": True}
    response = render(request, "catalogus/search_error.html", context, status=HTTPStatus.SERVICE_UNAVAILABLE)
    response["Retry-After"] = str(RETRY_AFTER_SECONDS)
    return response


def _too_large(request: HttpRequest, walk: HitWalk, most_rows: int) -> HttpResponse:
    context = {
        "form": SearchForm.from_criteria(walk.criteria),
        "is_too_large": True,
        "rows_text": formatting.number(walk.total),
        "most_text": formatting.number(most_rows),
        "csv_url": export_url(walk.criteria, "export-csv"),
    }
    return render(request, "catalogus/search_error.html", context, status=HTTPStatus.BAD_REQUEST)
