"""Sources: which there are, how often they are read, and a pass at once."""

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from kombu.exceptions import OperationalError

from ingest.models import Source
from ingest.tasks import harvest_source


@admin.register(Source)
class SourceAdmin(admin.ModelAdmin):  # type: ignore[type-arg]  # At run time it takes no type.
    """A source is taken out of use, never deleted: its records stay, and products are made of them."""

    list_display = ["name", "code", "every_hours", "precedence", "is_active", "failure_told_at"]
    list_filter = ["is_active"]
    search_fields = ["code", "name"]
    fields = [
        "name", "code", "kind", "url", "record_schema", "every_hours", "precedence", "trusted_publishers", "is_active",
    ]  # fmt: skip
    filter_horizontal = ["trusted_publishers"]
    actions = ["harvest_now"]

    def get_readonly_fields(self, request: HttpRequest, obj: Source | None = None) -> list[str]:  # noqa: ARG002
        # The addresses of products are made of it.
        return ["code"] if obj is not None else []

    def has_delete_permission(self, request: HttpRequest, obj: Source | None = None) -> bool:  # noqa: ARG002
        return False

    @admin.action(description=gettext_lazy("Oogst nu"), permissions=["change"])
    def harvest_now(self, request: HttpRequest, queryset: QuerySet[Source]) -> None:
        """Queue a pass for each of these sources that is in use."""
        wanted = list(queryset)
        active = [source for source in wanted if source.is_active]
        try:
            for source in active:
                harvest_source.delay(source.pk)
        except OperationalError:
            self.message_user(request, _("De wachtrij is er niet; probeer het later opnieuw."), messages.ERROR)
            return
        if active:
            text = ngettext(
                "%(count)d oogst staat in de wachtrij.", "%(count)d oogsten staan in de wachtrij.", len(active)
            )
            self.message_user(request, text % {"count": len(active)}, messages.SUCCESS)
        if len(active) < len(wanted):
            self.message_user(request, _("Een bron die niet in gebruik is, wordt niet geoogst."), messages.WARNING)
