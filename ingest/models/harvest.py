"""Harvests: one pass over a source, cut into cells that can each be read whole, and resumed where it stopped."""

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import MD5
from django.utils.translation import gettext_lazy as _

from ingest.models.source import Source


class HarvestState(models.TextChoices):
    RUNNING = "running", _("bezig")
    INTERRUPTED = "interrupted", _("onderbroken")
    COMPLETE = "complete", _("volledig")
    PARTIAL = "partial", _("gedeeltelijk")
    HELD = "held", _("volledig, wacht op akkoord voor terugtrekken")
    FAULTY = "faulty", _("ondeugdelijk: de telling klopt niet")
    STOPPED = "stopped", _("gestopt door een mens")
    FAILED = "failed", _("mislukt")

    @classmethod
    def open(cls) -> tuple[str, ...]:
        """The states of a pass that a next run goes on with."""
        return (cls.RUNNING, cls.INTERRUPTED)

    @classmethod
    def whole(cls) -> tuple[str, ...]:
        """The states of a pass that met all that the source holds."""
        return (cls.COMPLETE, cls.HELD)

    @classmethod
    def bad(cls) -> tuple[str, ...]:
        """The states of a pass that somebody must look at."""
        return (cls.FAILED, cls.FAULTY)


class Harvest(models.Model):
    """A pass. The counters are numbers of records; when it ends, what was received is what became of it.

    missing: records that are stored as present and were not met by a whole pass. withdrawn: those of them that are now
    absent. held: those that would be, had there not been so many of them that a person must agree.
    """

    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="harvests", verbose_name=_("bron"))
    state = models.CharField(_("toestand"), max_length=12, choices=HarvestState.choices, default=HarvestState.RUNNING)
    started_at = models.DateTimeField(_("begonnen"))
    heartbeat_at = models.DateTimeField(_("laatste teken van leven"))
    finished_at = models.DateTimeField(_("klaar"), null=True, blank=True)
    # How many records of one result the source lets one reach, as probed at the start of the pass.
    reach = models.PositiveIntegerField(_("bereik van één resultaat"), null=True, blank=True)
    count_before = models.PositiveIntegerField(_("aantal bij de bron vooraf"), null=True, blank=True)
    count_after = models.PositiveIntegerField(_("aantal bij de bron achteraf"), null=True, blank=True)
    received = models.PositiveIntegerField(_("ontvangen"), default=0)
    created = models.PositiveIntegerField(_("nieuw"), default=0)
    changed = models.PositiveIntegerField(_("gewijzigd"), default=0)
    unchanged = models.PositiveIntegerField(_("gelijk gebleven"), default=0)
    merged = models.PositiveIntegerField(_("samengevoegd"), default=0)
    refused = models.PositiveIntegerField(_("geweigerd"), default=0)
    repeated = models.PositiveIntegerField(_("dubbel ontvangen"), default=0)
    missing = models.PositiveIntegerField(_("niet meer aangetroffen"), default=0)
    withdrawn = models.PositiveIntegerField(_("teruggetrokken"), default=0)
    held = models.PositiveIntegerField(_("wachten op akkoord"), default=0)
    # A running pass looks at it after each batch.
    stop_requested_by = models.CharField(_("te stoppen op verzoek van"), max_length=200, blank=True)
    message = models.TextField(_("bericht"), blank=True)

    class Meta:
        verbose_name = _("oogst")
        verbose_name_plural = _("oogsten")
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["source"],
                condition=Q(state__in=["running", "interrupted"]),
                name="harvest_one_open_per_source",
            ),
            models.CheckConstraint(condition=Q(state__in=HarvestState.values), name="harvest_state_is_known"),
            models.CheckConstraint(
                condition=Q(received=F("created") + F("changed") + F("unchanged") + F("merged") + F("refused")),
                name="harvest_counts_add_up",
            ),
            models.CheckConstraint(
                condition=Q(finished_at=None, state__in=["running", "interrupted"])
                | (~Q(state__in=["running", "interrupted"]) & Q(finished_at__isnull=False)),
                name="harvest_finished_when_ended",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.source_id} {self.started_at:%Y-%m-%d %H:%M} {self.state}"

    @property
    def run(self) -> str:
        """What the history of products calls this pass: "harvest-12"."""
        return f"harvest-{self.pk}"

    @property
    def is_open(self) -> bool:
        """Whether a next run goes on with it."""
        return self.state in HarvestState.open()


class CellState(models.TextChoices):
    PENDING = "pending", _("te lezen")
    DONE = "done", _("gelezen")
    SPLIT = "split", _("verdeeld")
    OVERFULL = "overfull", _("te groot, niet verder te verdelen")


class Cell(models.Model):
    """A part of a pass: a query whose result stays within what the source lets one result reach.

    `next_position` counts from 1, as SRU's startRecord; it is moved in the transaction that stores the page before it.
    """

    harvest = models.ForeignKey(Harvest, on_delete=models.CASCADE, related_name="cells", verbose_name=_("oogst"))
    query = models.TextField(_("vraag (CQL)"))
    depth = models.PositiveSmallIntegerField(_("diepte"), default=0)
    expected = models.PositiveIntegerField(_("verwacht aantal"), default=0)
    next_position = models.PositiveIntegerField(_("volgende positie"), default=1)
    state = models.CharField(_("toestand"), max_length=8, choices=CellState.choices, default=CellState.PENDING)

    class Meta:
        verbose_name = _("deel van een oogst")
        verbose_name_plural = _("delen van een oogst")
        ordering = ["id"]
        constraints = [
            # A query may be longer than an index takes.
            models.UniqueConstraint("harvest", MD5("query"), name="cell_one_per_query"),
            models.CheckConstraint(condition=Q(state__in=CellState.values), name="cell_state_is_known"),
            models.CheckConstraint(condition=Q(next_position__gte=1), name="cell_position_counts_from_one"),
        ]

    def __str__(self) -> str:
        return self.query
