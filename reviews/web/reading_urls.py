"""Addresses of what everybody reads of reviews."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
