"""Lists: those that are kept, what has a link, and the one in the browser."""

from django.urls import path

from selection.web import keeping, list_page, lists, local_list, shared_list

urlpatterns = [
    path("lijsten/", lists.lists_page, name="lists"),
    path("lijsten/nieuw/", lists.new, name="list-new"),
    path("lijsten/zet-op/", keeping.keep, name="keep-on-list"),
    path("lijsten/gedeeld/<str:token>/", shared_list.shared_page, name="shared-list"),
    path("lijsten/gedeeld/<str:token>/bestellijst.<str:ending>", shared_list.export, name="shared-list-export"),
    path("lijsten/<slug:public_id>/", list_page.list_page, name="list"),
    path("lijsten/<slug:public_id>/regels/", list_page.rows, name="list-rows"),
    path("lijsten/<slug:public_id>/wijzigen/", lists.change, name="list-change"),
    path("lijsten/<slug:public_id>/kopie/", lists.copy, name="list-copy"),
    path("lijsten/<slug:public_id>/delen/", lists.share, name="list-share"),
    path("lijsten/<slug:public_id>/verwijderen/", lists.delete, name="list-delete"),
    path("lijsten/<slug:public_id>/bestellijst.<str:ending>", list_page.export, name="list-export"),
    path("lijst/", local_list.local_page, name="local-list"),
    path("lijst/regels/", local_list.rows, name="local-list-rows"),
    path("lijst/bewaren/", local_list.keep, name="local-list-keep"),
    path("lijst/bestellijst.<str:ending>", local_list.export, name="local-list-export"),
]
