from django.urls import path

from ingest.web import quality, quality_overview

urlpatterns = [
    path("kwaliteit/", quality_overview.overview_page, name="quality"),
    path("kwaliteit/uitgever/<slug:publisher>/", quality.subject_page, name="quality-publisher"),
    path("kwaliteit/uitgever/<slug:publisher>/csv/", quality.subject_csv, name="quality-publisher-csv"),
    path("kwaliteit/uitgever/<slug:publisher>/<slug:check>/", quality.finding_page, name="quality-publisher-finding"),
    path("kwaliteit/bron/<slug:source>/", quality.subject_page, name="quality-source"),
    path("kwaliteit/bron/<slug:source>/csv/", quality.subject_csv, name="quality-source-csv"),
    path("kwaliteit/bron/<slug:source>/<slug:check>/", quality.finding_page, name="quality-source-finding"),
]
