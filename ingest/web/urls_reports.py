from django.urls import path

from ingest.web.quality_reports import reports_page
from ingest.web.reports import report_page, thanks_page

urlpatterns = [
    path("melden/", report_page, name="report"),
    path("melden/bedankt/", thanks_page, name="report-thanks"),
    path("kwaliteit/uitgever/<slug:publisher>/meldingen/", reports_page, name="quality-publisher-reports"),
]
