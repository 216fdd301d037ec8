"""Products: correct a field, take a correction back, move to another method or edition."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.postgres.search import SearchQuery
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from catalogus.admin import pages
from catalogus.admin.base import CatalogueAdmin, Tool, View, lines, link, row_url
from catalogus.admin.correction_form import correction_form, read, shown
from catalogus.admin.methods import MOST_FOUND, count_text, done, number
from catalogus.article_numbers import ean13
from catalogus.models import Correction, Edition, Method, Product, ProductVersion
from catalogus.product_fields import field_label
from catalogus.services import editing
from catalogus.services.corrections import correct_product, withdraw_correction
from catalogus.services.product_rows import CORRECTABLE

MOST_MOVED = 200
"""Products in one address: as many as fit in a line of a request. A whole edition is moved by its own link."""


class CorrectedFilter(admin.SimpleListFilter):
    title = gettext_lazy("correcties")
    parameter_name = "corrected"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:  # noqa: ARG002  Django's.
        return [("ja", _("Met correcties"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Product]) -> QuerySet[Product]:  # noqa: ARG002  Idem.
        has_any = Exists(Correction.objects.filter(product=OuterRef("pk")))
        return queryset.filter(has_any) if self.value() == "ja" else queryset


class PlaceForm(forms.Form):
    """Which edition of the chosen method: one that is there, or a new one."""

    edition_in = forms.ModelChoiceField(
        label=gettext_lazy("Uitgave"),
        queryset=Edition.objects.none(),
        required=False,
        empty_label=gettext_lazy("een andere, hieronder"),
    )
    label = forms.CharField(
        label=gettext_lazy("Aanduiding van een andere uitgave"),
        max_length=100,
        required=False,
        help_text=gettext_lazy("Bijvoorbeeld “3e druk” of “2026/2027”; leeg is de onbekende uitgave."),
    )

    def chosen(self) -> Edition | str:
        edition: Edition | None = self.cleaned_data["edition_in"]
        return edition or str(self.cleaned_data["label"])


@admin.register(Product)
class ProductAdmin(CatalogueAdmin[Product]):
    list_display = ("title", "ean", "publisher", "method", "edition", "state", "withdrawn_at")
    list_filter = (
        "state",
        "medium",
        "is_placement_locked",
        CorrectedFilter,
        ("withdrawn_at", admin.EmptyFieldListFilter),
    )
    list_select_related = ("publisher", "method", "edition")
    search_fields = ("title",)
    search_help_text = gettext_lazy(
        "Woorden uit titel, methode, uitgever, vak of auteur; een EAN, productcode of kenmerk."
    )
    ordering = ("-id",)
    actions = ("move_chosen",)
    _placed = (
        "title", "public_id", "publisher_link", "method_link", "edition_link", "is_placement_locked", "origin_link",
        "merged_link", "withdrawn_at", "first_seen_at", "updated_at",
    )  # fmt: skip
    _stated = tuple(name for name in CORRECTABLE if name not in {"title", "classification"})
    readonly_fields = (*_placed, "correction_lines", *_stated, "group_lines", "version_lines")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Product]:
        rows = super().get_queryset(request).select_related("publisher", "method", "edition", "merged_into")
        return rows.defer("search_text", "search_vector")

    def get_fieldsets(self, request: HttpRequest, obj: Product | None = None) -> Any:  # noqa: ARG002  Idem.
        """Without the fields that nobody stated: of sixty there are forty on average."""
        stated = tuple(name for name in self._stated if getattr(obj, name) not in (None, "", []))
        return (
            (None, {"fields": self._placed}),
            (_("Correcties"), {"fields": ("correction_lines",)}),
            (_("Gegevens"), {"fields": ("group_lines", *stated)}),
            (_("Geschiedenis"), {"fields": ("version_lines",)}),
        )

    def get_search_results(
        self,
        request: HttpRequest,  # noqa: ARG002  Django's signature.
        queryset: QuerySet[Product],
        search_term: str,
    ) -> tuple[QuerySet[Product], bool]:
        """By the words of the search text, which an index finds, or by one of the codes."""
        text = search_term.strip().replace("\x00", "")
        if not text:
            return queryset, False
        codes = Q(public_id=text) | Q(identifier=text) | Q(ean=ean13(text) or text)
        words = Q(search_vector=SearchQuery(text, config="keuzecatalogus"))
        return queryset.filter(codes | words), False

    @admin.display(description=gettext_lazy("uitgever"))
    def publisher_link(self, product: Product) -> str:
        return link(product.publisher)

    @admin.display(description=gettext_lazy("methode"))
    def method_link(self, product: Product) -> str:
        return link(product.method)

    @admin.display(description=gettext_lazy("uitgave"))
    def edition_link(self, product: Product) -> str:
        return link(product.edition)

    @admin.display(description=gettext_lazy("methode volgens de bronnen"))
    def origin_link(self, product: Product) -> str:
        return link(product.origin_method)

    @admin.display(description=gettext_lazy("samengevoegd met"))
    def merged_link(self, product: Product) -> str:
        return link(product.merged_into)

    @admin.display(description=gettext_lazy("correcties"))
    def correction_lines(self, product: Product) -> str:
        rows = [
            (
                field_label(found.field),
                shown_text(found.value),
                shown_text(found.source_value),
                f"{timezone.localtime(found.at):%d-%m-%Y}",
                found.actor,
                found.reason,
                self.field_url("withdraw", product, found.field),
                _("trek in"),
            )
            for found in product.corrections.order_by("field")
        ]
        pattern = _("<strong>{}</strong>: {} (bronnen: {}). {}, {}: {}")
        return lines(rows, pattern + ' <a href="{}">{}</a>')

    @admin.display(description=gettext_lazy("indeling"))
    def group_lines(self, product: Product) -> str:
        groups = shown("classification", product.classification).splitlines()
        return lines([(group,) for group in groups], "{}")

    @admin.display(description=gettext_lazy("laatste wijzigingen"))
    def version_lines(self, product: Product) -> str:
        versions = ProductVersion.objects.filter(product=product).order_by("-pk")[:20]
        rows = [
            (
                f"{timezone.localtime(found.at):%d-%m-%Y %H:%M}",
                found.get_kind_display(),
                found.get_cause_display(),
                found.actor or found.source,
                ", ".join(field_label(name) for name in found.changes),
                found.reason,
            )
            for found in versions
        ]
        return lines(rows, "{} {} ({}, {}): {} {}")

    def tools(self, product: Product) -> list[Tool]:
        if product.merged_into_id is not None:
            return []
        return [Tool("correct", _("Corrigeer een veld")), Tool("move_one", _("Verplaats"))]

    def tool_views(self) -> dict[str, View]:
        return {"correct": self.choose_field, "move_one": self.move_one}

    def get_urls(self) -> list[URLPattern]:
        own = [
            path("move/", self.admin_site.admin_view(self.move), name=self.url_name("move")),
            path("<int:pk>/correct/<slug:field>/", self.guarded(self.correct), name=self.url_name("correct_field")),
            path("<int:pk>/withdraw/<slug:field>/", self.guarded(self.withdraw), name=self.url_name("withdraw")),
        ]
        return own + super().get_urls()

    def field_url(self, name: str, product: Product, field: str) -> str:
        return reverse(f"admin:{self.url_name(name)}", args=[product.pk, field])

    def choose_field(self, request: HttpRequest, product: Product) -> HttpResponse:
        corrected = set(product.corrections.values_list("field", flat=True))
        rows = [
            (
                field_label(field),
                value_text(product, field),
                field in corrected,
                self.field_url("correct_field", product, field),
            )
            for field in CORRECTABLE
        ]
        title = _("Corrigeer een veld van “%(title)s”") % {"title": product.title}
        return pages.show(request, self, "admin/catalogus/choose_field.html", product, title, rows=rows)

    def correct(self, request: HttpRequest, product: Product, field: str) -> HttpResponse:
        if field not in CORRECTABLE:
            raise Http404(_("Dit veld is niet te corrigeren."))
        found = product.corrections.filter(field=field).first()
        now = shown(field, getattr(product, field))

        def plan(_values: pages.Values) -> pages.Preview:
            facts = [(_("Product"), product.title), (_("Nu"), value_text(product, field))]
            if found is not None:
                facts.append((_("Volgens de bronnen"), shown_text(found.source_value)))
            facts.append((_("Gevolg"), _("De waarde geldt boven alle bronnen, tot de correctie wordt ingetrokken.")))
            return pages.Preview(facts=facts)

        def act(values: pages.Values, actor: str, reason: str) -> pages.Done:
            try:
                value = read(field, values["value"])
                correct_product(product=product, field=field, value=value, actor=actor, reason=reason)
            except ValidationError as error:
                # The field of the form is called otherwise than the field of the product.
                raise ValidationError({"value": error.messages}) from error
            return pages.Done(_("Gecorrigeerd: %(field)s.") % {"field": field_label(field)}, row_url(product))

        title = _("Corrigeer “%(field)s”") % {"field": field_label(field)}
        action = pages.Action(title, _("Corrigeer"), plan, act, form=correction_form(field), initial={"value": now})
        return pages.run(request, self, product, action)

    def withdraw(self, request: HttpRequest, product: Product, field: str) -> HttpResponse:
        found = Correction.objects.filter(product=product, field=field).first()
        if found is None:
            raise Http404(_("Deze correctie is er niet (meer)."))

        def plan(_values: pages.Values) -> pages.Preview:
            return pages.Preview(
                facts=[
                    (_("Product"), product.title),
                    (_("Veld"), field_label(field)),
                    (_("Nu"), shown_text(found.value)),
                    (_("Wordt weer"), shown_text(found.source_value)),
                ]
            )

        def act(_values: pages.Values, actor: str, reason: str) -> pages.Done:
            withdraw_correction(correction=found, actor=actor, reason=reason)
            return pages.Done(_("Correctie ingetrokken: %(field)s.") % {"field": field_label(field)}, row_url(product))

        title = _("Trek de correctie van “%(field)s” in") % {"field": field_label(field)}
        return pages.run(request, self, product, pages.Action(title, _("Trek in"), plan, act))

    @admin.action(description=gettext_lazy("Verplaats naar een andere methode of uitgave"), permissions=["edit"])
    def move_chosen(self, request: HttpRequest, chosen: QuerySet[Product]) -> HttpResponse | None:
        ids = list(chosen.order_by("pk").values_list("pk", flat=True)[: MOST_MOVED + 1])
        if len(ids) > MOST_MOVED:
            text = _("Kies hoogstens %(most)d producten tegelijk; een hele uitgave verplaatst u vanuit die uitgave.")
            messages.error(request, text % {"most": MOST_MOVED})
            return None
        return HttpResponseRedirect(self._move_url(ids))

    def move_one(self, request: HttpRequest, product: Product) -> HttpResponse:  # noqa: ARG002  Django's signature.
        return HttpResponseRedirect(self._move_url([product.pk]))

    def _move_url(self, ids: Sequence[int]) -> str:
        return f"{reverse('admin:catalogus_product_move')}?products={','.join(map(str, ids))}"

    def move(self, request: HttpRequest) -> HttpResponse:
        """Products, or all of an edition, to a place that is chosen in two steps: the method, then the edition."""
        if not self.has_edit_permission(request):
            raise PermissionDenied
        products = self._moving(request)
        methods = Method.objects.select_related("publisher", "merged_into")
        method = methods.filter(pk=number(request.GET.get("into"))).first()
        what = f"“{products[0].title}”" if len(products) == 1 else count_text(len(products))
        title = _("Verplaats %(what)s") % {"what": what}
        if method is None:
            return pages.choose(request, self, None, title, found=self._methods(request, products))
        asked = PlaceForm(request.GET if "label" in request.GET else None)
        asked.fields["edition_in"].queryset = method.editions.order_by("-ordinal", "label")  # type: ignore[attr-defined]

        def plan(_values: pages.Values) -> pages.Preview:
            return _move_preview(editing.plan_move_products(products=products, method=method, edition=asked.chosen()))

        def act(_values: pages.Values, actor: str, reason: str) -> pages.Done:
            edit = editing.move_products(
                products=products, method=method, edition=asked.chosen(), actor=actor, reason=reason
            )
            return pages.Done(done(edit), row_url(method))

        return pages.run(request, self, method, pages.Action(title, _("Verplaats"), plan, act, asked))

    def _moving(self, request: HttpRequest) -> list[Product]:
        rows = self.get_queryset(request).order_by("title", "pk")
        if edition := number(request.GET.get("edition")):
            found = list(rows.filter(edition=edition, merged_into=None))
        else:
            ids = [number(part) for part in request.GET.get("products", "").split(",")[:MOST_MOVED]]
            found = list(rows.filter(pk__in=ids))
        if not found:
            raise Http404(_("Er is niets te verplaatsen."))
        return found

    def _methods(self, request: HttpRequest, products: Sequence[Product]) -> list[pages.Choice]:
        """Methods of the products' publishers: the ones that they are in where nothing is asked for."""
        asked = request.GET.get("q", "").strip()
        rows = Method.objects.live().filter(publisher__in={product.publisher_id for product in products})
        own = Q(pk__in={product.method_id for product in products})
        wanted = Q(name__icontains=asked) | Q(public_id=asked) if asked else own
        fitting = rows.filter(wanted).select_related("publisher").order_by("name", "pk")[:MOST_FOUND]
        return [
            pages.Choice(found.name, found.publisher.name, pages.with_parameter(request, "into", found.pk))
            for found in fitting
        ]


