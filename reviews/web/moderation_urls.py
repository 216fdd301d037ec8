"""Addresses of flags, the moderators' queue and appeals."""

from django.urls import URLPattern, path

from reviews.web.appealing import appeal_page
from reviews.web.consenting import section_consent_page
from reviews.web.flagging import flag_page, flag_thanks_page
from reviews.web.holding import holding_page
from reviews.web.logbook import log_page
from reviews.web.moderating import moderate_page, queue_page
from reviews.web.signalling import signals_page

urlpatterns: list[URLPattern] = [
    path("beoordelingen/<str:public_id>/melden/", flag_page, name="flag"),
    path("beoordelingen/<str:public_id>/melden/bedankt/", flag_thanks_page, name="flag-thanks"),
    path("beoordelingen/<str:public_id>/beroep/", appeal_page, name="appeal"),
    path("moderatie/", queue_page, name="queue"),
    path("moderatie/logboek/", log_page, name="moderation-log"),
    path("moderatie/signalen/", signals_page, name="moderation-signals"),
    path("moderatie/vooraf/", holding_page, name="moderation-holding"),
    # Last: a public id has 13 signs, so no page of the above is taken for one.
    path("moderatie/<str:public_id>/", moderate_page, name="moderate"),
    path("account/secties/<int:pk>/schoolnaam/", section_consent_page, name="section-consent"),
]
