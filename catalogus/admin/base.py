"""What all pages of the catalogue's admin share: rows to look at, and tools that lead to the pages of actions."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from catalogus.models import Edit

Row = TypeVar("Row", bound=models.Model)
View = Callable[..., HttpResponse]
"""Called with the request, the row, and what else its address says."""


@dataclass(frozen=True, slots=True)
class Tool:
    """A button above a row: the last part of its page's address, and what it says."""

    name: str
    label: str


if TYPE_CHECKING:
    _ModelAdmin = admin.ModelAdmin
else:

    class _ModelAdmin(admin.ModelAdmin, Generic[Row]):
        """Django's own is generic for type checkers alone."""


class CatalogueAdmin(_ModelAdmin[Row]):
    """Rows that are looked at. What may be done with one stands in `tools`; `tool_views` says which page each has."""

    change_form_template = "admin/catalogus/change_form.html"
    list_per_page = 50
    # Counting everything for "37 of 1,000,000" costs more than it tells.
    show_full_result_count = False

    class Media:
        css = {"all": ["css/admin.css"]}

    def has_add_permission(self, request: HttpRequest) -> bool:  # noqa: ARG002  Django's signature.
        return False

    def has_change_permission(self, request: HttpRequest, obj: Row | None = None) -> bool:  # noqa: ARG002  Idem.
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Row | None = None) -> bool:  # noqa: ARG002  Idem.
        return False

    def has_edit_permission(self, request: HttpRequest) -> bool:
        """Whether the person may use the tools: Django's right to change rows of this kind."""
        return request.user.has_perm(f"{self.opts.app_label}.change_{self.opts.model_name}")

    def tools(self, row: Row) -> list[Tool]:  # noqa: ARG002  For those that have some.
        """The tools that make sense for this row as it is."""
        return []

    def tool_views(self) -> dict[str, View]:
        """The pages of the tools, by name; each is called with the row."""
        return {}

    def get_urls(self) -> list[URLPattern]:
        own = [
            path(f"<int:pk>/{name}/", self.guarded(view), name=self.url_name(name))
            for name, view in self.tool_views().items()
        ]
        return own + super().get_urls()

    def url_name(self, name: str) -> str:
        return f"{self.opts.app_label}_{self.opts.model_name}_{name}"

    def tool_url(self, name: str, pk: int) -> str:
        return reverse(f"admin:{self.url_name(name)}", args=[pk])

    def guarded(self, view: View) -> Callable[..., HttpResponse]:
        """The view for staff with the right to edit alone, with its row."""

        def guard(request: HttpRequest, pk: int, **parts: str) -> HttpResponse:
            if not self.has_edit_permission(request):
                raise PermissionDenied
            row = self.get_queryset(request).filter(pk=pk).first()
            if row is None:
                raise Http404(_("Dit is er niet (meer)."))
            return view(request, row, **parts)

        return self.admin_site.admin_view(guard)

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        row = self.get_object(request, object_id) if self.has_edit_permission(request) else None
        tools = [(tool.label, self.tool_url(tool.name, row.pk)) for tool in self.tools(row)] if row else []
        return super().change_view(request, object_id, form_url, {"tools": tools, **(extra_context or {})})


def link(row: models.Model | None, text: str = "") -> str:
    """A link to a row's page in the admin; a dash where there is no row."""
    if row is None:
        return "–"
    return format_html('<a href="{}">{}</a>', row_url(row), text or str(row))


def row_url(row: models.Model) -> str:
    return reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_change", args=[row.pk])


def list_link(model: type[models.Model], count: int, **filters: object) -> str:
    """A link to the rows of a model that fit, by their number."""
    query = "&".join(f"{name}={value}" for name, value in filters.items())
    url = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")
    return format_html('<a href="{}?{}">{}</a>', url, query, count)


def lines(rows: list[tuple[Any, ...]], pattern: str) -> SafeString | str:
    """A list of rows, each by the pattern; a dash where there are none."""
    if not rows:
        return "–"
    items = format_html_join("", f"<li>{pattern}</li>", rows)
    return format_html('<ul class="plain-list">{}</ul>', items)


def edit_lines(edits: "models.QuerySet[Edit]") -> SafeString | str:
    """What editors did, newest first."""
    undone = _("(ongedaan gemaakt)")
    rows = [
        (f"{timezone.localtime(edit.at):%d-%m-%Y}", link(edit), edit.actor, undone if edit.undone_at else "")
        for edit in edits.order_by("-pk")[:20]
    ]
    return lines(rows, "{} {}, {} {}")
