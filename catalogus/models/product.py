"""Products: everything with its own identifier that a school can order, read or open."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector, SearchVectorField
from django.db import models
from django.db.models import F, Func, Q
from django.db.models.lookups import Exact
from django.utils.translation import gettext_lazy as _

from catalogus.choices import Form, Medium, ProductState, Role
from catalogus.models.edition import Edition
from catalogus.models.license_terms import LicenseTerms
from catalogus.models.method import Method
from catalogus.models.product_details import ProductDetails
from catalogus.models.publisher import Publisher
from catalogus.paths import product_path
from catalogus.querysets import ProductQuerySet

MAX_PRICE_CENTS = 100_000_000
"""One million euro: above any real price, below what a column of four bytes holds."""


def _codes() -> ArrayField:  # type: ignore[type-arg]
    return ArrayField(models.CharField(max_length=80), default=list, blank=True)


class Product(LicenseTerms, ProductDetails, models.Model):
    """One product, merged from the records that describe it.

    `public_id` never changes and appears in addresses. `classification` holds the groups as they were read,
    [{"sectors": [...], "levels": [...], "years": [...], "subjects": [...]}]; the arrays beside it are for filters: with
    broader terms, and in `combined` the level and year that stand in one group ("havo-3").
    """

    public_id = models.CharField(_("kenmerk"), max_length=13, unique=True, editable=False)
    publisher = models.ForeignKey(
        Publisher, on_delete=models.PROTECT, related_name="products", verbose_name=_("uitgever")
    )
    method = models.ForeignKey(Method, on_delete=models.PROTECT, related_name="products", verbose_name=_("methode"))
    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="products", verbose_name=_("uitgave"))
    # The method that the records themselves name; `method` is where it stands after merges. Undoing a merge needs it.
    origin_method = models.ForeignKey(
        Method,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        db_index=False,
        verbose_name=_("methode volgens de bronnen"),
    )
    is_placement_locked = models.BooleanField(_("plaats vastgezet door de redactie"), default=False)

    identifier = models.CharField(_("productcode van de uitgever"), max_length=255, blank=True)
    ean = models.CharField(_("EAN"), max_length=13, null=True, blank=True)  # noqa: DJ001  Unique where there is one.
    contained_ean = models.CharField(_("EAN in de productcode"), max_length=13, blank=True)
    title = models.TextField(_("titel"))
    authors = ArrayField(models.TextField(), default=list, blank=True, verbose_name=_("auteurs"))
    description = models.TextField(_("omschrijving"), blank=True)

    state = models.CharField(_("leverbaarheid"), max_length=24, choices=ProductState.choices)
    medium = models.CharField(_("medium"), max_length=12, choices=Medium.choices)
    form = models.CharField(_("vorm"), max_length=8, choices=Form.choices)
    form_confidence = models.PositiveSmallIntegerField(_("zekerheid over de vorm (%)"), default=0)
    role = models.CharField(_("gebruiker"), max_length=8, choices=Role.choices)
    is_licensed = models.BooleanField(_("met licentie"), null=True, blank=True)
    is_consumable = models.BooleanField(_("verbruiksmateriaal"), null=True, blank=True)
    is_catalog_item = models.BooleanField(_("catalogusartikel"), null=True, blank=True)
    is_separately_available = models.BooleanField(_("los verkrijgbaar"), null=True, blank=True)

    price_cents = models.PositiveIntegerField(_("prijs in centen, met btw"), null=True, blank=True)
    price_excl_cents = models.PositiveIntegerField(_("prijs in centen, zonder btw"), null=True, blank=True)
    vat_rate = models.DecimalField(_("btw-tarief"), max_digits=4, decimal_places=1, null=True, blank=True)
    currency = models.CharField(_("munt"), max_length=3, blank=True)
    is_price_indicative = models.BooleanField(_("richtprijs"), null=True, blank=True)
    sale_unit_size = models.PositiveIntegerField(_("aantal per verkoopeenheid"), null=True, blank=True)

    information_url = models.TextField(_("meer informatie"), blank=True)
    access_url = models.TextField(_("toegang"), blank=True)
    content_url = models.TextField(_("inhoud"), blank=True)
    cover_url = models.TextField(_("omslag"), blank=True)
    successor_identifier = models.CharField(_("code van de opvolger"), max_length=255, blank=True)
    successor = models.ForeignKey(
        "self",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="predecessors",
        verbose_name=_("opvolger"),
    )

    first_published_on = models.DateField(_("verschenen op"), null=True, blank=True)
    end_of_life_on = models.DateField(_("einde levering"), null=True, blank=True)
    source_modified_at = models.DateTimeField(_("gewijzigd bij de bron"), null=True, blank=True)

    classification = models.JSONField(_("indeling zoals gelezen"), default=list, blank=True)
    sectors = _codes()
    levels = _codes()
    years = _codes()
    subjects = _codes()
    combined = _codes()
    rubrics = ArrayField(models.TextField(), default=list, blank=True, verbose_name=_("rubrieken van de uitgever"))

    search_text = models.TextField(_("zoektekst"), blank=True, editable=False)
    search_vector = models.GeneratedField(
        expression=SearchVector("search_text", config="keuzecatalogus"),
        output_field=SearchVectorField(),
        db_persist=True,
    )

    merged_into = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="merged",
        verbose_name=_("samengevoegd met"),
    )
    first_seen_at = models.DateTimeField(_("voor het eerst gezien"))
    updated_at = models.DateTimeField(_("bijgewerkt"))
    withdrawn_at = models.DateTimeField(_("teruggetrokken op"), null=True, blank=True)

    objects = ProductQuerySet.as_manager()

    class Meta:
        verbose_name = _("product")
        verbose_name_plural = _("producten")
        ordering = ["id"]
        indexes = [
            GinIndex(fields=["search_vector"], name="product_search_vector"),
            GinIndex(fields=["sectors", "levels", "years", "subjects", "combined"], name="product_classification"),
            models.Index(fields=["contained_ean"], condition=~Q(contained_ean=""), name="product_contained_ean"),
            models.Index(
                fields=["successor_identifier"],
                condition=~Q(successor_identifier=""),
                name="product_successor_identifier",
            ),
            models.Index(fields=["updated_at", "id"], name="product_updated"),
            GinIndex(fields=["part_identifiers"], condition=~Q(part_identifiers=[]), name="product_part_identifiers"),
            models.Index(fields=["publisher", "identifier"], name="product_code_of_publisher"),
            models.Index(fields=["origin_method"], name="product_by_origin_method"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["ean"],
                condition=Q(merged_into=None),
                name="product_one_per_ean",
                violation_error_message=_("Er is al een product met dit EAN."),
            ),
            models.CheckConstraint(
                condition=Q(
                    Q(ean=None),
                    Exact(Func(F("ean"), function="ean13_is_valid", output_field=models.BooleanField()), True),
                    _connector=Q.OR,
                ),
                name="product_ean_has_right_check_digit",
                violation_error_message=_("Het EAN heeft 13 cijfers en een kloppend controlecijfer."),
            ),
            models.CheckConstraint(condition=Q(title__regex=r"\S"), name="product_has_a_title"),
            models.CheckConstraint(condition=Q(state__in=ProductState.values), name="product_state_is_known"),
            models.CheckConstraint(condition=Q(medium__in=Medium.values), name="product_medium_is_known"),
            models.CheckConstraint(condition=Q(form__in=Form.values), name="product_form_is_known"),
            models.CheckConstraint(condition=Q(role__in=Role.values), name="product_role_is_known"),
            models.CheckConstraint(condition=Q(form_confidence__lte=100), name="product_form_confidence_is_percent"),
            models.CheckConstraint(
                condition=(Q(price_cents=None) | Q(price_cents__gt=0, price_cents__lte=MAX_PRICE_CENTS))
                & (Q(price_excl_cents=None) | Q(price_excl_cents__gt=0, price_excl_cents__lte=MAX_PRICE_CENTS)),
                name="product_price_states_something",
            ),
            models.CheckConstraint(
                condition=Q(price_cents=None, price_excl_cents=None) | Q(currency__regex=r"^[A-Z]{3}$"),
                name="product_price_has_a_currency",
            ),
            models.CheckConstraint(
                condition=Q(vat_rate=None) | Q(vat_rate__gte=0, vat_rate__lte=100), name="product_vat_is_percent"
            ),
            models.CheckConstraint(
                condition=Q(sale_unit_size=None) | Q(sale_unit_size__gt=0), name="product_sale_unit_is_positive"
            ),
            models.CheckConstraint(condition=~Q(merged_into=F("id")), name="product_not_merged_into_itself"),
            models.CheckConstraint(condition=~Q(successor=F("id")), name="product_not_its_own_successor"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return product_path(self.public_id, self.title)

    @property
    def is_orderable(self) -> bool:
        return self.withdrawn_at is None and self.state in ProductState.orderable()
