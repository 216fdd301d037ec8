"""What a rebuild of the search indexes has done, so that the next one can go on where it was broken off."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class RebuildState(models.TextChoices):
    """FILLING: under way, or broken off and waiting to go on; who holds Lock.REBUILD tells the two apart."""

    FILLING = "filling", _("bezig of onderbroken")
    DONE = "done", _("klaar")
    FAILED = "failed", _("mislukt")
    DROPPED = "dropped", _("opgegeven")


class RebuildRun(models.Model):
    """One filling of new indexes, by one process or by several that took over from each other.

    Every method up to `last_method_id`, with its products, is in the new indexes. `definition` and `words` tell by what
    its documents are made; `answers` are the requests for a rebuild that stood when it began. `failure` says why it was
    broken off, failed or given up.
    """

    state = models.CharField(_("stand"), max_length=8, choices=RebuildState.choices, default=RebuildState.FILLING)
    definition = models.CharField(_("indeling"), max_length=40)
    words = models.CharField(_("woordenlijst"), max_length=40)
    product_index = models.CharField(_("index van producten"), max_length=255)
    method_index = models.CharField(_("index van methodes"), max_length=255)
    answers = ArrayField(models.BigIntegerField(), default=list, blank=True, verbose_name=_("verzoeken"))
    last_method_id = models.BigIntegerField(_("laatste methode"), default=0)
    done = models.PositiveIntegerField(_("documenten klaar"), default=0)
    total = models.PositiveIntegerField(_("documenten in totaal"), default=0)
    started_at = models.DateTimeField(_("begonnen"))
    heartbeat_at = models.DateTimeField(_("laatste teken"))
    finished_at = models.DateTimeField(_("geëindigd"), null=True, blank=True)
    failure = models.CharField(_("reden"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("opbouw van de zoekindex")
        verbose_name_plural = _("opbouwen van de zoekindex")
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(fields=["state"], condition=Q(state="filling"), name="rebuild_run_one_is_filling"),
            models.CheckConstraint(condition=Q(state__in=RebuildState.values), name="rebuild_run_state_is_known"),
            models.CheckConstraint(
                condition=Q(state="filling", finished_at=None) | (~Q(state="filling") & Q(finished_at__isnull=False)),
                name="rebuild_run_ends_when_it_is_not_filling",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.started_at:%Y-%m-%d %H:%M} {self.get_state_display()}"
