from django.urls import path, re_path

from catalogus.web.views.cover import cover_picture
from catalogus.web.views.export import export_csv, export_xlsx
from catalogus.web.views.facet import facet_page
from catalogus.web.views.method import method_page
from catalogus.web.views.product import product_page
from catalogus.web.views.product_citation import product_bibtex, product_ris
from catalogus.web.views.product_history import product_history_page
from catalogus.web.views.search import search_page
from catalogus.web.views.suggest import suggestions

app_name = "catalogus"
urlpatterns = [
    path("zoeken/", search_page, name="search"),
    path("zoeken/suggesties/", suggestions, name="suggestions"),
    path("zoeken/export.csv", export_csv, name="export-csv"),
    path("zoeken/export.xlsx", export_xlsx, name="export-xlsx"),
    path("zoeken/facet/<str:parameter>/", facet_page, name="facet"),
    re_path(r"^omslagen/(?P<content_hash>[0-9a-f]{32})-(?P<size>[sl])\.webp\Z", cover_picture, name="cover"),
    path("methode/<str:public_id>/", method_page, name="method-by-id"),
    path("methode/<str:public_id>/<slug:slug>/", method_page, name="method"),
    path("product/<str:public_id>/", product_page, name="product-by-id"),
    path("product/<str:public_id>/<slug:slug>/", product_page, name="product"),
    path("product/<str:public_id>/<slug:slug>/geschiedenis/", product_history_page, name="product-history"),
    path("product/<str:public_id>/<slug:slug>/citaat.ris", product_ris, name="product-ris"),
    path("product/<str:public_id>/<slug:slug>/citaat.bib", product_bibtex, name="product-bibtex"),
]
