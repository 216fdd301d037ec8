from django.urls import path
from django.views.i18n import set_language

from portal import views

app_name = "portal"
urlpatterns = [
    path("", views.home, name="home"),
    path("taal/", set_language, name="set-language"),
    path("healthz", views.healthz, name="healthz"),
]
