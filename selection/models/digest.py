"""How far each person was told what is new, and the letters that told it."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class DigestProgress(models.Model):
    """Up to which number of the catalogue's history a person was told. Its row is held by whoever writes them a letter.

    Made with the first search that a person saves.
    """

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        primary_key=True,
        related_name="digest_progress",
        verbose_name=_("gebruiker"),
    )
    told_seq = models.BigIntegerField(_("verteld tot en met"), default=0)
    sent_at = models.DateTimeField(_("laatste bericht"), null=True, blank=True)

    class Meta:
        verbose_name = _("voortgang van het wekelijkse bericht")
        verbose_name_plural = _("voortgang van het wekelijkse bericht")
        constraints = [models.CheckConstraint(condition=Q(told_seq__gte=0), name="digest_progress_is_in_history")]

    def __str__(self) -> str:
        return f"{self.user_id} {self.told_seq}"


class DigestLetter(models.Model):
    """What one weekly letter tells: products, each with the searches that it fits.

    `items`: [{"product": row, "searches": [rows], "changes": {field: [old, new]}}], what is new first; "changes" is
    None for what is new. Names and addresses are read when the letter is written or its page is shown. The totals count
    what did not fit into `items` too.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="digest_letters", verbose_name=_("aan")
    )
    items = models.JSONField(_("inhoud"), default=list)
    new_total = models.PositiveIntegerField(_("nieuw"))
    changed_total = models.PositiveIntegerField(_("gewijzigd"))
    created_at = models.DateTimeField(_("gemaakt op"), default=timezone.now)

    class Meta:
        verbose_name = _("wekelijks bericht")
        verbose_name_plural = _("wekelijkse berichten")
        ordering = ["-created_at", "-pk"]
        indexes = [models.Index(fields=["created_at"], name="digest_letter_by_age")]
        constraints = [
            models.CheckConstraint(
                condition=Q(new_total__gt=0) | Q(changed_total__gt=0), name="digest_letter_has_something_to_tell"
            )
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.created_at:%Y-%m-%d}"
