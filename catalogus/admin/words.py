"""The words of the search: synonyms, how compounds fall apart, and which words the catalogue itself has."""

import re
from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from catalogus.admin import pages
from catalogus.admin.base import CatalogueAdmin, Row, Tool, View
from catalogus.models import CompoundWord, SearchWord, Synonym
from catalogus.models.provenance import Provenance
from catalogus.services.compounds import remove_compound, set_compound
from catalogus.services.synonyms import add_synonym, remove_synonym

_AT_ONCE = gettext_lazy("Zoekvragen volgen dit binnen een halve minuut; de index verandert niet.")
_BUILT_ANEW = gettext_lazy("De zoekindex wordt daarna binnen enkele minuten opnieuw opgebouwd.")


class SynonymForm(forms.Form):
    text = forms.CharField(label=gettext_lazy("Wie zoekt op"), max_length=100)
    other = forms.CharField(
        label=gettext_lazy("vindt ook"),
        max_length=100,
        help_text=gettext_lazy(
            "Hoofdletters, accenten en leestekens maken geen verschil; meervouden gaan vanzelf mee."
        ),
    )
    is_one_way = forms.BooleanField(
        label=gettext_lazy("alleen in deze richting"),
        required=False,
        help_text=gettext_lazy("Kies dit als het tweede minder of meer betekent dan het eerste."),
    )


class CompoundForm(forms.Form):
    word = forms.CharField(label=gettext_lazy("Woord"), max_length=80)
    parts = forms.CharField(
        label=gettext_lazy("Delen"),
        required=False,
        max_length=400,
        help_text=gettext_lazy("Met spaties ertussen, zoals “reken boek”. Leeg: dit woord valt nooit uiteen."),
    )

    def clean_parts(self) -> list[str]:
        """The parts as they were typed, one by one."""
        return [part for part in re.split(r"[\s,+]+", self.cleaned_data["parts"]) if part]


class WordsAdmin(CatalogueAdmin[Row]):
    """Rows that are made on a page of their own, as there is no row yet to start from."""

    change_list_template = "admin/catalogus/words_list.html"
    adding_label: str | Promise = ""

    def get_urls(self) -> list[URLPattern]:
        # Not "add/", which is Django's own page and is refused to all.
        own = path("new/", self.admin_site.admin_view(self._guarded_new), name=self.url_name("new"))
        return [own, *super().get_urls()]

    def has_edit_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perms(
            [f"{self.opts.app_label}.{action}_{self.opts.model_name}" for action in ("add", "delete")]
        )

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        tools = []
        if self.has_edit_permission(request):
            tools = [(str(self.adding_label), reverse(f"admin:{self.url_name('new')}"))]
        return super().changelist_view(request, {"tools": tools, **(extra_context or {})})

    def _guarded_new(self, request: HttpRequest) -> HttpResponse:
        if not self.has_edit_permission(request):
            raise PermissionDenied
        return self.new(request)

    def new(self, request: HttpRequest) -> HttpResponse:
        """The page that makes a row."""
        raise NotImplementedError

    def list_url(self) -> str:
        return reverse(f"admin:{self.url_name('changelist')}")


