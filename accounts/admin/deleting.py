"""Deleting people in the administration: by the same service as they do themselves."""

from collections.abc import Iterable
from typing import Any

from django.contrib import admin, messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from accounts.exceptions import DeletionRefused
from accounts.models import User
from accounts.personal_data import holdings
from accounts.services.deletion import delete_account


class DeletesPeople(admin.ModelAdmin):  # type: ignore[type-arg]  # Generic for type checkers alone.
    """Who may delete an account may delete what belongs to it, whatever tables that is in."""

    def delete_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        try:
            response: HttpResponse = super().delete_view(request, object_id, extra_context)
        except DeletionRefused as refused:
            self.message_user(request, str(refused), messages.ERROR)
            response = HttpResponseRedirect(reverse("admin:accounts_user_change", args=[object_id]))
        return response

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """Of several people all are deleted or none."""
        try:
            with transaction.atomic():
                response: HttpResponse = super().changelist_view(request, extra_context)
        except DeletionRefused as refused:
            self.message_user(request, str(refused), messages.ERROR)
            response = HttpResponseRedirect(request.get_full_path())
        return response

    def delete_model(self, request: HttpRequest, obj: User) -> None:  # noqa: ARG002  Django's signature.
        delete_account(user=obj)

    def delete_queryset(self, request: HttpRequest, queryset: Iterable[User]) -> None:  # noqa: ARG002  Idem.
        for user in queryset:
            delete_account(user=user)

    def get_deleted_objects(
        self, objs: Iterable[User], request: HttpRequest
    ) -> tuple[list[Any], dict[str, int], set[str], list[str]]:
        """What goes, as the registry tells it; the rights that lack are those over the accounts themselves."""
        people = list(objs)
        lacking = {str(self.opts.verbose_name) for user in people if not self.has_delete_permission(request, user)}
        told: list[Any] = []
        for user in people:
            told += [str(user), [f"{holding.name}: {holding.deletion.label}" for holding in holdings()]]
        return told, {str(self.opts.verbose_name_plural): len(people)}, lacking, []
