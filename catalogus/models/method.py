"""Methods (leermethodes): what a school chooses, made of many products."""

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Collate
from django.utils.translation import gettext_lazy as _

from catalogus.models.publisher import Publisher
from catalogus.paths import method_path
from catalogus.querysets import MethodQuerySet

LEAST_REVIEWS = 3
"""Fewer reviews give no total: one teacher's opinion would show, as if it were more."""


class Method(models.Model):
    """A publisher's method, from the family names of its products without edition, level and year words.

    Never deleted: `merged_into` points to the survivor and pages redirect. `key` is the normal form of the name, or
    "=" and a product's public id where one product without a family name is a method of its own.
    """

    public_id = models.CharField(_("kenmerk"), max_length=13, unique=True, editable=False)
    publisher = models.ForeignKey(
        Publisher, on_delete=models.PROTECT, related_name="methods", verbose_name=_("uitgever")
    )
    name = models.CharField(_("naam"), max_length=500)
    key = models.CharField(_("genormaliseerde naam"), max_length=500, editable=False)
    is_locked = models.BooleanField(_("vastgezet door de redactie"), default=False)
    merged_into = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="merged",
        verbose_name=_("samengevoegd met"),
    )
    # What search must know of the reviews; the room that owns them writes it through services.set_review_summary.
    # Reviews of the current edition, and of any edition where none is older than another.
    review_count = models.PositiveIntegerField(_("aantal beoordelingen"), default=0)
    # Only where there are enough reviews for a total.
    review_mean = models.DecimalField(_("gemiddelde"), max_digits=3, decimal_places=2, null=True, blank=True)
    # The spread: between these lies the middle half of what each review gives on average.
    review_low = models.DecimalField(_("middelste helft, vanaf"), max_digits=3, decimal_places=2, null=True, blank=True)
    review_high = models.DecimalField(
        _("middelste helft, tot en met"), max_digits=3, decimal_places=2, null=True, blank=True
    )
    # The Bayesian mean in thousandths: search sorts by it, and by nothing where there is no mean.
    review_sort = models.PositiveIntegerField(_("sorteerwaarde van de beoordelingen"), null=True, blank=True)
    older_review_count = models.PositiveIntegerField(
        _("aantal beoordelingen van oudere uitgaven"), default=0, db_default=0
    )
    last_reviewed_at = models.DateTimeField(_("laatst beoordeeld op"), null=True, blank=True)
    # The highest ordinal with an orderable product; services.current_editions keeps it, for search to rank by.
    current_ordinal = models.PositiveIntegerField(_("volgnummer van de huidige uitgave"), null=True, editable=False)
    created_at = models.DateTimeField(_("aangemaakt op"))

    objects = MethodQuerySet.as_manager()

    class Meta:
        verbose_name = _("methode")
        verbose_name_plural = _("methodes")
        ordering = ["name", "id"]
        # The order of equals, and of a list without any: the same as the engine's, whatever the database sorts by.
        indexes = [models.Index(Collate("public_id", "C"), name="method_by_public_id")]
        constraints = [
            models.UniqueConstraint(fields=["publisher", "key"], name="method_one_key_per_publisher"),
            models.CheckConstraint(condition=~Q(merged_into=F("id")), name="method_not_merged_into_itself"),
            models.CheckConstraint(condition=~Q(name="") & ~Q(key=""), name="method_has_name_and_key"),
            models.CheckConstraint(
                condition=Q(review_mean=None)
                | Q(review_count__gte=LEAST_REVIEWS, review_mean__gte=1, review_mean__lte=4),
                name="method_mean_only_of_enough_reviews",
            ),
            models.CheckConstraint(
                condition=Q(review_mean=None, review_low=None, review_high=None, review_sort=None)
                | Q(
                    review_mean__isnull=False,
                    review_low__isnull=False,
                    review_low__gte=1,
                    review_low__lte=F("review_high"),
                    review_high__isnull=False,
                    review_high__lte=4,
                    review_sort__isnull=False,
                    review_sort__gte=1000,
                    review_sort__lte=4000,
                ),
                name="method_spread_and_sort_value_with_mean",
            ),
            models.CheckConstraint(
                condition=Q(review_count=0, older_review_count=0, last_reviewed_at=None)
                | (Q(review_count__gt=0) | Q(older_review_count__gt=0)) & Q(last_reviewed_at__isnull=False),
                name="method_last_review_with_reviews",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return method_path(self.public_id, self.name)
