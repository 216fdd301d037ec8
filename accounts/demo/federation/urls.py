"""The addresses of the provider. allauth names its endpoints in discovery, so all of them must be there."""

from django.urls import include, path
from django.views.generic import RedirectView

from accounts.demo.federation import views

urlpatterns = [
    path("", RedirectView.as_view(pattern_name="account_login")),
    path("aanmelden", views.sign_in, name="account_login"),
    path("stijl.css", views.style, name="style"),
    path("favicon.ico", views.no_icon),
    path("misbehave", views.misbehave),
    # Ours goes first: Django takes the first address that fits.
    path("identity/o/authorize", views.authorization),
    path("", include("allauth.idp.urls")),
]