def _move_preview(plan: editing.MovePlan) -> pages.Preview:
    is_new = "" if plan.edition else _("(wordt gemaakt)")
    return pages.Preview(
        facts=[
            (_("Naar methode"), f"{plan.method.name} ({plan.method.publisher.name})"),
            (_("Naar uitgave"), f"{plan.edition_label or _('onbekend')} {is_new}".strip()),
            (_("Producten die verhuizen"), len(plan.moving)),
            (_("Verder"), _("De producten worden vastgezet: een oogst verplaatst ze niet meer.")),
        ],
        tables=[
            pages.Table(
                _("Producten"),
                (_("Titel"), _("Methode nu"), _("Uitgave nu")),
                [(product.title, product.method.name, product.edition.label) for product in plan.products[:100]],
            )
        ],
        warnings=plan.warnings,
        refusals=plan.refusals,
    )


def value_text(product: Product, field: str) -> str:
    """What a field of the product holds, in words."""
    value = shown(field, getattr(product, field))
    choices = dict(Product._meta.get_field(field).flatchoices)  # type: ignore[union-attr]
    return str(choices[value]) if value in choices else shown_text(value)


def shown_text(value: object) -> str:
    """A value in words: yes and no, lists with commas, and "leeg" for nothing."""
    if value is None or value in ("", []):
        return _("leeg")
    if isinstance(value, bool):
        return _("ja") if value else _("nee")
    if isinstance(value, list):
        return "; ".join(shown_text(one) for one in value)
    if isinstance(value, dict):
        return ", ".join(shown_text(part) for part in value.values() if part)
    return str(value)
