"""The log of what editors did, and undoing it."""

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from catalogus.admin import pages
from catalogus.admin.base import CatalogueAdmin, Tool, View, link, row_url
from catalogus.models import Edit, ProductVersion
from catalogus.services import editing


@admin.register(Edit)
class EditAdmin(CatalogueAdmin[Edit]):
    list_display = ("id", "at", "kind", "summary", "actor", "undone_at")
    list_display_links = ("id", "summary")
    list_filter = ("kind", ("undone_at", admin.EmptyFieldListFilter))
    search_fields = ("summary", "reason", "actor")
    date_hierarchy = "at"
    fields = (
        "kind",
        "summary",
        "reason",
        "actor",
        "at",
        "method_link",
        "publisher_link",
        "version_count",
        "undone_at",
        "undone_by",
        "undone_because",
    )
    readonly_fields = fields

    def get_queryset(self, request: HttpRequest) -> QuerySet[Edit]:
        return super().get_queryset(request).select_related("method", "publisher").defer("before")

    @admin.display(description=gettext_lazy("methode"))
    def method_link(self, edit: Edit) -> str:
        return link(edit.method)

    @admin.display(description=gettext_lazy("uitgever"))
    def publisher_link(self, edit: Edit) -> str:
        return link(edit.publisher)

    @admin.display(description=gettext_lazy("gewijzigde producten"))
    def version_count(self, edit: Edit) -> int:
        return ProductVersion.objects.filter(run=f"edit-{edit.pk}").count()

    @admin.display(description=gettext_lazy("reden van het ongedaan maken"))
    def undone_because(self, edit: Edit) -> str:
        return str(edit.after.get("undone_because", "–"))

    def tools(self, edit: Edit) -> list[Tool]:
        return [Tool("undo", _("Maak ongedaan"))] if edit.undone_at is None else []

    def tool_views(self) -> dict[str, View]:
        return {"undo": self.undo}

    def undo(self, request: HttpRequest, edit: Edit) -> HttpResponse:
        def plan(_values: pages.Values) -> pages.Preview:
            found = editing.plan_undo(edit=edit)
            facts = [
                (_("Ingreep"), edit.summary),
                (_("Gedaan door"), edit.actor),
                (_("Reden van toen"), edit.reason),
                (_("Producten die teruggaan"), found.returning_count),
            ]
            return pages.Preview(facts=facts, refusals=found.refusals)

        def act(_values: pages.Values, actor: str, reason: str) -> pages.Done:
            editing.undo(edit=edit, actor=actor, reason=reason)
            return pages.Done(_("Ongedaan gemaakt: %(summary)s.") % {"summary": edit.summary}, row_url(edit))

        title = _("Maak ingreep %(number)d ongedaan") % {"number": edit.pk}
        return pages.run(request, self, edit, pages.Action(title, _("Maak ongedaan"), plan, act))
