"""Addresses of flags, the moderators' queue and appeals."""

from django.urls import URLPattern, path

from reviews.web.appealing import appeal_page
from reviews.web.flagging import flag_page, flag_thanks_page

urlpatterns: list[URLPattern] = [
    path("beoordelingen/<str:public_id>/melden/", flag_page, name="flag"),
    path("beoordelingen/<str:public_id>/melden/bedankt/", flag_thanks_page, name="flag-thanks"),
    path("beoordelingen/<str:public_id>/beroep/", appeal_page, name="appeal"),
]
