"""What is thought of a method of which little is known: the mean of all reviews."""

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class ReviewPrior(models.Model):
    """One row (pk 1): what every method's sort value was computed with last.

    `mean`: over the totals that count (querysets.counting_reviews); `count`: of how many. services.prior computes it
    and says when it is stated anew; `is_applied`: whether all methods follow it.
    """

    mean = models.DecimalField(_("gemiddelde"), max_digits=4, decimal_places=3)
    count = models.PositiveIntegerField(_("aantal"))
    is_applied = models.BooleanField(_("overal toegepast"), default=False)
    stated_at = models.DateTimeField(_("vastgesteld op"), default=timezone.now)

    class Meta:
        verbose_name = _("uitgangspunt van de volgorde")
        verbose_name_plural = _("uitgangspunt van de volgorde")
        constraints = [
            models.CheckConstraint(condition=Q(pk=1), name="review_prior_is_one_row"),
            models.CheckConstraint(condition=Q(mean__gte=1, mean__lte=4), name="review_prior_is_on_the_scale"),
        ]

    def __str__(self) -> str:
        return f"{self.mean} ({self.count})"
