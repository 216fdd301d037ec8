"""Addresses of writing, changing and taking back one's own review."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
