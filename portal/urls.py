from django.urls import path

from portal import views
from portal.home import home
from portal.language import set_language
from portal.privacy import privacy

app_name = "portal"
urlpatterns = [
    path("", home, name="home"),
    path("privacy/", privacy, name="privacy"),
    path("taal/", set_language, name="set-language"),
    path("healthz", views.healthz, name="healthz"),
]
