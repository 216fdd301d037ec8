"""Publishers: merge, rename, and what may be one among their methods."""

from django import forms
from django.contrib import admin
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from catalogus.admin import pages
from catalogus.admin.base import CatalogueAdmin, Tool, View, edit_lines, lines, link, list_link, row_url
from catalogus.admin.methods import MOST_FOUND, done, number
from catalogus.models import Edit, Method, Product, Publisher
from catalogus.services import editing
from catalogus.services.editing.proposals import merge_proposals


class PublisherNameForm(forms.Form):
    name = forms.CharField(label=gettext_lazy("Nieuwe naam"), max_length=255)


@admin.register(Publisher)
class PublisherAdmin(CatalogueAdmin[Publisher]):
    list_display = ("name", "slug", "method_count", "merged_into")
    list_filter = (("merged_into", admin.EmptyFieldListFilter),)
    search_fields = ("name", "slug", "aliases__text")
    list_select_related = ("merged_into",)
    fields = ("name", "slug", "merged_into_link", "alias_lines", "methods_found", "products_found", "edits_done")
    readonly_fields = fields

    def get_queryset(self, request: HttpRequest) -> QuerySet[Publisher]:
        rows = super().get_queryset(request).select_related("merged_into")
        return rows.annotate(size=Count("methods", filter=Q(methods__merged_into=None), distinct=True))

    @admin.display(description=gettext_lazy("methodes"), ordering="size")
    def method_count(self, publisher: Publisher) -> int:
        return int(getattr(publisher, "size", 0))

    @admin.display(description=gettext_lazy("samengevoegd met"))
    def merged_into_link(self, publisher: Publisher) -> str:
        return link(publisher.merged_into)

    @admin.display(description=gettext_lazy("schrijfwijzen"))
    def alias_lines(self, publisher: Publisher) -> str:
        aliases = publisher.aliases.order_by("pk")
        return lines([(alias.text, alias.get_provenance_display()) for alias in aliases], "{} ({})")

    @admin.display(description=gettext_lazy("methodes"))
    def methods_found(self, publisher: Publisher) -> str:
        return list_link(Method, publisher.methods.count(), publisher__exact=publisher.pk)

    @admin.display(description=gettext_lazy("producten"))
    def products_found(self, publisher: Publisher) -> str:
        return list_link(Product, publisher.products.count(), publisher__exact=publisher.pk)

    @admin.display(description=gettext_lazy("ingrepen"))
    def edits_done(self, publisher: Publisher) -> str:
        own = Q(publisher=publisher, method=None) | Q(before__source=publisher.pk)
        return edit_lines(Edit.objects.filter(own))

    def tools(self, publisher: Publisher) -> list[Tool]:
        if publisher.merged_into_id is not None:
            return []
        return [
            Tool("proposals", _("Methodes die op elkaar lijken")),
            Tool("merge", _("Voeg samen met een andere")),
            Tool("rename", _("Hernoem")),
        ]

    def tool_views(self) -> dict[str, View]:
        return {"proposals": self.proposals, "merge": self.merge, "rename": self.rename}

    def proposals(self, request: HttpRequest, publisher: Publisher) -> HttpResponse:
        found = [
            pages.Choice(
                f"{proposal.source.name} → {proposal.target.name}",
                "",
                f"{reverse('admin:catalogus_method_merge', args=[proposal.source.pk])}?into={proposal.target.pk}",
                proposal.reasons,
            )
            for proposal in merge_proposals(publisher)
        ]
        title = _("Methodes van %(publisher)s die op elkaar lijken") % {"publisher": publisher.name}
        return pages.show(request, self, "admin/catalogus/proposals.html", publisher, title, proposed=found)

    def merge(self, request: HttpRequest, publisher: Publisher) -> HttpResponse:
        into = self.get_queryset(request).filter(pk=number(request.GET.get("into"))).first()
        title = _("Voeg %(name)s samen met een andere uitgever") % {"name": publisher.name}
        if into is None:
            return pages.choose(request, self, publisher, title, found=self._found(request, publisher))

        def plan(_values: pages.Values) -> pages.Preview:
            return self._merge_preview(editing.plan_merge_publishers(source=publisher, target=into))

        def act(_values: pages.Values, actor: str, reason: str) -> pages.Done:
            edit = editing.merge_publishers(source=publisher, target=into, actor=actor, reason=reason)
            return pages.Done(done(edit), row_url(into))

        return pages.run(request, self, publisher, pages.Action(title, _("Voeg samen"), plan, act))

    def _merge_preview(self, plan: editing.MergePublishersPlan) -> pages.Preview:
        meeting = [(source.name, target.name) for source, target in plan.meeting]
        return pages.Preview(
            facts=[
                (_("Gaat op"), f"{plan.source.name} ({plan.source.slug})"),
                (_("Blijft"), f"{plan.target.name} ({plan.target.slug})"),
                (_("Methodes die verhuizen"), plan.method_count),
                (_("Producten die verhuizen"), plan.product_count),
            ],
            tables=[pages.Table(_("Methodes die samengaan"), (_("Gaat op"), _("Blijft")), meeting)] if meeting else [],
            warnings=plan.warnings,
            refusals=plan.refusals,
            other=(_("Andersom"), f"{self.tool_url('merge', plan.target.pk)}?into={plan.source.pk}"),
        )

    def _found(self, request: HttpRequest, publisher: Publisher) -> list[pages.Choice]:
        asked = request.GET.get("q", "").strip()
        others = self.get_queryset(request).filter(merged_into=None).exclude(pk=publisher.pk)
        fitting = others.filter(Q(name__icontains=asked) | Q(slug=asked)).order_by("name")[:MOST_FOUND] if asked else []
        return [
            pages.Choice(
                found.name,
                ngettext("%(count)d methode", "%(count)d methodes", self.method_count(found))
                % {"count": self.method_count(found)},
                pages.with_parameter(request, "into", found.pk),
            )
            for found in fitting
        ]

    def rename(self, request: HttpRequest, publisher: Publisher) -> HttpResponse:
        asked = PublisherNameForm(request.GET if "name" in request.GET else None, initial={"name": publisher.name})

        def plan(values: pages.Values) -> pages.Preview:
            found = editing.plan_rename_publisher(publisher=publisher, name=values["name"])
            facts = [
                (_("Heet nu"), publisher.name),
                (_("Gaat heten"), found.name),
                (_("Producten"), found.product_count),
                (_("Code in adressen"), publisher.slug),
                (_("Verder"), _("De code in adressen blijft, en beide namen worden herkend.")),
            ]
            return pages.Preview(facts=facts, refusals=found.refusals)

        def act(values: pages.Values, actor: str, reason: str) -> pages.Done:
            edit = editing.rename_publisher(publisher=publisher, name=values["name"], actor=actor, reason=reason)
            return pages.Done(done(edit), row_url(publisher))

        title = _("Hernoem %(name)s") % {"name": publisher.name}
        return pages.run(request, self, publisher, pages.Action(title, _("Hernoem"), plan, act, asked))
