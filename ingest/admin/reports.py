"""Reports of visitors: what editors find out about each, the newest first."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.views.main import ChangeList
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from accounts.access import is_editor
from catalogus.models import Product
from ingest.access import actor_of
from ingest.models import DataReport, ReportState
from ingest.services.reports import close_report, reopen_report

_SHOWN_OF_TEXT = 120


class ReportStateFilter(admin.SimpleListFilter):
    """Without a choice: what is open."""

    title = gettext_lazy("toestand")
    parameter_name = "toestand"
    ALL = "all"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:  # noqa: ARG002
        return [*((state.value, str(state.label)) for state in ReportState), (self.ALL, _("alle"))]

    def value(self) -> str:
        return super().value() or ReportState.OPEN.value

    def choices(self, changelist: ChangeList) -> Iterator[Any]:
        for value, title in self.lookup_choices:
            address = changelist.get_query_string({self.parameter_name: value})
            yield {"selected": self.value() == value, "query_string": address, "display": title}

    def queryset(self, request: HttpRequest, queryset: QuerySet[DataReport]) -> QuerySet[DataReport]:  # noqa: ARG002
        return queryset if self.value() == self.ALL else queryset.filter(state=self.value())


class NoteForm(forms.Form):
    note = forms.CharField(
        label=gettext_lazy("Notitie"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3, "class": "vLargeTextField"}),
        help_text=gettext_lazy("Wat u vond. Wie meldde, ziet dit niet. Bij afwijzen is een reden nodig."),
    )


@admin.register(DataReport)
class DataReportAdmin(admin.ModelAdmin):  # type: ignore[type-arg]  # At run time it takes no type.
    """What visitors wrote is never altered: an editor decides what becomes of it, or deletes the whole.

    Deleting is for what nobody should read: names of pupils, abuse, somebody's address. Django asks and logs.
    """

    list_display = ["about", "kind", "beginning", "publisher", "created_at", "state", "handled_by"]
    list_filter = [ReportStateFilter, "kind"]
    list_select_related = ["product__publisher", "method__publisher"]
    list_per_page = 50
    search_fields = ["text", "product__title", "product__ean", "method__name"]
    actions = ["mark_as_handled"]

    def has_module_permission(self, request: HttpRequest) -> bool:
        return is_editor(request.user)

    def has_view_permission(self, request: HttpRequest, obj: DataReport | None = None) -> bool:  # noqa: ARG002
        return is_editor(request.user)

    def has_change_permission(self, request: HttpRequest, obj: DataReport | None = None) -> bool:  # noqa: ARG002
        return is_editor(request.user)

    def has_add_permission(self, request: HttpRequest) -> bool:  # noqa: ARG002
        return False

    def has_delete_permission(self, request: HttpRequest, obj: DataReport | None = None) -> bool:
        return self.has_change_permission(request, obj)

    @admin.display(description=gettext_lazy("waarover"))
    def about(self, report: DataReport) -> str:
        return Truncator(str(report.subject)).chars(_SHOWN_OF_TEXT)

    @admin.display(description=gettext_lazy("melding"))
    def beginning(self, report: DataReport) -> str:
        return Truncator(report.text).chars(_SHOWN_OF_TEXT)

    @admin.display(description=gettext_lazy("uitgever"))
    def publisher(self, report: DataReport) -> str:
        return report.subject.publisher.name

    @admin.action(description=gettext_lazy("Afgehandeld"), permissions=["change"])
    def mark_as_handled(self, request: HttpRequest, queryset: QuerySet[DataReport]) -> None:
        """Those that were closed already stay as they are."""
        done = 0
        for report in queryset:
            try:
                close_report(report, state=ReportState.HANDLED, note=report.note, actor=actor_of(request))
            except ValidationError as error:
                self.message_user(request, " ".join(error.messages), messages.WARNING)
            else:
                done += 1
        if done:
            text = ngettext("%(count)d melding is afgehandeld.", "%(count)d meldingen zijn afgehandeld.", done)
            self.message_user(request, text % {"count": done}, messages.SUCCESS)

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",  # noqa: ARG002  Names of the class above.
        extra_context: Any = None,  # noqa: ARG002
    ) -> HttpResponse:
        """The report, what it is about, and the decisions that there are."""
        if not self.has_change_permission(request):
            raise PermissionDenied
        report = self.get_object(request, object_id)
        if report is None:
            raise Http404
        form = NoteForm(request.POST if request.method == "POST" else None, initial={"note": report.note})
        if request.method == "POST" and form.is_valid():
            try:
                self._decide(request, report, form.cleaned_data["note"])
            except ValidationError as error:
                form.add_error(None, error.messages)
            else:
                return HttpResponseRedirect(reverse("admin:ingest_datareport_changelist"))
        subject = report.subject
        kind = "product" if isinstance(subject, Product) else "method"
        context = {
            **self.admin_site.each_context(request),
            "title": str(report.subject),
            "opts": self.opts,
            "report": report,
            "subject": subject,
            "subject_admin_url": reverse(f"admin:catalogus_{kind}_change", args=[subject.pk]),
            "form": form,
        }
        return TemplateResponse(request, "ingest/admin/report.html", context)

    def _decide(self, request: HttpRequest, report: DataReport, note: str) -> None:
        match request.POST.get("decision"):
            case "handled":
                close_report(report, state=ReportState.HANDLED, note=note, actor=actor_of(request))
            case "declined":
                close_report(report, state=ReportState.DECLINED, note=note, actor=actor_of(request))
            case "reopen":
                reopen_report(report)
            case _:
                raise ValidationError(_("Kies wat er met de melding gebeurt."))
        self.message_user(request, _("Het besluit over de melding is bewaard."))
