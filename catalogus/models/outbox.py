"""Which index documents are stale: written in the transaction of the change, emptied by the indexer."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class OutboxKind(models.TextChoices):
    PRODUCT = "product", _("product")
    METHOD = "method", _("methode")


class OutboxEntry(models.Model):
    """The document of this kind and id is older than the database.

    `revision` comes from one sequence and rises with every change of a row; the indexer deletes only the revision that
    it read and hands it to the engine as the document's version, so an older document never replaces a newer one.
    """

    kind = models.CharField(_("soort"), max_length=8, choices=OutboxKind.choices)
    object_id = models.BigIntegerField(_("nummer"))
    revision = models.BigIntegerField(_("revisie"))

    class Meta:
        verbose_name = _("te verversen document")
        verbose_name_plural = _("te verversen documenten")
        ordering = ["revision"]
        indexes = [models.Index(fields=["revision"], name="outbox_by_revision")]
        constraints = [
            models.UniqueConstraint(fields=["kind", "object_id"], name="outbox_one_row_per_document"),
            models.CheckConstraint(condition=Q(kind__in=OutboxKind.values), name="outbox_kind_is_known"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.object_id}"
