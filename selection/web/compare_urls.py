"""Comparisons, open to all: their addresses hold all that they show."""

from django.urls import path

from selection.web import compare

urlpatterns = [
    path("", compare.compare_page, name="compare"),
    path("csv", compare.compare_csv, name="compare-csv"),
    path("xlsx", compare.compare_xlsx, name="compare-xlsx"),
]
