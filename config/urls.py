"""All addresses of the site."""

from django.urls import include, path
from drf_spectacular.views import SpectacularAPIView

urlpatterns = [
    path("", include("portal.urls")),
    path("", include("catalogus.web.urls")),
    path("api/v1/", include("catalogus.api.urls")),
    path("api/v1/openapi.json", SpectacularAPIView.as_view(api_version="v1"), name="openapi"),
]
