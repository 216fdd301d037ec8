"""Addresses of writing, changing and taking back one's own review."""

from django.urls import path

from reviews.web import drafting, own, previewing, writing

urlpatterns = [
    path("beoordelen/concept/<str:key>/weggooien/", drafting.discard, name="draft-discard"),
    path("beoordelen/<slug:public_id>/", writing.write, name="write"),
    path("beoordelen/<slug:public_id>/concept/", drafting.keep, name="draft"),
    path("beoordelen/<slug:public_id>/voorbeeld/", previewing.preview, name="preview"),
    path("beoordelingen/<slug:public_id>/wijzigen/", writing.edit, name="edit"),
    path("beoordelingen/<slug:public_id>/intrekken/", own.withdraw, name="withdraw"),
    path("beoordelingen/<slug:public_id>/bedankt/", own.thanks, name="thanks"),
    path("account/beoordelingen/", own.own, name="own"),
]
