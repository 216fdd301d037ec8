"""Remaps: reading the stored records again after a change of what they mean."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q, Value
from django.utils.translation import gettext_lazy as _


class RemapState(models.TextChoices):
    RUNNING = "running", _("bezig")
    INTERRUPTED = "interrupted", _("onderbroken")
    COMPLETE = "complete", _("klaar")

    @classmethod
    def open(cls) -> tuple[str, ...]:
        """The states of a remap that a next run goes on with."""
        return (cls.RUNNING, cls.INTERRUPTED)


class Remap(models.Model):
    """One walk over the stored records in the order of their rows; `position` is the last row that was read.

    publishers: of whom records are read; empty means all. It ends at the record that was the last when it began: those
    that came later were read with what is known now.
    """

    state = models.CharField(_("toestand"), max_length=12, choices=RemapState.choices, default=RemapState.RUNNING)
    reason = models.TextField(_("reden"), blank=True)
    publishers = ArrayField(models.BigIntegerField(), default=list, blank=True, verbose_name=_("van uitgevers"))
    # Requests with a higher number came after it began and are not answered by it.
    last_request = models.BigIntegerField(_("laatste verzoek"), default=0)
    position = models.BigIntegerField(_("tot en met rij"), default=0)
    until = models.BigIntegerField(_("laatste rij"), default=0)
    started_at = models.DateTimeField(_("begonnen"))
    heartbeat_at = models.DateTimeField(_("laatste teken van leven"))
    finished_at = models.DateTimeField(_("klaar"), null=True, blank=True)
    read = models.PositiveIntegerField(_("gelezen"), default=0)
    changed = models.PositiveIntegerField(_("gewijzigd"), default=0)
    unchanged = models.PositiveIntegerField(_("gelijk gebleven"), default=0)
    refused = models.PositiveIntegerField(_("geweigerd"), default=0)

    class Meta:
        verbose_name = _("herlezing")
        verbose_name_plural = _("herlezingen")
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(Value(1), condition=Q(state__in=["running", "interrupted"]), name="remap_one_open"),
            models.CheckConstraint(condition=Q(state__in=RemapState.values), name="remap_state_is_known"),
            models.CheckConstraint(
                condition=Q(read=F("changed") + F("unchanged") + F("refused")), name="remap_counts_add_up"
            ),
            models.CheckConstraint(
                condition=Q(finished_at=None, state__in=["running", "interrupted"])
                | Q(finished_at__isnull=False, state="complete"),
                name="remap_finished_when_ended",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.started_at:%Y-%m-%d %H:%M} {self.state}"

    @property
    def run(self) -> str:
        """What the history of products calls it: "remap-3"."""
        return f"remap-{self.pk}"
