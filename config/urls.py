"""All addresses of the site."""

from django.contrib import admin
from django.urls import include, path
from drf_spectacular.views import SpectacularJSONAPIView

urlpatterns = [
    path("", include("portal.urls")),
    # Before the catalogue's: "ruw" below a product is no product's title.
    path("", include("ingest.web.urls")),
    path("", include("catalogus.web.urls")),
    path("account/", include("accounts.web.sign_in_urls")),
    path("account/", include("accounts.web.urls")),
    path("", include("selection.web.urls")),
    path("", include("reviews.web.urls")),
    path("beheer/", admin.site.urls),
    path("api/v1/", include("catalogus.api.urls")),
    path("api/v1/", include("reviews.api.urls")),
    path("api/v1/openapi.json", SpectacularJSONAPIView.as_view(api_version="v1"), name="openapi"),
]

handler400 = "portal.errors.bad_request"
handler404 = "portal.errors.page_not_found"
handler500 = "portal.errors.server_error"