@admin.register(Synonym)
class SynonymAdmin(WordsAdmin[Synonym]):
    list_display = ("text", "other", "is_two_way", "provenance")
    list_filter = ("provenance", "is_two_way")
    search_fields = ("text", "other", "key", "other_key")
    fields = ("text", "other", "is_two_way", "provenance")
    readonly_fields = fields
    adding_label = gettext_lazy("Voeg een synoniem toe")

    def tools(self, synonym: Synonym) -> list[Tool]:
        return [] if synonym.provenance == Provenance.SEED else [Tool("remove", _("Verwijder"))]

    def tool_views(self) -> dict[str, View]:
        return {"remove": self.remove}

    def new(self, request: HttpRequest) -> HttpResponse:
        asked = SynonymForm(request.GET if "text" in request.GET else None)

        def plan(values: pages.Values) -> pages.Preview:
            way = _("alleen in deze richting") if values["is_one_way"] else _("en andersom")
            facts = [
                (_("Wie zoekt op"), values["text"]),
                (_("vindt ook"), values["other"]),
                (_("Richting"), way),
                (_("Verder"), str(_AT_ONCE)),
            ]
            return pages.Preview(facts=facts)

        def act(values: pages.Values, _actor: str, _reason: str) -> pages.Done:
            made = add_synonym(text=values["text"], other=values["other"], is_two_way=not values["is_one_way"])
            return pages.Done(_("Synoniem “%(synonym)s” toegevoegd.") % {"synonym": made}, self.list_url(), made)

        title = _("Voeg een synoniem toe")
        return pages.run(request, self, None, pages.Action(title, _("Voeg toe"), plan, act, asked))

    def remove(self, request: HttpRequest, synonym: Synonym) -> HttpResponse:
        def plan(_values: pages.Values) -> pages.Preview:
            return pages.Preview(facts=[(_("Synoniem"), str(synonym)), (_("Verder"), str(_AT_ONCE))])

        def act(_values: pages.Values, _actor: str, _reason: str) -> pages.Done:
            remove_synonym(synonym=synonym)
            return pages.Done(_("Synoniem “%(synonym)s” verwijderd.") % {"synonym": synonym}, self.list_url())

        title = _("Verwijder synoniem “%(synonym)s”") % {"synonym": synonym}
        return pages.run(request, self, synonym, pages.Action(title, _("Verwijder"), plan, act))


@admin.register(CompoundWord)
class CompoundWordAdmin(WordsAdmin[CompoundWord]):
    list_display = ("word", "parts_text", "provenance")
    list_filter = ("provenance",)
    search_fields = ("word",)
    fields = ("word", "parts_text", "provenance")
    readonly_fields = fields
    adding_label = gettext_lazy("Leg een samenstelling vast")

    @admin.display(description=gettext_lazy("valt uiteen in"))
    def parts_text(self, compound: CompoundWord) -> str:
        return _parts_text(compound.parts)

    def tools(self, compound: CompoundWord) -> list[Tool]:
        return [] if compound.provenance == Provenance.SEED else [Tool("remove", _("Verwijder"))]

    def tool_views(self) -> dict[str, View]:
        return {"remove": self.remove}

    def new(self, request: HttpRequest) -> HttpResponse:
        asked = CompoundForm(request.GET if "word" in request.GET else None)

        def plan(values: pages.Values) -> pages.Preview:
            facts = [
                (_("Woord"), values["word"]),
                (_("Valt uiteen in"), _parts_text(values["parts"])),
                (_("Verder"), str(_BUILT_ANEW)),
            ]
            return pages.Preview(facts=facts)

        def act(values: pages.Values, _actor: str, _reason: str) -> pages.Done:
            made = set_compound(word=values["word"], parts=values["parts"])
            return pages.Done(_("Samenstelling “%(compound)s” vastgelegd.") % {"compound": made}, self.list_url(), made)

        title = _("Leg een samenstelling vast")
        return pages.run(request, self, None, pages.Action(title, _("Leg vast"), plan, act, asked))

    def remove(self, request: HttpRequest, compound: CompoundWord) -> HttpResponse:
        def plan(_values: pages.Values) -> pages.Preview:
            facts = [(_("Samenstelling"), str(compound)), (_("Verder"), str(_BUILT_ANEW))]
            return pages.Preview(facts=facts)

        def act(_values: pages.Values, _actor: str, _reason: str) -> pages.Done:
            remove_compound(compound=compound)
            return pages.Done(_("Samenstelling “%(compound)s” verwijderd.") % {"compound": compound}, self.list_url())

        title = _("Verwijder samenstelling “%(compound)s”") % {"compound": compound}
        return pages.run(request, self, compound, pages.Action(title, _("Verwijder"), plan, act))


@admin.register(SearchWord)
class SearchWordAdmin(CatalogueAdmin[SearchWord]):
    """To look up why a word is, or is not, a part of others, or was proposed for a mistyped one."""

    list_display = ("word", "method_count")
    search_fields = ("word",)
    fields = ("word", "method_count")
    readonly_fields = fields
    ordering = ("-method_count", "word")


def _parts_text(parts: list[str]) -> str:
    return " + ".join(parts) if parts else _("nooit")
