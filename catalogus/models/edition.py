"""Editions (drukken, jaargangen) of a method; "onbekend" is one."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from catalogus.models.method import Method

UNKNOWN_EDITION = "onbekend"


class Edition(models.Model):
    """An edition. `key` is the normal form of the label, empty for the unknown one; which is current is derived."""

    method = models.ForeignKey(Method, on_delete=models.PROTECT, related_name="editions", verbose_name=_("methode"))
    label = models.CharField(_("aanduiding"), max_length=100)
    key = models.CharField(_("genormaliseerde aanduiding"), max_length=100, blank=True, editable=False)
    ordinal = models.PositiveIntegerField(_("volgnummer of eerste jaar"), null=True, blank=True)
    is_locked = models.BooleanField(_("vastgezet door de redactie"), default=False)

    class Meta:
        verbose_name = _("uitgave")
        verbose_name_plural = _("uitgaven")
        ordering = ["method", "-ordinal", "id"]
        constraints = [
            models.UniqueConstraint(fields=["method", "key"], name="edition_one_key_per_method"),
            # A product's composite key needs it: its edition is one of its method.
            models.UniqueConstraint(fields=["id", "method"], name="edition_id_and_method"),
            models.CheckConstraint(condition=~Q(key="") | Q(ordinal=None), name="edition_unknown_has_no_ordinal"),
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def is_unknown(self) -> bool:
        return not self.key
