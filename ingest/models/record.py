"""Records: what a source sent, as it sent it."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from catalogus.models import Product, Publisher
from ingest.models.harvest import Harvest
from ingest.models.source import Source


class RecordState(models.TextChoices):
    ACCEPTED = "accepted", _("opgenomen")
    QUARANTINED = "quarantined", _("in quarantaine")
    ABSENT = "absent", _("niet meer bij de bron")


class Record(models.Model):
    """One record under the source's own identifier. Never deleted.

    `payload` is the record's XML compressed with zlib (RFC 1950). Where the latest content was refused and an earlier
    one had been accepted, `payload` keeps the earlier, of which the product is made, and `refused_payload` holds the
    latest. `payload_hash` is SHA-256 of the latest XML. `issues` holds what is wrong with it: [{"code", "field",
    "value"}].
    """

    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="records", verbose_name=_("bron"))
    identifier = models.CharField(_("recordkenmerk"), max_length=255)
    schema = models.CharField(_("schema"), max_length=40, blank=True)
    payload = models.BinaryField(_("inhoud zoals ontvangen"))
    refused_payload = models.BinaryField(_("geweigerde inhoud"), null=True, blank=True)
    payload_hash = models.BinaryField(_("hash van de inhoud"))
    mapping_version = models.PositiveIntegerField(_("gelezen met versie"))
    state = models.CharField(_("toestand"), max_length=12, choices=RecordState.choices)
    issues = models.JSONField(_("bevindingen"), default=list, blank=True)
    # What several records of one product are matched and ordered by, without reading the payload again.
    product_identifier = models.CharField(_("productcode"), max_length=255, blank=True)
    product = models.ForeignKey(
        Product, on_delete=models.PROTECT, null=True, blank=True, related_name="records", verbose_name=_("product")
    )
    # Known as soon as the record names one, so that a publisher also sees what of its records was refused.
    publisher = models.ForeignKey(
        Publisher,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="records",
        db_index=False,
        verbose_name=_("uitgever"),
    )
    first_seen_at = models.DateTimeField(_("voor het eerst gezien"))
    last_seen_at = models.DateTimeField(_("voor het laatst gezien"))
    # When the first whole pass missed it; empty while it is there.
    missing_since = models.DateTimeField(_("niet aangetroffen sinds"), null=True, blank=True)
    last_harvest = models.ForeignKey(
        Harvest,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        db_index=False,
        verbose_name=_("laatste oogst"),
    )

    class Meta:
        verbose_name = _("record")
        verbose_name_plural = _("records")
        ordering = ["id"]
        indexes = [
            models.Index(fields=["last_harvest"], condition=Q(state="quarantined"), name="record_refused_in_a_pass"),
            models.Index(fields=["publisher", "id"], name="record_of_publisher"),
            models.Index(
                fields=["source", "missing_since"], condition=Q(missing_since__isnull=False), name="record_missing"
            ),
        ]
        constraints = [
            models.UniqueConstraint(fields=["source", "identifier"], name="record_one_per_source_and_identifier"),
            models.CheckConstraint(condition=Q(state__in=RecordState.values), name="record_state_is_known"),
            models.CheckConstraint(
                condition=~Q(state="accepted") | Q(product__isnull=False), name="record_accepted_has_a_product"
            ),
            models.CheckConstraint(
                condition=~Q(state="absent") | Q(missing_since__isnull=False), name="record_absent_since_when"
            ),
        ]

    def __str__(self) -> str:
        return self.identifier
