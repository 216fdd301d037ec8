"""Where people work, sections and invitations in the Django admin: looked up, and changed on the site's own pages.

Those ask who may, tell the people whom it is about, and keep a section led; a form of the admin does none of it.
"""

from typing import Any

from django.contrib import admin
from django.db import models
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import Affiliation, Invitation, Section, SectionMember


class _LookedUp:
    """Nothing is added, changed or deleted here."""

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:  # noqa: ARG002  Django's signature.
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:  # noqa: ARG002  Idem.
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:  # noqa: ARG002  Idem.
        return False


@admin.register(Affiliation)
class AffiliationAdmin(_LookedUp, admin.ModelAdmin):  # type: ignore[type-arg]  # Generic for type checkers alone.
    list_display = ("user", "school", "role", "assurance", "state", "asked_at", "confirmed_at")
    list_filter = ("state", "assurance", "role", "end_reason")
    list_select_related = ("user", "school")
    search_fields = ("school__code", "school__name", "user__sign_in_name", "user__display_name", "=user__subject")
    date_hierarchy = "asked_at"


class MemberInline(_LookedUp, admin.TabularInline):  # type: ignore[type-arg]  # Idem.
    model = SectionMember
    extra = 0
    fields = ("user", "role", "joined_at", "left_at")


@admin.register(Section)
class SectionAdmin(_LookedUp, admin.ModelAdmin):  # type: ignore[type-arg]  # Idem.
    """“Bekijk op site” leads to the section's page, where staff may help."""

    list_display = ("subject", "school", "created_at", "ended_at")
    list_filter = (("ended_at", admin.EmptyFieldListFilter),)
    list_select_related = ("school", "subject")
    search_fields = ("school__code", "school__name", "subject__label_nl", "subject__code")
    inlines = (MemberInline,)

    def view_on_site(self, obj: models.Model) -> str:
        return reverse("accounts:section", args=[obj.pk])


@admin.register(Invitation)
class InvitationAdmin(_LookedUp, admin.ModelAdmin):  # type: ignore[type-arg]  # Idem.
    """The nonce is not shown: with it and the site's key the letter could be made again."""

    list_display = ("kind", "section_name", "publisher", "role", "email", "created_at", "expires_at", "state")
    list_filter = ("kind", ("accepted_at", admin.EmptyFieldListFilter), ("withdrawn_at", admin.EmptyFieldListFilter))
    list_select_related = ("publisher", "section__school", "section__subject", "invited_by")
    search_fields = ("=email", "publisher__name", "section__school__code", "section__school__name")
    fields = (
        "kind", "section_name", "publisher", "role", "email", "invited_by", "created_at", "expires_at", "accepted_at",
        "accepted_by", "withdrawn_at",
    )  # fmt: skip

    @admin.display(description=_("vaksectie"))
    def section_name(self, invitation: Invitation) -> str:
        section = invitation.section
        return f"{section.subject}, {section.school}" if section else ""

    @admin.display(description=_("toestand"))
    def state(self, invitation: Invitation) -> str:
        if invitation.accepted_at is not None:
            return str(_("aangenomen"))
        return str(_("ingetrokken") if invitation.withdrawn_at is not None else _("open"))
