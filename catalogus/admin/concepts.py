"""Concepts, and the texts that publishers write for them."""

from django import forms
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from catalogus.admin import pages
from catalogus.admin.base import CatalogueAdmin, Tool, View, lines, link, row_url
from catalogus.models import Concept, ConceptAlias, Scheme
from catalogus.models.provenance import Provenance
from catalogus.services.aliases import add_alias, remove_alias

_READ_AGAIN = gettext_lazy("Alle records worden daarna opnieuw gelezen.")


class AliasForm(forms.Form):
    text = forms.CharField(
        label=gettext_lazy("Tekst zoals uitgevers die schrijven"),
        max_length=200,
        help_text=gettext_lazy("Hoofdletters, accenten en leestekens maken geen verschil."),
    )


@admin.register(Concept)
class ConceptAdmin(CatalogueAdmin[Concept]):
    list_display = ("label_nl", "scheme", "code", "broader", "position")
    list_filter = ("scheme",)
    search_fields = ("label_nl", "label_en", "=code", "aliases__text")
    list_select_related = ("broader",)
    fields = (
        "label_nl",
        "label_en",
        "scheme",
        "code",
        "broader_link",
        "sectors",
        "uri",
        "is_in_default_search",
        "alias_lines",
    )
    readonly_fields = fields

    @admin.display(description=gettext_lazy("ruimer begrip"))
    def broader_link(self, concept: Concept) -> str:
        return link(concept.broader)

    @admin.display(description=gettext_lazy("schrijfwijzen"))
    def alias_lines(self, concept: Concept) -> str:
        aliases = concept.aliases.order_by("key", "pk")
        return lines([(link(alias), alias.get_provenance_display()) for alias in aliases], "{} ({})")

    def tools(self, concept: Concept) -> list[Tool]:  # noqa: ARG002  Every concept has it.
        return [Tool("alias", _("Voeg een schrijfwijze toe"))]

    def tool_views(self) -> dict[str, View]:
        return {"alias": self.add_alias}

    def has_edit_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("catalogus.add_conceptalias")

    def add_alias(self, request: HttpRequest, concept: Concept) -> HttpResponse:
        asked = AliasForm(request.GET if "text" in request.GET else None)

        def plan(values: pages.Values) -> pages.Preview:
            facts = [
                (_("Tekst"), values["text"]),
                (_("Gaat betekenen"), f"{concept.label} ({concept.get_scheme_display()})"),
                (_("Verder"), str(_READ_AGAIN)),
            ]
            return pages.Preview(facts=facts)

        def act(values: pages.Values, _actor: str, _reason: str) -> pages.Done:
            alias = add_alias(scheme=Scheme(concept.scheme), text=values["text"], concept=concept)
            return pages.Done(_("Schrijfwijze “%(text)s” toegevoegd.") % {"text": alias.text}, row_url(concept))

        title = _("Voeg een schrijfwijze toe aan “%(name)s”") % {"name": concept.label}
        return pages.run(request, self, concept, pages.Action(title, _("Voeg toe"), plan, act, asked))


@admin.register(ConceptAlias)
class ConceptAliasAdmin(CatalogueAdmin[ConceptAlias]):
    list_display = ("text", "scheme", "concept", "provenance")
    list_filter = ("scheme", "provenance", ("concept", admin.EmptyFieldListFilter))
    search_fields = ("text", "key", "concept__label_nl")
    list_select_related = ("concept",)
    fields = ("text", "key", "scheme", "concept_link", "provenance")
    readonly_fields = fields

    def get_queryset(self, request: HttpRequest) -> QuerySet[ConceptAlias]:
        return super().get_queryset(request).select_related("concept")

    @admin.display(description=gettext_lazy("begrip"))
    def concept_link(self, alias: ConceptAlias) -> str:
        return link(alias.concept) if alias.concept else _("betekent niets")

    def tools(self, alias: ConceptAlias) -> list[Tool]:
        return [] if alias.provenance == Provenance.SEED else [Tool("remove", _("Verwijder"))]

    def tool_views(self) -> dict[str, View]:
        return {"remove": self.remove}

    def has_edit_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("catalogus.delete_conceptalias")

    def remove(self, request: HttpRequest, alias: ConceptAlias) -> HttpResponse:
        def plan(_values: pages.Values) -> pages.Preview:
            meaning = alias.concept.label if alias.concept else _("niets")
            facts = [(_("Tekst"), alias.text), (_("Betekent nu"), meaning), (_("Verder"), str(_READ_AGAIN))]
            return pages.Preview(facts=facts)

        def act(_values: pages.Values, _actor: str, _reason: str) -> pages.Done:
            remove_alias(alias=alias)
            done = _("Schrijfwijze “%(text)s” verwijderd.") % {"text": alias.text}
            return pages.Done(done, reverse("admin:catalogus_conceptalias_changelist"))

        title = _("Verwijder schrijfwijze “%(text)s”") % {"text": alias.text}
        return pages.run(request, self, alias, pages.Action(title, _("Verwijder"), plan, act))
