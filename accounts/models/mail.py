"""Mail that waits to be sent, and which mail a person wants."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class OutgoingMail(models.Model):
    """A letter to write: of which kind, about which row, to whom. Written when it is sent, and gone when it was.

    Stored in the transaction of what it tells about, so neither a broker nor a mail server that is away loses it. A
    worker that dies between sending and committing sends it twice.
    """

    kind = models.SlugField(_("soort"), max_length=40)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("aan"),
    )
    # For who has no account yet; else the person's own address of the moment is used.
    email = models.EmailField(_("e-mailadres"), blank=True)
    about_id = models.BigIntegerField(_("over"), null=True, blank=True)
    created_at = models.DateTimeField(_("gemaakt op"), default=timezone.now)
    due_at = models.DateTimeField(_("te sturen vanaf"), default=timezone.now)
    attempts = models.PositiveSmallIntegerField(_("pogingen"), default=0)
    last_error = models.CharField(_("laatste fout"), max_length=200, blank=True)
    failed_at = models.DateTimeField(_("opgegeven op"), null=True, blank=True)

    class Meta:
        verbose_name = _("te versturen bericht")
        verbose_name_plural = _("te versturen berichten")
        ordering = ["due_at", "pk"]
        indexes = [models.Index(fields=["due_at"], condition=Q(failed_at=None), name="outgoing_mail_due")]
        constraints = [
            models.CheckConstraint(
                condition=Q(user__isnull=False) | ~Q(email=""), name="outgoing_mail_has_somebody_to_go_to"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.about_id}"


class MailChoice(models.Model):
    """That a person wants, or does not want, one kind of mail; without a row the kind's own default holds."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="mail_choices", verbose_name=_("gebruiker")
    )
    kind = models.SlugField(_("soort"), max_length=40)
    is_wanted = models.BooleanField(_("gewenst"))

    class Meta:
        verbose_name = _("keuze over mail")
        verbose_name_plural = _("keuzes over mail")
        constraints = [models.UniqueConstraint(fields=["user", "kind"], name="mail_choice_once")]

    def __str__(self) -> str:
        return f"{self.user_id} {self.kind}"
