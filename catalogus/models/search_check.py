"""When index and database were last compared, and what came out."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class SearchCheck(models.Model):
    """A comparison that read everything. The counts are documents of both kinds; left: what still differs after it."""

    at = models.DateTimeField(_("tijdstip"))
    seconds = models.FloatField(_("seconden"))
    documents = models.PositiveIntegerField(_("documenten"))
    missing = models.PositiveIntegerField(_("ontbreken"))
    superfluous = models.PositiveIntegerField(_("te veel"))
    different = models.PositiveIntegerField(_("andere inhoud"))
    left = models.PositiveIntegerField(_("verschillen nog"))

    class Meta:
        verbose_name = _("controle van de zoekindex")
        verbose_name_plural = _("controles van de zoekindex")
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M}: {self.left}"
