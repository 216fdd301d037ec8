"""What others say to a review: the publisher's one reply, and readers who found it of use."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from catalogus.models import Publisher
from reviews.models.review import Review

REPLY_LENGTH = 2000


class PublisherReply(models.Model):
    """The publisher's answer, shown below the review and marked as theirs. It stands in the publisher's name alone.

    `answered_version`: which version of the review it answers. A moderator may remove it, with a reason.
    """

    review = models.OneToOneField(Review, on_delete=models.CASCADE, related_name="reply", verbose_name=_("beoordeling"))
    publisher = models.ForeignKey(Publisher, on_delete=models.PROTECT, related_name="+", verbose_name=_("uitgever"))
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("geschreven door"),
    )
    text = models.TextField(_("antwoord"))
    answered_version = models.PositiveSmallIntegerField(_("op versie"))
    written_at = models.DateTimeField(_("geschreven op"), default=timezone.now)
    edited_at = models.DateTimeField(_("gewijzigd op"), null=True, blank=True)
    removed_at = models.DateTimeField(_("weggehaald op"), null=True, blank=True)
    removal_reason = models.TextField(_("reden van weghalen"), blank=True)

    class Meta:
        verbose_name = _("antwoord van een uitgever")
        verbose_name_plural = _("antwoorden van uitgevers")
        ordering = ["-written_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(text__regex=r"\S"), name="publisher_reply_says_something"),
            models.CheckConstraint(
                condition=Q(removed_at=None, removal_reason="")
                | Q(removed_at__isnull=False) & Q(removal_reason__regex=r"\S"),
                name="publisher_reply_removed_has_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(edited_at=None) | Q(edited_at__gte=F("written_at")), name="publisher_reply_edited_later"
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.review_id} {self.publisher_id}"


class ReplyMemory(models.Model):
    """That the publisher replied to a review, which outlives a reply that was taken back: its writer is told once.

    `changes`: how often the reply was written or changed on the day `changed_on`, in Dutch time.
    """

    review = models.OneToOneField(
        Review, on_delete=models.CASCADE, related_name="reply_memory", verbose_name=_("beoordeling")
    )
    changed_on = models.DateField(_("gewijzigd op"))
    changes = models.PositiveSmallIntegerField(_("wijzigingen op die dag"))

    class Meta:
        verbose_name = _("wat van antwoorden wordt onthouden")
        verbose_name_plural = _("wat van antwoorden wordt onthouden")
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.review_id} {self.changes}"


class HelpfulVote(models.Model):
    """That somebody who may review found a review of use; one for each person and review."""

    review = models.ForeignKey(Review, on_delete=models.CASCADE, related_name="votes", verbose_name=_("beoordeling"))
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+", verbose_name=_("van")
    )
    at = models.DateTimeField(_("gegeven op"), default=timezone.now)

    class Meta:
        verbose_name = _("stem dat een beoordeling nuttig is")
        verbose_name_plural = _("stemmen dat beoordelingen nuttig zijn")
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["review", "user"], name="helpful_vote_once")]

    def __str__(self) -> str:
        return f"{self.review_id} {self.user_id}"
