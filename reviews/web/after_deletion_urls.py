"""Addresses of a writer's choice of what becomes of reviews when the account goes."""

from django.urls import path

from reviews.web import after_deletion

urlpatterns = [
    path("account/beoordelingen/na-verwijdering/", after_deletion.after_deletion_of_all, name="after-deletion-all"),
    path(
        "account/beoordelingen/<str:public_id>/na-verwijdering/", after_deletion.after_deletion, name="after-deletion"
    ),
]
