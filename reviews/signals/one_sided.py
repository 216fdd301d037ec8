"""A school that finds all of one publisher excellent, or all of it bad: maybe it is, maybe somebody has an interest."""

from decimal import Decimal

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Count, Max, Min, Q
from django.utils.translation import gettext as _

from accounts.models import School
from catalogus.web import formatting
from reviews.signals.found import MOST_OF_A_KIND, Signal, SignalKind, Window

LEAST_REVIEWS = 5
HIGH, LOW = Decimal("3.8"), Decimal("1.4")


def one_sided(window: Window, *, institution: str = "", publisher: int | None = None) -> list[Signal]:
    """One for each school and publisher; of this school or publisher alone where given. Two queries."""
    reviews = window.reviews().filter(total__isnull=False)
    if institution:
        reviews = reviews.filter(school__institution_code=institution)
    if publisher is not None:
        reviews = reviews.filter(shown_method__publisher=publisher)
    groups = list(
        reviews.order_by()
        .values("school__institution_code", "shown_method__publisher__name")
        .annotate(
            count=Count("pk"),
            lowest=Min("total"),
            highest=Max("total"),
            ids=ArrayAgg("public_id", order_by="-written_at"),
        )
        .filter(Q(lowest__gte=HIGH) | Q(highest__lte=LOW), count__gte=LEAST_REVIEWS)
        .order_by("-count", "school__institution_code", "shown_method__publisher")[:MOST_OF_A_KIND]
    )
    codes = [group["school__institution_code"] for group in groups]
    names = dict(School.objects.filter(code__in=codes).values_list("code", "name"))
    return [
        Signal(
            SignalKind.ONE_SIDED,
            (
                _("Alle %(count)d beoordelingen van %(school)s over %(publisher)s geven %(limit)s of meer.")
                if group["lowest"] >= HIGH
                else _("Alle %(count)d beoordelingen van %(school)s over %(publisher)s geven %(limit)s of minder.")
            )
            % {
                "count": group["count"],
                "school": f"{names.get(code, '')} ({code})".strip(),
                "publisher": group["shown_method__publisher__name"],
                "limit": formatting.decimal(float(HIGH if group["lowest"] >= HIGH else LOW)),
            },
            tuple(group["ids"]),
        )
        for code, group in zip(codes, groups, strict=True)
    ]
