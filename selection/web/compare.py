"""Methods or products side by side: the page, and what is seen of it as a table."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from catalogus.search import SearchCriteria, View
from catalogus.web.addresses import search_url, with_query
from catalogus.web.export.cells import Column as SheetColumn
from selection.comparing.choice import LEAST_COLUMNS, MOST_COLUMNS, MOST_PUPILS, MOST_YEARS, Choice, Kind, read_choice
from selection.comparing.comparison import Comparison, compare
from selection.comparing.cost_words import years_text
from selection.comparing.export import rows_seen
from selection.comparing.table import Column, Group, Row
from selection.web.downloads import table_download


@dataclass(frozen=True, slots=True)
class ColumnHead:
    """move_url: the address with this column one place further left, "" for the first."""

    column: Column
    remove_url: str
    move_url: str


@dataclass(frozen=True, slots=True)
class ShownRow:
    row: Row
    is_hidden: bool


@dataclass(frozen=True, slots=True)
class ShownGroup:
    """fold_url: the address with this group folded, or open where it is folded."""

    group: Group
    rows: tuple[ShownRow, ...]
    is_folded: bool
    fold_url: str


@require_safe
def compare_page(request: HttpRequest) -> HttpResponse:
    """What the address holds side by side, or how to choose where it holds too little or too much of two kinds."""
    return _page(request, HTTPStatus.OK)


@require_safe
def compare_csv(request: HttpRequest) -> HttpResponse:
    """The rows that the page with this address shows; 400 with that page where it shows none."""
    return _download(request, "csv")


@require_safe
def compare_xlsx(request: HttpRequest) -> HttpResponse:
    """As compare_csv, as a workbook."""
    return _download(request, "xlsx")


def _download(request: HttpRequest, ending: str) -> HttpResponse:
    comparison = _comparison(request)
    if comparison is None or not comparison.is_enough:
        return _page(request, HTTPStatus.BAD_REQUEST)
    heads, rows = rows_seen(comparison, _absolute(request, comparison.choice))
    columns = [SheetColumn(head, width=28 if place < 2 else 44) for place, head in enumerate(heads)]
    return table_download(_("vergelijking"), ending, columns, rows, sheet=_("Vergelijking"))


def _comparison(request: HttpRequest) -> Comparison | None:
    """None where the address holds nothing, or both kinds."""
    choices = read_choice(dict(request.GET.lists())).choices
    return compare(next(iter(choices.values()))) if len(choices) == 1 else None


def _page(request: HttpRequest, status: HTTPStatus) -> HttpResponse:
    reading = read_choice(dict(request.GET.lists()))
    if len(reading.choices) > 1:
        return render(request, "selection/compare_mixed.html", _mixed(reading.choices), status=status)
    choice = next(iter(reading.choices.values()), Choice(Kind.METHOD))
    comparison = compare(choice)
    context = {
        "comparison": comparison,
        "notices": (*reading.notices, *comparison.notices),
        "is_methods": choice.kind == Kind.METHOD,
        "kind": choice.kind.value,
        "heads": _heads(comparison),
        "columns_json": json.dumps([{"id": one.public_id, "name": one.name} for one in comparison.columns]),
        "more_url": _search(choice.kind),
        "least": LEAST_COLUMNS,
        "most": MOST_COLUMNS,
    }
    if not comparison.is_enough:
        return render(request, "selection/compare_few.html", context, status=status)
    return render(request, "selection/compare.html", context | _table(request, comparison), status=status)


def _table(request: HttpRequest, comparison: Comparison) -> dict[str, object]:
    choice = comparison.choice
    groups = [_shown(group, choice) for group in comparison.groups]
    query = choice.query()
    return {
        "groups": groups,
        "width": len(comparison.columns) + 1,
        "periods": [(years, years_text(years)) for years in range(1, MOST_YEARS + 1)],
        "most_pupils": MOST_PUPILS,
        "is_full": len(comparison.columns) >= MOST_COLUMNS,
        "share_url": _absolute(request, choice),
        "csv_url": f"{reverse('selection:compare-csv')}?{query}",
        "xlsx_url": f"{reverse('selection:compare-xlsx')}?{query}",
        "has_picks": any(picks.options for picks in comparison.picks),
        "today": timezone.localdate(),
    }


def _shown(group: Group, choice: Choice) -> ShownGroup:
    is_folded = group.code in choice.folded
    return ShownGroup(
        group,
        tuple(ShownRow(row, is_folded or (choice.only_differences and not row.differs)) for row in group.rows),
        is_folded,
        f"{_url(choice.with_fold_of(group.code))}#groep-{group.code}",
    )


def _heads(comparison: Comparison) -> list[ColumnHead]:
    choice = comparison.choice
    return [
        ColumnHead(
            column,
            remove_url=_url(choice.without(column.public_id)),
            move_url=_url(choice.moved_left(place)) if place else "",
        )
        for place, column in enumerate(comparison.columns)
    ]


def _mixed(choices: Mapping[Kind, Choice]) -> dict[str, object]:
    """Of each kind what there is of it, and the address of that alone."""
    methods, products = choices[Kind.METHOD], choices[Kind.PRODUCT]
    return {
        "methods_url": _url(methods),
        "methods_count": len(methods.ids),
        "products_url": _url(products),
        "products_count": len(products.ids),
    }


def _url(choice: Choice) -> str:
    return with_query(reverse("selection:compare"), choice.query())


def _absolute(request: HttpRequest, choice: Choice) -> str:
    return request.build_absolute_uri(_url(choice))


def _search(kind: Kind) -> str:
    return search_url(SearchCriteria(view=View.METHODS if kind == Kind.METHOD else View.PRODUCTS))
