"""What a license gives: for how long, for how many, and by when it must be activated."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _


class LicenseTerms(models.Model):
    """The columns of a product that are about its license. Source: ECK catalogservice 2.5.2, Entry/License…."""

    license_availability = models.CharField(_("ingang en einde van de licentie"), max_length=100, blank=True)
    license_starts_on = models.DateField(_("licentie gaat in op"), null=True, blank=True)
    license_ends_on = models.DateField(_("licentie eindigt op"), null=True, blank=True)
    license_days = models.PositiveIntegerField(_("duur van de licentie in dagen"), null=True, blank=True)
    license_count = models.PositiveIntegerField(_("aantal licenties"), null=True, blank=True)
    license_options = ArrayField(
        models.CharField(max_length=100), default=list, blank=True, verbose_name=_("ook verkrijgbaar als")
    )
    activation_days = models.PositiveIntegerField(_("te activeren binnen (dagen)"), null=True, blank=True)
    activation_until = models.DateField(_("te activeren tot en met"), null=True, blank=True)

    class Meta:
        abstract = True
