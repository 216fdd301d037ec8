"""Invitations: a letter to one address, to join a section or to speak for a publisher."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models.publisher_member import PublisherRole
from accounts.models.section import Section, SectionRole
from catalogus.models import Publisher


class InvitationKind(models.TextChoices):
    SECTION = "section", _("vaksectie")
    PUBLISHER = "publisher", _("uitgever")


class Invitation(models.Model):
    """Whoever has proven to read the address may accept it, once, until it expires.

    The token in the letter is signed (services.invitations) and not stored, so a copy of the table opens nothing.
    """

    kind = models.CharField(_("soort"), max_length=9, choices=InvitationKind.choices)
    section = models.ForeignKey(
        Section,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="invitations",
        verbose_name=_("vaksectie"),
    )
    publisher = models.ForeignKey(
        Publisher,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="invitations",
        verbose_name=_("uitgever"),
    )
    role = models.CharField(_("rol"), max_length=8, choices=[*SectionRole.choices, *PublisherRole.choices])
    # In lower case; emptied some time after the invitation is closed, when nobody needs it any more.
    email = models.EmailField(_("e-mailadres"), blank=True)
    # What makes the letters of two invitations differ, whatever their numbers.
    nonce = models.UUIDField(default=uuid.uuid4, editable=False)
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("uitgenodigd door"),
    )
    created_at = models.DateTimeField(_("gestuurd op"), default=timezone.now)
    expires_at = models.DateTimeField(_("geldig tot"))
    accepted_at = models.DateTimeField(_("aangenomen op"), null=True, blank=True)
    accepted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("aangenomen door"),
    )
    withdrawn_at = models.DateTimeField(_("ingetrokken op"), null=True, blank=True)

    class Meta:
        verbose_name = _("uitnodiging")
        verbose_name_plural = _("uitnodigingen")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    kind=InvitationKind.SECTION,
                    section__isnull=False,
                    publisher__isnull=True,
                    role__in=SectionRole.values,
                )
                | Q(
                    kind=InvitationKind.PUBLISHER,
                    section__isnull=True,
                    publisher__isnull=False,
                    role__in=PublisherRole.values,
                ),
                name="invitation_is_to_one_thing",
            ),
            models.CheckConstraint(condition=Q(expires_at__gt=F("created_at")), name="invitation_expires_later"),
            models.CheckConstraint(
                condition=Q(accepted_at=None) | Q(withdrawn_at=None), name="invitation_accepted_or_withdrawn"
            ),
            models.UniqueConstraint(
                fields=["section", "email"],
                condition=Q(kind=InvitationKind.SECTION, accepted_at=None, withdrawn_at=None) & ~Q(email=""),
                name="invitation_one_open_per_section",
            ),
            models.UniqueConstraint(
                fields=["publisher", "email"],
                condition=Q(kind=InvitationKind.PUBLISHER, accepted_at=None, withdrawn_at=None) & ~Q(email=""),
                name="invitation_one_open_per_publisher",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"
