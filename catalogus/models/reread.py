"""Requests to read records again: something that their meaning hangs on has changed."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from catalogus.models.publisher import Publisher


class RereadRequest(models.Model):
    """Written in the transaction of the change, taken by whoever keeps the records.

    Without a publisher all records are meant. A request is deleted when the reading that began after it has ended.
    """

    publisher = models.ForeignKey(
        Publisher, on_delete=models.CASCADE, null=True, blank=True, related_name="+", verbose_name=_("uitgever")
    )
    reason = models.CharField(_("reden"), max_length=300)
    at = models.DateTimeField(_("tijdstip"))

    class Meta:
        verbose_name = _("verzoek om opnieuw te lezen")
        verbose_name_plural = _("verzoeken om opnieuw te lezen")
        ordering = ["id"]

    def __str__(self) -> str:
        return self.reason
