"""A person's own pages: overview, profile, data."""

from django.urls import path

from accounts.web import account

urlpatterns = [
    path("", account.overview, name="overview"),
]
