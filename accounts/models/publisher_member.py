"""Who speaks for a publisher."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from catalogus.models import Publisher


class PublisherRole(models.TextChoices):
    READER = "reader", _("lezer")
    EDITOR = "editor", _("redacteur")
    OWNER = "owner", _("eigenaar")


class PublisherMember(models.Model):
    """A person who may see, and with more rights change, what belongs to one publisher.

    The row stays with the publisher that it was made for; rights follow a merge by `access.publisher_role`. Who left
    keeps a row, for an interest in a publisher does not end with the job.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="publisher_memberships",
        verbose_name=_("gebruiker"),
    )
    publisher = models.ForeignKey(
        Publisher, on_delete=models.CASCADE, related_name="members", verbose_name=_("uitgever")
    )
    role = models.CharField(_("rol"), max_length=8, choices=PublisherRole.choices, default=PublisherRole.READER)
    joined_at = models.DateTimeField(_("lid sinds"), default=timezone.now, db_default=Now())
    ended_at = models.DateTimeField(_("vertrokken op"), null=True, blank=True)

    class Meta:
        verbose_name = _("medewerker van een uitgever")
        verbose_name_plural = _("medewerkers van uitgevers")
        constraints = [
            models.UniqueConstraint(fields=["user", "publisher"], name="publisher_member_once"),
            models.CheckConstraint(condition=Q(role__in=PublisherRole.values), name="publisher_member_role_is_known"),
            models.CheckConstraint(
                condition=Q(ended_at=None) | Q(ended_at__gte=F("joined_at")),
                name="publisher_member_leaves_after_joining",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.publisher_id}"
