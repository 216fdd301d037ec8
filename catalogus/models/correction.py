"""Corrections: what an editor knows better than every source."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from catalogus.models.product import Product


class Correction(models.Model):
    """One field of one product as an editor says it is; it holds until an editor takes it back.

    `value` is the field's value as JSON. `source_value` is what the sources say, kept up to date by every write, so
    that taking a correction back restores it at once. Names no user: `actor` is text.
    """

    product = models.ForeignKey(
        Product, on_delete=models.CASCADE, related_name="corrections", verbose_name=_("product")
    )
    field = models.CharField(_("veld"), max_length=40)
    value = models.JSONField(_("juiste waarde"), null=True, blank=True)
    source_value = models.JSONField(_("waarde volgens de bronnen"), null=True, blank=True)
    reason = models.TextField(_("reden"))
    actor = models.CharField(_("door"), max_length=200)
    at = models.DateTimeField(_("tijdstip"))

    class Meta:
        verbose_name = _("correctie")
        verbose_name_plural = _("correcties")
        ordering = ["product", "field"]
        constraints = [
            models.UniqueConstraint(fields=["product", "field"], name="correction_one_per_field"),
            models.CheckConstraint(
                condition=Q(reason__regex=r"\S"),
                name="correction_has_a_reason",
                violation_error_message=_("Geef een reden: wie later kijkt, moet zien waarom."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.field} {self.product_id}"
