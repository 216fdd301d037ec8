"""All addresses of this room; each group of pages names its own."""

from django.urls import include, path

app_name = "ingest"
urlpatterns = [
    path("", include("ingest.web.urls_log")),
    path("", include("ingest.web.urls_raw")),
    # Before those of quality: no check is called "meldingen".
    path("", include("ingest.web.urls_reports")),
    path("", include("ingest.web.urls_quality")),
]
