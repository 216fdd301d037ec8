"""Addresses of flags, the moderators' queue and appeals."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
