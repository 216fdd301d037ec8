"""A review that is being written, kept while its writer types."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from catalogus.models import Method, Product
from reviews.models.review import Review


class ReviewDraft(models.Model):
    """One for each method that somebody is writing about, and one for each review that they are changing.

    `fields` holds what stands in the form, as it was typed: name -> list of texts. Nothing of it was checked. `saves`
    rises with every time it was kept, so that an older window does not write over a newer one. `key` is made with the
    draft and goes into the form: a form that is sent twice publishes once.
    """

    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="review_drafts", verbose_name=_("schrijver")
    )
    method = models.ForeignKey(Method, on_delete=models.PROTECT, related_name="+", verbose_name=_("methode"))
    product = models.ForeignKey(
        Product, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("product")
    )
    review = models.OneToOneField(
        Review,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="draft",
        verbose_name=_("wijzigt beoordeling"),
    )
    key = models.UUIDField(_("sleutel"), unique=True)
    fields = models.JSONField(_("invoer"), default=dict, blank=True)
    saves = models.PositiveIntegerField(_("keer bewaard"), default=0)
    created_at = models.DateTimeField(_("begonnen op"), default=timezone.now)
    updated_at = models.DateTimeField(_("laatst bewaard op"), default=timezone.now)

    class Meta:
        verbose_name = _("concept van een beoordeling")
        verbose_name_plural = _("concepten van beoordelingen")
        ordering = ["-updated_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["author", "method"], condition=Q(review=None), name="review_draft_one_new_per_method"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.author_id} {self.method_id}"
