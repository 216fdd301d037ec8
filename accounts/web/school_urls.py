"""Pages about where a person works: school, section, publisher, and invitations to them."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
