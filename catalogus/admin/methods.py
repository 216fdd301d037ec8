"""Methods: merge, rename, lock."""

from django import forms
from django.contrib import admin, messages
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from catalogus.admin import pages
from catalogus.admin.base import CatalogueAdmin, Tool, View, edit_lines, link, list_link, row_url
from catalogus.models import Edit, Edition, Method, Product
from catalogus.services import editing
from catalogus.services.editing.proposals import merge_proposals

MOST_FOUND = 50


class MethodNameForm(forms.Form):
    name = forms.CharField(label=gettext_lazy("Nieuwe naam"), max_length=500)


@admin.register(Method)
class MethodAdmin(CatalogueAdmin[Method]):
    list_display = ("name", "publisher", "product_count", "is_locked", "merged_into", "public_id")
    list_filter = ("is_locked", ("merged_into", admin.EmptyFieldListFilter))
    search_fields = ("name", "=public_id", "publisher__name")
    list_select_related = ("publisher", "merged_into")
    ordering = ("name", "id")
    fields = (
        "name",
        "publisher_link",
        "public_id",
        "is_locked",
        "merged_into_link",
        "editions_found",
        "products_found",
        "merged_here",
        "review_count",
        "older_review_count",
        "review_mean",
        "review_low",
        "review_high",
        "review_sort",
        "last_reviewed_at",
        "edits_done",
    )
    readonly_fields = fields
    actions = ("merge_two",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Method]:
        return super().get_queryset(request).select_related("publisher", "merged_into").annotate(size=Count("products"))

    @admin.display(description=gettext_lazy("producten"), ordering="size")
    def product_count(self, method: Method) -> int:
        return int(getattr(method, "size", 0))

    @admin.display(description=gettext_lazy("uitgever"))
    def publisher_link(self, method: Method) -> str:
        return link(method.publisher)

    @admin.display(description=gettext_lazy("samengevoegd met"))
    def merged_into_link(self, method: Method) -> str:
        return link(method.merged_into)

    @admin.display(description=gettext_lazy("uitgaven"))
    def editions_found(self, method: Method) -> str:
        return list_link(Edition, method.editions.count(), method__exact=method.pk)

    @admin.display(description=gettext_lazy("producten"))
    def products_found(self, method: Method) -> str:
        return list_link(Product, method.products.count(), method__exact=method.pk)

    @admin.display(description=gettext_lazy("hierin opgegaan"))
    def merged_here(self, method: Method) -> str:
        return list_link(Method, method.merged.count(), merged_into__exact=method.pk)

    @admin.display(description=gettext_lazy("ingrepen"))
    def edits_done(self, method: Method) -> str:
        own = Q(method=method) | Q(before__carried__contains=[{"source": method.pk}])
        return edit_lines(Edit.objects.filter(own))

    def tools(self, method: Method) -> list[Tool]:
        if method.merged_into_id is not None:
            return []
        return [
            Tool("merge", _("Voeg samen met een andere")),
            Tool("rename", _("Hernoem")),
            Tool("unlock", _("Laat los")) if method.is_locked else Tool("lock", _("Zet vast")),
        ]

    def tool_views(self) -> dict[str, View]:
        return {"merge": self.merge, "rename": self.rename, "lock": self.lock, "unlock": self.unlock}

    @admin.action(description=gettext_lazy("Voeg twee methodes samen"), permissions=["edit"])
    def merge_two(self, request: HttpRequest, chosen: QuerySet[Method]) -> HttpResponse | None:
        methods = sorted(chosen[:3], key=lambda method: (self.product_count(method), -method.pk))
        if len(methods) != 2:
            messages.error(request, _("Kies precies twee methodes."))
            return None
        # The one with fewer products goes into the other; the page offers the other way as well.
        return HttpResponseRedirect(f"{self.tool_url('merge', methods[0].pk)}?into={methods[1].pk}")

    def merge(self, request: HttpRequest, method: Method) -> HttpResponse:
        into = self.get_queryset(request).filter(pk=number(request.GET.get("into"))).first()
        title = _("Voeg “%(name)s” samen met een andere methode") % {"name": method.name}
        if into is None:
            return pages.choose(
                request,
                self,
                method,
                title,
                found=self._found(request, method),
                proposed=self._proposed(method),
            )

        def plan(_values: pages.Values) -> pages.Preview:
            return self._merge_preview(editing.plan_merge_methods(source=method, target=into))

        def act(_values: pages.Values, actor: str, reason: str) -> pages.Done:
            edit = editing.merge_methods(source=method, target=into, actor=actor, reason=reason)
            return pages.Done(done(edit), row_url(into))

        return pages.run(request, self, method, pages.Action(title, _("Voeg samen"), plan, act))

    def _merge_preview(self, plan: editing.MergeMethodsPlan) -> pages.Preview:
        source, target = plan.source, plan.target
        return pages.Preview(
            facts=[
                (_("Gaat op"), f"{source.name} ({source.public_id})"),
                (_("Blijft"), f"{target.name} ({target.public_id})"),
                (_("Uitgever"), target.publisher.name),
                (_("Producten die verhuizen"), plan.product_count),
            ],
            tables=[
                pages.Table(
                    _("Uitgaven na het samenvoegen"),
                    (
                        _("Uitgave"),
                        _("Uit “%(name)s”") % {"name": source.name},
                        _("Al in “%(name)s”") % {"name": target.name},
                    ),
                    [(row.label, row.from_source, row.from_target) for row in plan.editions],
                )
            ],
            warnings=plan.warnings,
            refusals=plan.refusals,
            other=(_("Andersom"), f"{self.tool_url('merge', target.pk)}?into={source.pk}"),
        )

    def _found(self, request: HttpRequest, method: Method) -> list[pages.Choice]:
        asked = request.GET.get("q", "").strip()
        if not asked:
            return []
        others = self.get_queryset(request).filter(publisher=method.publisher, merged_into=None).exclude(pk=method.pk)
        fitting = others.filter(Q(name__icontains=asked) | Q(public_id=asked)).order_by("name", "pk")[:MOST_FOUND]
        return [self._choice(found, method) for found in fitting]

    def _proposed(self, method: Method) -> list[pages.Choice]:
        found = []
        for proposal in merge_proposals(method.publisher):
            pair = {proposal.source.pk: proposal.target, proposal.target.pk: proposal.source}
            if method.pk in pair:
                found.append(self._choice(pair[method.pk], method, proposal.reasons))
        return found

    def _choice(self, found: Method, method: Method, reasons: tuple[str, ...] = ()) -> pages.Choice:
        url = f"{self.tool_url('merge', method.pk)}?into={found.pk}"
        return pages.Choice(found.name, count_text(found.products.count()), url, reasons)

    def rename(self, request: HttpRequest, method: Method) -> HttpResponse:
        asked = MethodNameForm(request.GET if "name" in request.GET else None, initial={"name": method.name})

        def plan(values: pages.Values) -> pages.Preview:
            found = editing.plan_rename_method(method=method, name=values["name"])
            facts = [
                (_("Heet nu"), method.name),
                (_("Gaat heten"), found.name),
                (_("Producten"), found.product_count),
                (_("Verder"), _("De methode wordt vastgezet. Het oude adres leidt naar het nieuwe.")),
            ]
            return pages.Preview(facts=facts, warnings=found.warnings, refusals=found.refusals)

        def act(values: pages.Values, actor: str, reason: str) -> pages.Done:
            edit = editing.rename_method(method=method, name=values["name"], actor=actor, reason=reason)
            return pages.Done(done(edit), row_url(method))

        title = _("Hernoem “%(name)s”") % {"name": method.name}
        return pages.run(request, self, method, pages.Action(title, _("Hernoem"), plan, act, asked))

    def lock(self, request: HttpRequest, method: Method) -> HttpResponse:
        return self._set_lock(request, method, is_locked=True)

    def unlock(self, request: HttpRequest, method: Method) -> HttpResponse:
        return self._set_lock(request, method, is_locked=False)

    def _set_lock(self, request: HttpRequest, method: Method, *, is_locked: bool) -> HttpResponse:
        def plan(_values: pages.Values) -> pages.Preview:
            found = editing.plan_lock(method=method, is_locked=is_locked)
            facts = [
                (_("Methode"), method.name),
                (_("Producten"), found.product_count),
                (_("Waarvan de bron een andere methode noemt"), found.kept_count),
                (
                    _("Gevolg"),
                    _("Naam en producten blijven zoals ze zijn, wat bronnen later ook zeggen.")
                    if is_locked
                    else _("Bronnen beslissen weer; wat een andere methode noemt, verhuist bij de volgende lezing."),
                ),
            ]
            return pages.Preview(facts=facts, refusals=found.refusals)

        def act(_values: pages.Values, actor: str, reason: str) -> pages.Done:
            change = editing.lock_method if is_locked else editing.unlock_method
            return pages.Done(done(change(method=method, actor=actor, reason=reason)), row_url(method))

        text = _("Zet “%(name)s” vast") if is_locked else _("Laat “%(name)s” los")
        button = _("Zet vast") if is_locked else _("Laat los")
        return pages.run(request, self, method, pages.Action(text % {"name": method.name}, button, plan, act))


def number(text: str | None) -> int:
    """The row that an address names; 0, which no row has, where it names none."""
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 19 else 0


def done(edit: Edit) -> str:
    """What was done, and where it can be undone."""
    return _("%(summary)s. Ongedaan maken kan bij ingreep %(number)d.") % {"summary": edit.summary, "number": edit.pk}


def count_text(count: int) -> str:
    """So many products, in words."""
    return ngettext("%(count)d product", "%(count)d producten", count) % {"count": count}
