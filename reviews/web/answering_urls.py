"""Addresses of the publisher's replies and readers' votes."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
