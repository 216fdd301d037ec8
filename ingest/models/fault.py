"""Faults: what a pass could not read, where, and why; the rest of the pass went on."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from ingest.models.harvest import Harvest


class HarvestFault(models.Model):
    """One place of a source where something was wrong.

    first and last count from 1 within the result of the query. lost: how many records could not be read there; 0 where
    all could and the source only misbehaved.
    """

    harvest = models.ForeignKey(Harvest, on_delete=models.CASCADE, related_name="faults", verbose_name=_("oogst"))
    at = models.DateTimeField(_("tijdstip"))
    query = models.TextField(_("vraag (CQL)"))
    first = models.PositiveIntegerField(_("van positie"))
    last = models.PositiveIntegerField(_("tot en met positie"))
    lost = models.PositiveIntegerField(_("niet gelezen"), default=0)
    message = models.TextField(_("wat er mis is"))

    class Meta:
        verbose_name = _("fout bij het lezen")
        verbose_name_plural = _("fouten bij het lezen")
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(first__gte=1, last__gte=models.F("first")), name="harvest_fault_positions_in_order"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.first}-{self.last}: {self.message}"
