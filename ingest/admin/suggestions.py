"""Unknown texts: what editors decide on each, those that touch most products first."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.views.main import ChangeList
from django.contrib.admin.widgets import FilteredSelectMultiple
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from accounts.access import is_editor
from catalogus.models import Concept, Product
from catalogus.web.formatting import joined
from ingest.access import actor_of
from ingest.issues import IssueCode
from ingest.models import Suggestion, SuggestionState
from ingest.quality.findings import PRESENT_STATES
from ingest.quality.unknown_texts import FIELDS
from ingest.services.suggestions import accept_suggestion, dismiss_suggestion, mark_empty, reopen_suggestion

MOST_PRODUCTS = 5
"""Shown where an editor decides: enough to see what a text is used for."""


class StateFilter(admin.SimpleListFilter):
    """Without a choice: what is to be decided on. Of those, a text that no record has any more is hidden."""

    title = gettext_lazy("toestand")
    parameter_name = "toestand"
    GONE, ALL = "gone", "all"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:  # noqa: ARG002
        return [
            *((state.value, str(state.label)) for state in SuggestionState),
            (self.GONE, _("niet meer gebruikt")),
            (self.ALL, _("alle")),
        ]

    def value(self) -> str:
        return super().value() or SuggestionState.OPEN.value

    def choices(self, changelist: ChangeList) -> Iterator[Any]:
        for value, title in self.lookup_choices:
            address = changelist.get_query_string({self.parameter_name: value})
            yield {"selected": self.value() == value, "query_string": address, "display": title}

    def queryset(self, request: HttpRequest, queryset: QuerySet[Suggestion]) -> QuerySet[Suggestion]:  # noqa: ARG002
        match self.value():
            case SuggestionState.OPEN.value:
                return queryset.filter(state=SuggestionState.OPEN, record_count__gt=0)
            case self.GONE:
                return queryset.filter(state=SuggestionState.OPEN, record_count=0)
            case self.ALL:
                return queryset
            case state:
                return queryset.filter(state=state)


class ConceptsForm(forms.Form):
    """The concepts of one vocabulary, the one that the text is most like chosen already."""

    concepts = forms.MultipleChoiceField(
        label=gettext_lazy("Wat het betekent"),
        required=False,
        widget=FilteredSelectMultiple(
            gettext_lazy("begrippen"), is_stacked=False, attrs={"aria-label": gettext_lazy("Wat het betekent")}
        ),
        help_text=gettext_lazy("Een tekst kan meer begrippen betekenen: “havo/vwo” is havo en vwo."),
    )

    def __init__(self, suggestion: Suggestion, data: Any = None) -> None:
        proposed = [suggestion.proposed.code] if suggestion.proposed else []
        super().__init__(data, initial={"concepts": suggestion.concepts or proposed})
        concepts = Concept.objects.filter(scheme=suggestion.scheme, replaced_by=None)
        field = self.fields["concepts"]
        assert isinstance(field, forms.MultipleChoiceField)  # noqa: S101  For the type checker.
        field.choices = [(concept.code, f"{concept.label} ({concept.code})") for concept in concepts]


@admin.register(Suggestion)
class SuggestionAdmin(admin.ModelAdmin):  # type: ignore[type-arg]  # At run time it takes no type.
    """Texts come from records and go with them; an editor only decides what they mean."""

    list_display = ["text", "product_count", "proposed", "scheme", "publishers", "record_count", "state", "decided_by"]
    list_filter = [StateFilter, "scheme"]
    list_select_related = ["proposed"]
    search_fields = ["text", "key"]
    actions = ["mark_as_empty"]

    def has_module_permission(self, request: HttpRequest) -> bool:
        return is_editor(request.user)

    def has_view_permission(self, request: HttpRequest, obj: Suggestion | None = None) -> bool:  # noqa: ARG002
        return is_editor(request.user)

    def has_change_permission(self, request: HttpRequest, obj: Suggestion | None = None) -> bool:  # noqa: ARG002
        return is_editor(request.user)

    def has_add_permission(self, request: HttpRequest) -> bool:  # noqa: ARG002
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Suggestion | None = None) -> bool:  # noqa: ARG002
        return False

    @admin.display(description=gettext_lazy("onder meer van"))
    def publishers(self, suggestion: Suggestion) -> str:
        return joined(suggestion.publisher_names, 1)

    @admin.action(description=gettext_lazy("Betekent niets"), permissions=["change"])
    def mark_as_empty(self, request: HttpRequest, queryset: QuerySet[Suggestion]) -> None:
        """Those that were decided on already stay as they are."""
        done = 0
        for suggestion in queryset:
            try:
                mark_empty(suggestion, actor=actor_of(request))
            except ValidationError as error:
                self.message_user(request, " ".join(error.messages), messages.WARNING)
            else:
                done += 1
        if done:
            text = ngettext("%(count)d tekst betekent niets.", "%(count)d teksten betekenen niets.", done)
            self.message_user(request, text % {"count": done}, messages.SUCCESS)

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",  # noqa: ARG002  Names of the class above.
        extra_context: Any = None,  # noqa: ARG002
    ) -> HttpResponse:
        """What the text might mean, where it is used, and the decisions that there are."""
        if not self.has_change_permission(request):
            raise PermissionDenied
        suggestion = self.get_object(request, object_id)
        if suggestion is None:
            raise Http404
        form = ConceptsForm(suggestion, request.POST if request.method == "POST" else None)
        if request.method == "POST" and form.is_valid():
            try:
                self._decide(request, suggestion, form.cleaned_data["concepts"])
            except ValidationError as error:
                form.add_error(None, error)
            else:
                return HttpResponseRedirect(reverse("admin:ingest_suggestion_changelist"))
        context = {
            **self.admin_site.each_context(request),
            "title": suggestion.text,
            "opts": self.opts,
            "suggestion": suggestion,
            "is_open": suggestion.state == SuggestionState.OPEN,
            "form": form,
            "media": self.media + form.media,
            "products": _products(suggestion),
        }
        return TemplateResponse(request, "ingest/admin/suggestion.html", context)

    def _decide(self, request: HttpRequest, suggestion: Suggestion, concepts: list[str]) -> None:
        actor = actor_of(request)
        match request.POST.get("decision"):
            case "accept":
                accept_suggestion(suggestion, concept_codes=concepts, actor=actor)
            case "empty":
                mark_empty(suggestion, actor=actor)
            case "dismiss":
                dismiss_suggestion(suggestion, actor=actor)
            case "reopen":
                reopen_suggestion(suggestion)
            case _:
                raise ValidationError(_("Kies wat er met de tekst gebeurt."))
        self.message_user(request, _("Het besluit over “%(text)s” is bewaard.") % {"text": suggestion.text})


def _products(suggestion: Suggestion) -> list[Product]:
    field = next(field for field, scheme in FIELDS.items() if scheme == suggestion.scheme)
    finding = [{"code": IssueCode.UNKNOWN_TEXT.value, "field": field, "value": suggestion.text}]
    said = Product.objects.filter(records__issues__contains=finding, records__state__in=PRESENT_STATES)
    return list(
        said.select_related("publisher").only("public_id", "title", "publisher__name").distinct()[:MOST_PRODUCTS]
    )
