"""That a section lets its school be named with the reviews of its members."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Section


class SectionConsent(models.Model):
    """While the row stands, a review of the section whose writer chose so names the school. Its lead decides."""

    section = models.OneToOneField(
        Section, on_delete=models.CASCADE, related_name="review_consent", verbose_name=_("vaksectie")
    )
    given_at = models.DateTimeField(_("gegeven op"), default=timezone.now)
    given_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("gegeven door"),
    )

    class Meta:
        verbose_name = _("toestemming van een vaksectie")
        verbose_name_plural = _("toestemmingen van vaksecties")

    def __str__(self) -> str:
        return str(self.section_id)
