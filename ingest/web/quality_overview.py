"""The page that shows all sources and publishers side by side."""

from dataclasses import dataclass
from http import HTTPStatus
from math import ceil

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts.access import publishers_of
from catalogus.models import Publisher
from ingest.access import may_see_quality
from ingest.quality.overview import ORDERS, Standing, publisher_snapshots, publisher_standings, source_standings
from ingest.web.quality_rows import publisher_rows, source_rows

PUBLISHERS_PER_PAGE = 50
"""About 60 kB of page."""

DEFAULT_ORDER = "-records"
ORDER_PARAMETER, PAGE_PARAMETER = "sort", "blad"


@dataclass(frozen=True, slots=True)
class OrderLink:
    """direction: "ascending" or "descending" where the table is in this order, else empty."""

    label: str
    url: str
    direction: str


@never_cache
@require_safe
def overview_page(request: HttpRequest) -> HttpResponse:
    """All sources and publishers for editors, their own publishers for members."""
    if not request.user.is_authenticated:
        return redirect_to_login(request.get_full_path())
    sees_all = may_see_quality(request.user)
    own = None if sees_all else publishers_of(request.user)
    if own is not None and not own:
        return render(request, "ingest/quality_refused.html", status=HTTPStatus.FORBIDDEN)
    snapshots = publisher_snapshots(own)
    count = snapshots.count()
    order = _order(request)
    page, page_count = _page(request, ceil(count / PUBLISHERS_PER_PAGE) or 1)
    start = (page - 1) * PUBLISHERS_PER_PAGE
    standings = publisher_standings(snapshots, order, start, start + PUBLISHERS_PER_PAGE)
    context = {
        "sees_all": sees_all,
        "sources": source_rows(source_standings()) if sees_all else [],
        "publishers": publisher_rows(standings),
        "count": count,
        "orders": _order_links(order),
        "unjudged": _without_snapshot(own, standings) if own is not None and page_count == 1 else [],
        "page": page,
        "page_count": page_count,
        "previous_url": _overview_url(order, page - 1) if page > 1 else "",
        "next_url": _overview_url(order, page + 1) if page < page_count else "",
    }
    return render(request, "ingest/quality_overview.html", context)


def _without_snapshot(own: set[int], standings: list[Standing]) -> list[str]:
    judged = {standing.key for standing in standings}
    return list(Publisher.objects.filter(pk__in=own).exclude(slug__in=judged).values_list("name", flat=True))


def _page(request: HttpRequest, page_count: int) -> tuple[int, int]:
    given = request.GET.get(PAGE_PARAMETER, "1")
    page = int(given) if given.isascii() and given.isdigit() and len(given) < 6 else 0
    if not 1 <= page <= page_count:
        raise Http404(_("Deze pagina is er niet; de laatste is pagina %(last)d.") % {"last": page_count})
    return page, page_count


def _order(request: HttpRequest) -> str:
    given = request.GET.get(ORDER_PARAMETER, DEFAULT_ORDER)
    return given if given.removeprefix("-") in ORDERS else DEFAULT_ORDER


def _order_links(order: str) -> dict[str, OrderLink]:
    """Names go upwards first, as do scores, for the worst asks for attention; numbers go downwards first."""
    labels = {
        "name": _("naam"),
        "-records": _("records"),
        "-quarantined": _("in quarantaine"),
        "completeness": _("volledigheid"),
        "correctness": _("juistheid"),
    }
    links = {}
    for first, label in labels.items():
        key = first.removeprefix("-")
        is_current = order.removeprefix("-") == key
        other = key if order.startswith("-") else f"-{key}"
        direction = ("descending" if order.startswith("-") else "ascending") if is_current else ""
        links[key] = OrderLink(label, _overview_url(other if is_current else first, 1), direction)
    return links


def _overview_url(order: str, page: int) -> str:
    parameters = [f"{ORDER_PARAMETER}={order}"] if order != DEFAULT_ORDER else []
    parameters += [f"{PAGE_PARAMETER}={page}"] if page > 1 else []
    return f"?{'&'.join(parameters)}" if parameters else "./"
