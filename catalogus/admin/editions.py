"""Editions: rename one, or move all that is in it."""

from django import forms
from django.contrib import admin
from django.db.models import Count, QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from catalogus.admin import pages
from catalogus.admin.base import CatalogueAdmin, Tool, View, link, list_link, row_url
from catalogus.admin.methods import done
from catalogus.models import Edition, Product
from catalogus.services import editing


class EditionNameForm(forms.Form):
    label = forms.CharField(label=gettext_lazy("Aanduiding"), max_length=100)
    ordinal = forms.IntegerField(
        label=gettext_lazy("Volgnummer of eerste jaar"),
        required=False,
        help_text=gettext_lazy(
            "3 voor een derde druk, 2025 voor 2025/2026. De hoogste die leverbaar is, geldt als huidige."
        ),
    )


@admin.register(Edition)
class EditionAdmin(CatalogueAdmin[Edition]):
    list_display = ("label", "method", "ordinal", "product_count", "is_locked")
    list_filter = ("is_locked",)
    search_fields = ("label", "method__name", "=method__public_id")
    list_select_related = ("method",)
    fields = ("label", "ordinal", "is_locked", "method_link", "products_found", "move_all")
    readonly_fields = fields

    def get_queryset(self, request: HttpRequest) -> QuerySet[Edition]:
        rows = super().get_queryset(request).select_related("method__publisher", "method__merged_into")
        return rows.annotate(size=Count("products"))

    @admin.display(description=gettext_lazy("producten"), ordering="size")
    def product_count(self, edition: Edition) -> int:
        return int(getattr(edition, "size", 0))

    @admin.display(description=gettext_lazy("methode"))
    def method_link(self, edition: Edition) -> str:
        return link(edition.method)

    @admin.display(description=gettext_lazy("producten"))
    def products_found(self, edition: Edition) -> str:
        return list_link(Product, edition.products.count(), edition__exact=edition.pk)

    @admin.display(description=gettext_lazy("verplaatsen"))
    def move_all(self, edition: Edition) -> str:
        url = reverse("admin:catalogus_product_move")
        return format_html('<a href="{}?edition={}">{}</a>', url, edition.pk, _("Verplaats alle producten"))

    def tools(self, edition: Edition) -> list[Tool]:
        return [] if edition.is_unknown else [Tool("rename", _("Hernoem"))]

    def tool_views(self) -> dict[str, View]:
        return {"rename": self.rename}

    def rename(self, request: HttpRequest, edition: Edition) -> HttpResponse:
        asked = EditionNameForm(
            request.GET if "label" in request.GET else None,
            initial={"label": edition.label, "ordinal": edition.ordinal},
        )

        def plan(values: pages.Values) -> pages.Preview:
            found = editing.plan_rename_edition(edition=edition, label=values["label"], ordinal=values["ordinal"])
            facts = [
                (_("Methode"), edition.method.name),
                (_("Heet nu"), _named(edition.label, edition.ordinal)),
                (_("Gaat heten"), _named(found.label, found.ordinal)),
                (_("Producten"), found.product_count),
                (_("Verder"), _("De uitgave wordt vastgezet: wat erin zit, blijft erin.")),
            ]
            return pages.Preview(facts=facts, refusals=found.refusals)

        def act(values: pages.Values, actor: str, reason: str) -> pages.Done:
            edit = editing.rename_edition(
                edition=edition, label=values["label"], ordinal=values["ordinal"], actor=actor, reason=reason
            )
            return pages.Done(done(edit), row_url(edition))

        title = _("Hernoem uitgave “%(label)s” van “%(method)s”")
        names = {"label": edition.label, "method": edition.method.name}
        return pages.run(request, self, edition, pages.Action(title % names, _("Hernoem"), plan, act, asked))


def _named(label: str, ordinal: int | None) -> str:
    return label if ordinal is None else _("%(label)s (volgnummer %(ordinal)d)") % {"label": label, "ordinal": ordinal}
