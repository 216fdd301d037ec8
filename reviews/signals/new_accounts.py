"""Several new accounts of one school that review at about the same time: a section that begins, or one person."""

from datetime import timedelta
from itertools import groupby
from typing import Any

from django.db.models import Count, F, Q
from django.utils.translation import gettext as _

from accounts.models import School
from catalogus.web import formatting
from reviews.signals.found import MOST_OF_A_KIND, Signal, SignalKind, Window
from reviews.signals.runs import busiest

YOUNG = timedelta(days=14)
STRETCH = timedelta(days=7)
LEAST_ACCOUNTS = 3


def new_accounts(window: Window, *, institution: str = "") -> list[Signal]:
    """One for each school: its busiest week. institution: of this one alone. Three queries."""
    young = window.reviews().filter(Q(author__joined_at__gt=F("written_at") - YOUNG))
    if institution:
        young = young.filter(school__institution_code=institution)
    schools = (
        young.order_by()
        .values("school__institution_code")
        .annotate(accounts=Count("author", distinct=True))
        .filter(accounts__gte=LEAST_ACCOUNTS)
        .values_list("school__institution_code", flat=True)
    )
    rows = (
        young.filter(school__institution_code__in=list(schools))
        .order_by("school__institution_code", "written_at", "pk")
        .values("school__institution_code", "author", "written_at", "public_id")
    )
    found = []
    for code, group in groupby(rows.iterator(), key=lambda row: str(row["school__institution_code"])):
        week = busiest(list(group), STRETCH, at=lambda row: row["written_at"], who=lambda row: row["author"])
        accounts = len({row["author"] for row in week})
        if accounts >= LEAST_ACCOUNTS:
            found.append((accounts, code, week))
    found.sort(key=lambda one: (-one[0], one[1]))
    found = found[:MOST_OF_A_KIND]
    names = dict(School.objects.filter(code__in=[code for _n, code, _week in found]).values_list("code", "name"))
    return [_signal(accounts, f"{names.get(code, '')} ({code})".strip(), week) for accounts, code, week in found]


def _signal(accounts: int, school: str, week: Any) -> Signal:
    text = _(
        "%(accounts)d accounts van %(school)s, elk jonger dan %(days)d dagen, schreven %(count)d beoordelingen "
        "tussen %(first)s en %(last)s."
    )
    said = {
        "accounts": accounts,
        "school": school,
        "days": YOUNG.days,
        "count": len(week),
        "first": formatting.moment(week[0]["written_at"]),
        "last": formatting.moment(week[-1]["written_at"]),
    }
    return Signal(SignalKind.NEW_ACCOUNTS, text % said, tuple(row["public_id"] for row in week))
