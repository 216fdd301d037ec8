"""The history of products: every change with its time, source, cause and fields."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from catalogus.models.product import Product


class Cause(models.TextChoices):
    HARVEST = "harvest", _("oogst bij een bron")
    PUSH = "push", _("aanlevering door de uitgever")
    REMAP = "remap", _("opnieuw gelezen")
    EDITOR = "editor", _("redactie")
    MERGE = "merge", _("samenvoeging")


class VersionKind(models.TextChoices):
    CREATED = "created", _("toegevoegd")
    CHANGED = "changed", _("gewijzigd")
    MOVED = "moved", _("verplaatst naar een andere methode")
    MERGED = "merged", _("samengevoegd")
    UNMERGED = "unmerged", _("weer gesplitst")
    WITHDRAWN = "withdrawn", _("teruggetrokken")
    RESTORED = "restored", _("weer opgenomen")


class ProductVersion(models.Model):
    """One change. `changes` maps a field to [old, new]; it is empty for a product that is new.

    `seq` is empty at insert and given after commit by services.assign_sequence, in one place at a time, so that a
    reader who has read up to a number has seen everything below it. Names no user: `actor` is text.
    """

    product = models.ForeignKey(Product, on_delete=models.CASCADE, related_name="versions", verbose_name=_("product"))
    seq = models.BigIntegerField(_("volgnummer"), null=True, blank=True, unique=True)
    kind = models.CharField(_("soort"), max_length=10, choices=VersionKind.choices)
    cause = models.CharField(_("aanleiding"), max_length=8, choices=Cause.choices)
    source = models.CharField(_("bron"), max_length=60, blank=True)
    actor = models.CharField(_("door"), max_length=200, blank=True)
    # What it was a part of, so that it can be read back whole: "harvest-12", "remap-3", "edit-7".
    run = models.CharField(_("onderdeel van"), max_length=40, blank=True)
    reason = models.TextField(_("reden"), blank=True)
    changes = models.JSONField(_("wijzigingen"), default=dict, blank=True)
    at = models.DateTimeField(_("tijdstip"))

    class Meta:
        verbose_name = _("productversie")
        verbose_name_plural = _("productversies")
        ordering = ["id"]
        indexes = [
            models.Index(fields=["id"], condition=Q(seq=None), name="product_version_without_seq"),
            models.Index(fields=["run", "id"], condition=~Q(run=""), name="product_version_by_run"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=VersionKind.values), name="product_version_kind_is_known"),
            models.CheckConstraint(condition=Q(cause__in=Cause.values), name="product_version_cause_is_known"),
            models.CheckConstraint(condition=Q(seq=None) | Q(seq__gt=0), name="product_version_seq_is_positive"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.product_id} {self.at:%Y-%m-%d %H:%M}"
