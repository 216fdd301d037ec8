"""Edits: what editors did to methods, editions and publishers, each with what is needed to undo it."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from catalogus.models.method import Method
from catalogus.models.publisher import Publisher


class EditKind(models.TextChoices):
    MERGE_METHODS = "merge_methods", _("methodes samengevoegd")
    RENAME_METHOD = "rename_method", _("methode hernoemd")
    LOCK_METHOD = "lock_method", _("methode vastgezet of losgelaten")
    RENAME_EDITION = "rename_edition", _("uitgave hernoemd")
    MOVE_PRODUCTS = "move_products", _("producten verplaatst")
    MERGE_PUBLISHERS = "merge_publishers", _("uitgevers samengevoegd")
    RENAME_PUBLISHER = "rename_publisher", _("uitgever hernoemd")


class Edit(models.Model):
    """One action of an editor. `before` and `after` hold ids and values by which it is undone; names are for people."""

    kind = models.CharField(_("soort"), max_length=20, choices=EditKind.choices)
    summary = models.CharField(_("samenvatting"), max_length=500)
    method = models.ForeignKey(
        Method, on_delete=models.PROTECT, null=True, blank=True, related_name="edits", verbose_name=_("methode")
    )
    publisher = models.ForeignKey(
        Publisher, on_delete=models.PROTECT, null=True, blank=True, related_name="edits", verbose_name=_("uitgever")
    )
    before = models.JSONField(_("daarvoor"), default=dict, blank=True)
    after = models.JSONField(_("daarna"), default=dict, blank=True)
    reason = models.TextField(_("reden"))
    actor = models.CharField(_("door"), max_length=200)
    at = models.DateTimeField(_("tijdstip"))
    undone_at = models.DateTimeField(_("ongedaan gemaakt op"), null=True, blank=True)
    undone_by = models.CharField(_("ongedaan gemaakt door"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("ingreep van de redactie")
        verbose_name_plural = _("ingrepen van de redactie")
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=EditKind.values), name="edit_kind_is_known"),
            models.CheckConstraint(
                condition=Q(reason__regex=r"\S"),
                name="edit_has_a_reason",
                violation_error_message=_("Geef een reden: wie later kijkt, moet zien waarom."),
            ),
            models.CheckConstraint(
                condition=Q(undone_at=None, undone_by="") | Q(undone_at__isnull=False), name="edit_undone_by_somebody"
            ),
        ]

    def __str__(self) -> str:
        return self.summary
