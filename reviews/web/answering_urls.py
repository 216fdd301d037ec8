"""Addresses of the publisher's replies and readers' votes."""

from django.urls import URLPattern, path

from reviews.web import answering, helpful, publisher_reviews

urlpatterns: list[URLPattern] = [
    path("beoordelingen/<str:public_id>/nuttig/", helpful.helpful, name="helpful"),
    path("beoordelingen/<str:public_id>/antwoord/", answering.reply_page, name="reply"),
    path(
        "account/uitgever/<slug:slug>/beoordelingen/",
        publisher_reviews.publisher_reviews_page,
        name="publisher-reviews",
    ),
]
