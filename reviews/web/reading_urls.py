"""Addresses of what everybody reads of reviews."""

from django.urls import URLPattern, path

from reviews.web import reading

urlpatterns: list[URLPattern] = [
    path("beoordelingen/methode/<str:public_id>/", reading.method_reviews_page, name="method-reviews"),
    path("beoordelingen/<str:public_id>/", reading.review_page, name="review"),
    path("beoordelingen/<str:public_id>/versies/", reading.review_versions, name="review-versions"),
]
