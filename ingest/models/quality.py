"""Snapshots of the quality of what a source or a publisher delivers, one at the end of each pass."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from catalogus.models import Publisher
from ingest.models.harvest import Harvest
from ingest.models.source import Source


class QualitySnapshot(models.Model):
    """How things stood after a pass: of the whole source (publisher is empty), or of one publisher over all sources.

    completeness: part -> how many of the accepted records say it. findings: code of a check -> {"records": n, "times":
    how often in all, "examples": [[record's row, field, value], …]}. Scores are of 0 to 1000 thousandths;
    ingest/quality explains them.
    """

    harvest = models.ForeignKey(
        Harvest, on_delete=models.CASCADE, related_name="quality_snapshots", verbose_name=_("oogst")
    )
    source = models.ForeignKey(
        Source, on_delete=models.CASCADE, related_name="quality_snapshots", verbose_name=_("bron")
    )
    publisher = models.ForeignKey(
        Publisher,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="quality_snapshots",
        verbose_name=_("uitgever"),
    )
    at = models.DateTimeField(_("tijdstip"))
    records = models.PositiveIntegerField(_("records"))
    quarantined = models.PositiveIntegerField(_("in quarantaine"), default=0)
    flagged = models.PositiveIntegerField(_("met een waarschuwing"), default=0)
    completeness = models.JSONField(_("volledigheid per veld"), default=dict, blank=True)
    findings = models.JSONField(_("bevindingen"), default=dict, blank=True)
    completeness_score = models.PositiveSmallIntegerField(_("volledigheid"))
    correctness_score = models.PositiveSmallIntegerField(_("juistheid"))

    class Meta:
        verbose_name = _("momentopname van de kwaliteit")
        verbose_name_plural = _("momentopnamen van de kwaliteit")
        ordering = ["-at", "-id"]
        indexes = [
            models.Index(fields=["publisher", "-at"], name="quality_of_publisher"),
            models.Index(fields=["source", "-at"], condition=Q(publisher=None), name="quality_of_source"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["harvest", "publisher"], nulls_distinct=False, name="quality_once_per_pass_and_publisher"
            ),
            models.CheckConstraint(
                condition=Q(completeness_score__lte=1000, correctness_score__lte=1000),
                name="quality_scores_are_thousandths",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.publisher_id or self.source_id} {self.at:%Y-%m-%d %H:%M}"
