from django.urls import path

from ingest.web.log import harvest_page, harvests_page, refusals_page
from ingest.web.log_actions import stop_harvest, withdraw_page
from ingest.web.log_changes import (
    harvest_changes_csv,
    harvest_changes_page,
    remap_changes_csv,
    remap_changes_page,
)
from ingest.web.log_remaps import remap_page, remaps_page

urlpatterns = [
    path("oogsten/", harvests_page, name="harvests"),
    path("oogsten/herlezingen/", remaps_page, name="remaps"),
    path("oogsten/herlezingen/<int:pk>/", remap_page, name="remap"),
    path("oogsten/herlezingen/<int:pk>/wijzigingen/", remap_changes_page, name="remap-changes"),
    path("oogsten/herlezingen/<int:pk>/wijzigingen.csv", remap_changes_csv, name="remap-changes-csv"),
    path("oogsten/<int:pk>/", harvest_page, name="harvest"),
    path("oogsten/<int:pk>/geweigerd/", refusals_page, name="harvest-refusals"),
    path("oogsten/<int:pk>/wijzigingen/", harvest_changes_page, name="harvest-changes"),
    path("oogsten/<int:pk>/wijzigingen.csv", harvest_changes_csv, name="harvest-changes-csv"),
    path("oogsten/<int:pk>/stoppen/", stop_harvest, name="harvest-stop"),
    path("oogsten/<int:pk>/terugtrekken/", withdraw_page, name="harvest-withdraw"),
]
