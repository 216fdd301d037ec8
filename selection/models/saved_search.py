"""Searches that people keep."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import MD5
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

NAME_LENGTH = 100


class SavedSearch(models.Model):
    """A search of one person, under a name of their own, with or without news by mail.

    `query` is what SearchCriteria.query_string() prints of it, from its first page; it is read again each time, for
    what could be asked once may not be asked any more. `since_seq`: news of it begins behind this number of the
    catalogue's history (ProductVersion.seq).
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="saved_searches", verbose_name=_("gebruiker")
    )
    name = models.CharField(_("naam"), max_length=NAME_LENGTH)
    query = models.TextField(_("zoekopdracht"), blank=True)
    is_alert_on = models.BooleanField(_("wekelijks bericht"), default=True)
    created_at = models.DateTimeField(_("bewaard op"), default=timezone.now)
    since_seq = models.BigIntegerField(_("nieuws vanaf"), default=0)

    class Meta:
        verbose_name = _("bewaarde zoekopdracht")
        verbose_name_plural = _("bewaarde zoekopdrachten")
        ordering = ["name", "pk"]
        constraints = [
            # Of its digest, for a long query is larger than an entry of an index may be.
            models.UniqueConstraint(F("user"), MD5("query"), name="saved_search_once_per_person"),
            models.CheckConstraint(condition=Q(name__regex=r"\S"), name="saved_search_has_a_name"),
            models.CheckConstraint(condition=Q(since_seq__gte=0), name="saved_search_begins_in_history"),
        ]

    def __str__(self) -> str:
        return self.name
