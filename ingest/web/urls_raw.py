from django.urls import path, re_path

from ingest.web.raw import product_raw_page, record_download, record_raw_page

urlpatterns = [
    path("product/<str:public_id>/ruw/", product_raw_page, name="product-raw"),
    path("records/<int:pk>/ruw/", record_raw_page, name="record-raw"),
    re_path(r"^records/(?P<pk>[0-9]+)/ruw/(?P<which>inhoud|geweigerd)/$", record_download, name="record-download"),
]
