"""What was answered to one criterion."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from reviews.models.review import Review

REASON_LENGTH = 500

SUFFICIENT = 3
"""The rubric's "voldoende"; a score below it asks for a reason."""


class Unscored(models.TextChoices):
    """Answers that are no score; the codes are the rubric's own."""

    NOT_APPLICABLE = "nvt", _("niet van toepassing")
    CANNOT_JUDGE = "nb", _("kan ik niet beoordelen")


class ReviewScore(models.Model):
    """A score of 1 (onvoldoende) to 4 (goed), or why there is none; exactly one of the two."""

    review = models.ForeignKey(Review, on_delete=models.CASCADE, related_name="scores", verbose_name=_("beoordeling"))
    criterion = models.SlugField(_("criterium"), max_length=60)
    score = models.PositiveSmallIntegerField(_("oordeel"), null=True, blank=True)
    unscored = models.CharField(_("geen oordeel"), max_length=3, choices=Unscored.choices, blank=True)
    reason = models.TextField(_("reden"), blank=True)

    class Meta:
        verbose_name = _("oordeel over een criterium")
        verbose_name_plural = _("oordelen over criteria")
        ordering = ["review", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["review", "criterion"], name="review_score_one_per_criterion"),
            models.CheckConstraint(
                condition=Q(score__gte=1, score__lte=4, unscored="")
                | Q(score=None, unscored__in=Unscored.values),
                name="review_score_or_why_not",
            ),
            models.CheckConstraint(
                condition=Q(score=None) | Q(score__gte=SUFFICIENT) | Q(reason__regex=r"\S"),
                name="review_low_score_has_a_reason",
                violation_error_message=_("Vertel bij een oordeel onder “voldoende” waarom."),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.review_id} {self.criterion}"

    @property
    def answer(self) -> str:
        """As the rubric's scale has it: "1" to "4", "nvt" or "nb"."""
        return self.unscored or str(self.score)
