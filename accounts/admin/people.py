"""People in the Django admin: accounts, and who speaks for which publisher."""

import uuid
from typing import Any

from django.contrib import admin
from django.contrib.auth.admin import UserAdmin as DjangoUserAdmin
from django.contrib.auth.forms import AdminUserCreationForm
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from accounts.admin.deleting import DeletesPeople
from accounts.models import PublisherMember, User


class AddUserForm(AdminUserCreationForm):  # type: ignore[type-arg]  # Generic for type checkers alone.
    """A local account: known here by a random subject, and signing in by its name."""

    class Meta:
        model = User
        fields = ("sign_in_name",)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["sign_in_name"].required = True
        self.instance.subject = uuid.uuid4().hex


class MembershipInline(admin.TabularInline):  # type: ignore[type-arg]  # Idem.
    model = PublisherMember
    extra = 0
    fields = ("publisher", "role", "ended_at")
    raw_id_fields = ("publisher",)


@admin.register(User)
class UserAdmin(DeletesPeople, DjangoUserAdmin):  # type: ignore[type-arg]  # Idem.
    """Rights are given by those who have them all; others link people to publishers and switch accounts off."""

    add_form = AddUserForm
    list_display = ("__str__", "issuer", "is_staff", "is_active", "joined_at")
    list_filter = ("is_staff", "is_superuser", "is_active")
    search_fields = ("sign_in_name", "display_name", "=subject")
    ordering = ("pk",)
    fieldsets = (
        (None, {"fields": ("sign_in_name", "password", "display_name", "email", "is_active")}),
        (_("Herkomst"), {"fields": ("issuer", "subject", "joined_at", "last_login")}),
        (_("Rechten"), {"fields": ("is_staff", "is_moderator", "is_superuser", "groups", "user_permissions")}),
    )
    add_fieldsets = ((None, {"fields": ("sign_in_name", "usable_password", "password1", "password2")}),)
    # An address is proven by who reads it, on the site; set here, the letter of a new password would go to it.
    readonly_fields = ("email", "issuer", "subject", "joined_at", "last_login")
    _rights = ("is_staff", "is_moderator", "is_superuser", "groups", "user_permissions")

    def get_inlines(self, request: HttpRequest, obj: User | None) -> list[Any]:  # noqa: ARG002  Django's signature.
        return [MembershipInline] if obj else []

    def get_readonly_fields(self, request: HttpRequest, obj: models.Model | None = None) -> tuple[str, ...]:
        fields = tuple(super().get_readonly_fields(request, obj))
        return fields if request.user.is_superuser else fields + self._rights

    def has_change_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        """An account with rights is for those alone who have all of them: its password would give them away."""
        if not super().has_change_permission(request, obj):
            return False
        has_rights = obj is not None and (obj.is_superuser or obj.is_staff or obj.is_moderator)
        return request.user.is_superuser or not has_rights or obj == request.user

    def has_delete_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        return super().has_delete_permission(request, obj) and self.has_change_permission(request, obj)


@admin.register(PublisherMember)
class PublisherMemberAdmin(admin.ModelAdmin):  # type: ignore[type-arg]  # Idem.
    list_display = ("user", "publisher", "role")
    list_filter = ("role",)
    list_select_related = ("user", "publisher")
    search_fields = ("user__sign_in_name", "user__display_name", "publisher__name")
    raw_id_fields = ("user", "publisher")
    fields = ("user", "publisher", "role", "ended_at")
