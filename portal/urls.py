from django.urls import path

from portal import help as help_views
from portal import views
from portal.home import home
from portal.language import set_language
from portal.privacy import privacy
from portal.status import status_json, status_page

app_name = "portal"
urlpatterns = [
    path("", home, name="home"),
    path("privacy/", privacy, name="privacy"),
    path("uitleg/", help_views.index, name="help"),
    path("uitleg/zoeken/", help_views.search, name="help-search"),
    path("uitleg/beoordelingen/", help_views.reviews, name="help-reviews"),
    path("uitleg/gegevens/", help_views.data, name="help-data"),
    path("uitleg/toegankelijkheid/", help_views.accessibility, name="accessibility"),
    path("uitleg/api/", help_views.api, name="help-api"),
    path("over/", help_views.about, name="about"),
    path("contact/", help_views.contact_page, name="contact"),
    path("status/", status_page, name="status"),
    path("status.json", status_json, name="status-json"),
    path("taal/", set_language, name="set-language"),
    path("healthz", views.healthz, name="healthz"),
]
