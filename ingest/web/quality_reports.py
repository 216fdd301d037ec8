"""What visitors say is wrong, for the publisher whose products it is about."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from catalogus.web.keyset import keyset_page
from ingest.quality.subjects import Subject
from ingest.selectors.reports import open_reports_of
from ingest.web.quality import for_subject
from ingest.web.quality_addresses import subject_url

REPORTS_PER_PAGE = 50


@for_subject
def reports_page(request: HttpRequest, subject: Subject) -> HttpResponse:
    """The open reports, newest first, without who reported; one query."""
    page = keyset_page(open_reports_of(subject.members), request, REPORTS_PER_PAGE, newest_first=True)
    context = {"subject": subject, "subject_url": subject_url(subject), "page": page}
    return render(request, "ingest/quality_reports.html", context)
