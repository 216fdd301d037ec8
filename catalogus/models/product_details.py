"""What a record may say of a product besides what it is, costs and is for."""

from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _


def _texts(label: Any, length: int = 255) -> ArrayField:  # type: ignore[type-arg]
    return ArrayField(models.CharField(max_length=length), default=list, blank=True, verbose_name=label)


class ProductDetails(models.Model):
    """Columns that few records fill.

    `price_parts` is for what bears several rates of VAT: [{"excl_cents": 1835, "vat_rate": "9.0"}, …], empty where one
    rate says it all. `part_identifiers` are the product codes of what a package consists of, as they were sent; which
    products they are is looked up when somebody reads it, for they may come later than the package.
    """

    language = models.CharField(_("taal"), max_length=3, blank=True)
    is_open = models.BooleanField(_("open leermateriaal"), null=True, blank=True)
    open_license = models.CharField(_("open licentie"), max_length=40, blank=True)
    price_parts = models.JSONField(_("prijs per btw-tarief"), default=list, blank=True)
    part_identifiers = _texts(_("bestaat uit"))
    platforms = _texts(_("platforms"), 100)
    devices = _texts(_("apparaten"), 100)
    browsers = _texts(_("browsers"), 100)
    usages = _texts(_("gebruik"), 100)
    aggregation_level = models.CharField(_("omvang"), max_length=60, blank=True)
    version_text = models.CharField(_("versie volgens de uitgever"), max_length=60, blank=True)
    is_copyrighted = models.BooleanField(_("auteursrechtelijk beschermd"), null=True, blank=True)
    last_revised_on = models.DateField(_("laatst herzien op"), null=True, blank=True)
    deprecated_on = models.DateField(_("verouderd sinds"), null=True, blank=True)
    supported_until = models.DateField(_("ondersteund tot en met"), null=True, blank=True)
    accessibility_url = models.TextField(_("toegankelijkheidsverklaring"), blank=True, default="", db_default="")
    publisher_logo_url = models.TextField(_("logo van de uitgever"), blank=True)

    class Meta:
        abstract = True
