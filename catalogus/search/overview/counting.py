"""Count the whole catalogue by the rules of search in the database, so that each number is what a click on it gives."""

import datetime

from django.db.models import Exists, OuterRef
from django.utils import timezone

from catalogus.choices import News, RatingRange
from catalogus.models import Method, Product, Scheme
from catalogus.querysets import MethodQuerySet
from catalogus.search.criteria import SearchCriteria, View
from catalogus.search.overview.values import NamedMethod, Overview, SectorOverview
from catalogus.search.postgres.asking import ask, searching
from catalogus.search.postgres.counting import count, count_facets
from catalogus.search.postgres.filters import RowFilters
from catalogus.search.postgres.sql import TRUE, Sql
from catalogus.selectors import method_codes

SECTORS = ("po", "so", "vo", "vso", "mbo")
"""The sectors that the catalogue is for, in the order of schooling."""

MOST_NAMED = 6

COUNTING_SECONDS = 60.0
"""For each statement: nobody waits for it, but a question that never ends must not be asked again every few minutes."""


def count_overview(*, seconds: float = COUNTING_SECONDS) -> Overview:
    """Read the rows of search once for each sector and a few times besides.

    So some seconds of one core with a million products, see the README; a page reads `storing.overview` instead.
    Raises SearchUnavailable where a statement takes longer than so many seconds.
    """
    with searching(seconds=seconds):
        everything = SearchCriteria()
        products = count_facets(RowFilters.of(everything), TRUE, View.PRODUCTS, ("publishers",))
        return Overview(
            methods=count(RowFilters.of(everything), TRUE, View.METHODS),
            products=products.total,
            publishers=len(products.codes.get("publishers", {})),
            changed_at=_changed_at(),
            sectors=tuple(_sector(code) for code in SECTORS),
            new_methods=count(RowFilters.of(_NEW), TRUE, View.METHODS),
            new=tuple(_new()),
            reviewed_methods=count(RowFilters.of(_REVIEWED), TRUE, View.METHODS),
            reviewed=tuple(_named(method) for method in _reviewed()[:MOST_NAMED]),
        )


_NEW = SearchCriteria(news=(News.THIS_YEAR.value,))
_REVIEWED = SearchCriteria(ratings=(RatingRange.ANY.value,))


def _sector(code: str) -> SectorOverview:
    filters = RowFilters.of(SearchCriteria(sectors=(code,)))
    counts = count_facets(filters, TRUE, View.METHODS, ("levels", "years", "subjects"))
    by_facet = {facet: counts.codes.get(facet, {}) for facet in ("levels", "years", "subjects")}
    return SectorOverview(code=code, methods=counts.total, **by_facet)


def _changed_at() -> datetime.datetime | None:
    """By the index of what changed last."""
    return Product.objects.order_by("-updated_at", "-id").values_list("updated_at", flat=True).first()


def _new() -> list[NamedMethod]:
    """Of each publisher the method with its newest product, so that a large one leaves room for others; then the rest.

    What is announced for later has not appeared: the search for what is new has it, the front page does not.
    """
    fits = RowFilters.of(_NEW).all()
    newest = f"""
        WITH new AS (
            SELECT row.method_id, min(row.publisher_id) AS publisher_id, max(row.published_day) AS day
            FROM catalogus_searchrow AS row WHERE {fits.text} AND row.published_day <= %s GROUP BY row.method_id
        )
        SELECT method_id, day FROM new WINDOW publisher AS (PARTITION BY publisher_id ORDER BY day DESC, method_id DESC)
        ORDER BY row_number() OVER publisher, day DESC, method_id DESC LIMIT %s
    """  # noqa: S608  Names of ours, no value of anyone's.
    rows = ask(Sql(newest, (*fits.params, timezone.localdate().toordinal(), MOST_NAMED)))
    published = {pk: datetime.date.fromordinal(day) for pk, day in rows}
    methods = Method.objects.in_bulk(published)
    last_first = sorted(published, key=lambda pk: (published[pk], pk), reverse=True)
    return [_named(methods[pk], published[pk]) for pk in last_first if pk in methods]


def _reviewed() -> MethodQuerySet:
    """What was reviewed last comes first, of what a search without choices finds."""
    offered = Product.objects.filter(method=OuterRef("pk"), merged_into=None).orderable().in_default_sectors()
    reviewed = Method.objects.live().exclude(last_reviewed_at=None)
    return reviewed.filter(Exists(offered)).order_by("-last_reviewed_at", "id")


def _named(method: Method, published_on: datetime.date | None = None) -> NamedMethod:
    codes = method_codes(method)
    return NamedMethod(
        pk=method.pk,
        levels=tuple(sorted(codes[Scheme.LEVEL])),
        years=tuple(sorted(codes[Scheme.YEAR])),
        subjects=tuple(sorted(codes[Scheme.SUBJECT])),
        published_on=published_on,
    )
