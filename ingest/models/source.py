"""Sources: where records come from."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from catalogus.models import Publisher


class SourceKind(models.TextChoices):
    KOPPELPUNT = "koppelpunt", _("Koppelpunt Catalogusinformatie (SRU)")


class Source(models.Model):
    """A place that delivers records. Where two describe one product, the lower precedence number is believed."""

    code = models.SlugField(_("code"), max_length=60, unique=True)
    name = models.CharField(_("naam"), max_length=200)
    kind = models.CharField(_("soort"), max_length=20, choices=SourceKind.choices, default=SourceKind.KOPPELPUNT)
    url = models.CharField(_("adres"), max_length=500)
    record_schema = models.CharField(_("recordschema"), max_length=40, default="eckcs2.5.2")
    precedence = models.PositiveSmallIntegerField(_("voorrang"), default=100)
    trusted_publishers = models.ManyToManyField(
        Publisher, blank=True, related_name="trusted_sources", verbose_name=_("spreekt ook namens")
    )
    every_hours = models.PositiveSmallIntegerField(
        _("oogst elke … uur"), null=True, blank=True, help_text=_("Leeg: alleen met de hand.")
    )
    # When staff were told that it fails; empty again after a pass that went well.
    failure_told_at = models.DateTimeField(_("storing gemeld op"), null=True, blank=True)
    is_active = models.BooleanField(_("in gebruik"), default=True)

    class Meta:
        verbose_name = _("bron")
        verbose_name_plural = _("bronnen")
        ordering = ["precedence", "code"]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=SourceKind.values), name="source_kind_is_known"),
            models.CheckConstraint(
                condition=Q(url__regex=r"^https?://"),
                name="source_url_is_http",
                violation_error_message=_("Het adres begint met http:// of https://."),
            ),
            models.CheckConstraint(
                condition=Q(every_hours=None) | Q(every_hours__gte=1),
                name="source_every_hour_at_most",
                violation_error_message=_("Geef een heel aantal uren vanaf 1, of laat het leeg."),
            ),
        ]

    def __str__(self) -> str:
        return self.code
