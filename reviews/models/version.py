"""What a review said at first, and after each change."""

from django.db import models
from django.db.models.functions import MD5
from django.utils.translation import gettext_lazy as _

from reviews.models.review import Review


class ReviewVersion(models.Model):
    """One version, numbered from 1; the newest says what the review says now. Rows are never changed.

    `content` is reviews.content.ReviewContent as JSON. `words` is the normal form of all its texts, by which the same
    text is found again under other reviews.
    """

    review = models.ForeignKey(Review, on_delete=models.CASCADE, related_name="versions", verbose_name=_("beoordeling"))
    number = models.PositiveSmallIntegerField(_("versie"))
    content = models.JSONField(_("inhoud"))
    words = models.TextField(_("woorden"), blank=True)
    at = models.DateTimeField(_("geschreven op"))

    class Meta:
        verbose_name = _("versie van een beoordeling")
        verbose_name_plural = _("versies van beoordelingen")
        ordering = ["review", "number"]
        # Trigrams of texts this long are no help: a look for one took 24 s among 50,000.
        indexes = [models.Index(MD5("words"), name="review_version_same_words")]
        constraints = [models.UniqueConstraint(fields=["review", "number"], name="review_version_number_once")]

    def __str__(self) -> str:
        return f"{self.review_id} {self.number}"
