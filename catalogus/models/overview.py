"""What the whole catalogue holds, counted now and then, for pages that everybody opens."""

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class CatalogueOverview(models.Model):
    """The one row of counts, made by `search.overview`, which knows what stands in `content`.

    `shape` tells what it looks like, for code that is older or newer than the worker that wrote it. `revision` is that
    of the last change of any document when counting began, so that what did not change is not counted again.
    `tried_at` is when somebody last began to count, whatever came of it. Where nobody got to the end yet, `shape` is 0
    and nothing else is said.
    """

    id = models.PositiveSmallIntegerField(primary_key=True, default=1, editable=False)
    shape = models.PositiveSmallIntegerField(_("vorm"))
    content = models.JSONField(_("tellingen"), encoder=DjangoJSONEncoder)
    revision = models.BigIntegerField(_("laatste wijziging"))
    counted_at = models.DateTimeField(_("geteld op"))
    tried_at = models.DateTimeField(_("laatste poging"))

    class Meta:
        verbose_name = _("overzicht van de catalogus")
        verbose_name_plural = _("overzicht van de catalogus")
        constraints = [models.CheckConstraint(condition=Q(id=1), name="catalogue_overview_is_one_row")]

    def __str__(self) -> str:
        return f"{self.counted_at:%Y-%m-%d %H:%M}"
