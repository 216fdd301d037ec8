"""Pages about the quality of what one source or publisher delivers, and of all records with one kind of finding."""

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from catalogus.models import Publisher
from catalogus.services.publishers import survivor
from catalogus.web.formatting import number
from ingest.access import may_see_quality
from ingest.models import Source
from ingest.quality.checks import CHECKS, Check
from ingest.quality.findings import common_values, count_findings, findings, findings_page
from ingest.quality.report import quality_report
from ingest.quality.subjects import Subject
from ingest.web.quality_addresses import AFTER, csv_url, finding_url, reports_url, subject_url
from ingest.web.quality_csv import findings_csv
from ingest.web.quality_rows import (
    chart,
    finding_blocks,
    moment_rows,
    numbers_of,
    part_rows,
    record_rows,
    value_rows,
)

RECORDS_PER_PAGE = 50
"""About 50 kB of page."""

MOST_COMMON_VALUES = 10

_MOST_DIGITS = 18
"""A row's number has no more."""


def for_subject(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Find whom the address is about, and let in who may see it; a merged publisher leads to what it became."""

    @never_cache
    @require_safe
    @wraps(view)
    def guarded(request: HttpRequest, publisher: str = "", source: str = "", **rest: str) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        subject = _subject(publisher, source)
        # Before "not found": who may see nothing need not learn which sources there are.
        if not may_see_quality(request.user, subject.members if subject else ()):
            return _refused(request)
        if subject is None:
            raise Http404(_("Deze bron of uitgever is er niet."))
        if subject.publisher is not None and subject.publisher.slug != publisher:
            return HttpResponseRedirect(subject_url(subject))
        return view(request, subject, **rest)

    return guarded


@for_subject
def subject_page(request: HttpRequest, subject: Subject) -> HttpResponse:
    """How a source or publisher stands after the last pass: scores, findings, fields and how they changed."""
    report = quality_report(subject)
    context: dict[str, object] = {
        "subject": subject,
        "csv_url": csv_url(subject),
        "reports_url": reports_url(subject),
    }
    if report is not None:
        context |= {
            "at": report.now.at,
            "record_count": report.now.records,
            "numbers": numbers_of(report),
            "completeness": report.now.completeness,
            "correctness": report.now.correctness,
            "quarantined": report.now.quarantined,
            "flagged": report.now.flagged,
            "errors": finding_blocks(subject, report.errors),
            "warnings": finding_blocks(subject, report.warnings),
            "parts": part_rows(report.parts, report.now.accepted),
            "moments": moment_rows(reversed(report.moments)),
            "chart": chart(report.moments),
        }
    return render(request, "ingest/quality_subject.html", context)


@for_subject
def finding_page(request: HttpRequest, subject: Subject, check: str) -> HttpResponse:
    """All records with one finding, as things are now: three queries, whichever page it is."""
    found = _check(check)
    after = _after(request)
    page = findings_page(subject, found, after=after, size=RECORDS_PER_PAGE + 1)
    rows = list(dict.fromkeys(finding.record_id for finding in page))
    goes_on = len(rows) > RECORDS_PER_PAGE
    shown = set(rows[:RECORDS_PER_PAGE])
    count = count_findings(subject, found)
    context = {
        "subject": subject,
        "subject_url": subject_url(subject),
        "check": found,
        "is_source": subject.source is not None,
        "count": count.records,
        "count_text": number(count.records),
        "times_text": number(count.times) if count.times != count.records else "",
        "values": value_rows(common_values(subject, found, most=MOST_COMMON_VALUES)),
        "records": record_rows(subject, [finding for finding in page if finding.record_id in shown]),
        "csv_url": csv_url(subject, found.code),
        "first_url": finding_url(subject, found.code) if after else "",
        "next_url": finding_url(subject, found.code, rows[RECORDS_PER_PAGE - 1]) if goes_on else "",
    }
    return render(request, "ingest/quality_finding.html", context)


@for_subject
def subject_csv(request: HttpRequest, subject: Subject) -> HttpResponseBase:
    """All findings as they are now, or with ?check= those of one kind."""
    code = request.GET.get("check", "")
    check = _check(code) if code else None
    owner = subject.publisher.slug if subject.publisher else subject.source.code if subject.source else ""
    return findings_csv(f"{owner}-{code}" if code else owner, findings(subject, check))


def _refused(request: HttpRequest) -> HttpResponse:
    return render(request, "ingest/quality_refused.html", status=HTTPStatus.FORBIDDEN)


def _subject(publisher: str, source: str) -> Subject | None:
    if publisher:
        named = Publisher.objects.select_related("merged_into").filter(slug=publisher).first()
        return Subject.of_publisher(survivor(named)) if named else None
    found = Source.objects.filter(code=source).first()
    return Subject.of_source(found) if found else None


def _check(code: str) -> Check:
    try:
        return CHECKS[code]
    except KeyError as error:
        raise Http404(_("Deze bevinding kennen wij niet.")) from error


def _after(request: HttpRequest) -> int:
    given = request.GET.get(AFTER, "0")
    if not (given.isascii() and given.isdigit() and len(given) <= _MOST_DIGITS):
        raise Http404(_("Deze pagina is er niet."))
    return int(given)
