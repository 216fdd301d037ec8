"""What search in the database reads of a product: narrow rows, so that counting a whole catalogue stays quick."""

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

CODES_PER_COLUMN = 62
"""Bits of a number of eight bytes that are used; the sign stays free, so every number is as large as it looks."""

CODE_COLUMNS = tuple(f"codes_{number}" for number in range(16))

MOST_CODES = CODES_PER_COLUMN * len(CODE_COLUMNS)


class FacetCode(models.Model):
    """The number of a code of a facet, by which rows of search hold it as a bit: column number // CODES_PER_COLUMN.

    facet: a name of `catalogus.facets`, or "combined" for a level and year of one group. Numbers are given once and for
    ever: what is not used any more keeps its own.
    """

    facet = models.CharField(_("filter"), max_length=20)
    code = models.CharField(_("code"), max_length=80)
    number = models.PositiveSmallIntegerField(_("nummer"), unique=True)

    class Meta:
        verbose_name = _("code van een filter")
        verbose_name_plural = _("codes van filters")
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["facet", "code"], name="facet_code_once"),
            models.CheckConstraint(condition=Q(number__lt=MOST_CODES), name="facet_code_has_a_bit"),
        ]

    def __str__(self) -> str:
        return f"{self.facet} {self.code}"


class SearchRow(models.Model):
    """A product that stands for itself (not merged into another), as search in the database reads it.

    Written in the transaction of each change, by `services.outbox`, whose rows name what is stale. Each of
    CODE_COLUMNS holds CODES_PER_COLUMN codes as bits, empty where the product has none of them. `published_day` is a
    day's number in the calendar, 0 where none is known; `price_from` in cents of a euro; `words` holds those of
    title (weight A) and method name (B), and of all that is said of the product but its description (C).
    """

    product = models.OneToOneField("catalogus.Product", on_delete=models.CASCADE, primary_key=True, related_name="+")
    public_id = models.CharField(max_length=13, db_collation="C")
    # Copies of what the product's row says, which refers to what is there.
    method = models.ForeignKey(
        "catalogus.Method", on_delete=models.DO_NOTHING, db_constraint=False, db_index=False, related_name="+"
    )
    publisher = models.ForeignKey(
        "catalogus.Publisher", on_delete=models.DO_NOTHING, db_constraint=False, db_index=False, related_name="+"
    )
    is_withdrawn = models.BooleanField()
    is_orderable = models.BooleanField()
    published_day = models.PositiveIntegerField()
    price_from = models.PositiveIntegerField(null=True)
    sort_title = models.CharField(max_length=100, db_collation="C")
    sort_name = models.CharField(max_length=100, db_collation="C")
    codes_0 = models.BigIntegerField(null=True)
    codes_1 = models.BigIntegerField(null=True)
    codes_2 = models.BigIntegerField(null=True)
    codes_3 = models.BigIntegerField(null=True)
    codes_4 = models.BigIntegerField(null=True)
    codes_5 = models.BigIntegerField(null=True)
    codes_6 = models.BigIntegerField(null=True)
    codes_7 = models.BigIntegerField(null=True)
    codes_8 = models.BigIntegerField(null=True)
    codes_9 = models.BigIntegerField(null=True)
    codes_10 = models.BigIntegerField(null=True)
    codes_11 = models.BigIntegerField(null=True)
    codes_12 = models.BigIntegerField(null=True)
    codes_13 = models.BigIntegerField(null=True)
    codes_14 = models.BigIntegerField(null=True)
    codes_15 = models.BigIntegerField(null=True)
    words = SearchVectorField()

    class Meta:
        verbose_name = _("zoekregel")
        verbose_name_plural = _("zoekregels")
        indexes = [
            models.Index(fields=["method"], name="search_row_by_method"),
            models.Index(fields=["public_id"], name="search_row_by_public_id"),
            models.Index(fields=["sort_title"], name="search_row_by_title"),
            GinIndex(fields=["words"], name="search_row_words"),
            GinIndex(fields=["sort_title"], opclasses=["gin_trgm_ops"], name="search_row_title_trigrams"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(**{f"{name}__isnull": True}) | Q(**{f"{name}__gt": 0}), name=f"search_row_{name}_has_codes"
            )
            for name in CODE_COLUMNS
        ]

    def __str__(self) -> str:
        return self.public_id
