"""All addresses of this room, in one namespace: saved searches below an account, lists and comparisons open to all."""

from django.urls import include, path

app_name = "selection"
urlpatterns = [
    path("account/zoekopdrachten/", include("selection.web.search_urls")),
    path("vergelijken/", include("selection.web.compare_urls")),
    path("", include("selection.web.list_urls")),
]
