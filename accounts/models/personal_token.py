"""Tokens by which a program acts for a person: made by them, seen once, never stored."""

from datetime import date, timedelta

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

TOKEN_START = "okc_p_"  # noqa: S105  What all of them begin with; it is no secret.
PREFIX_LENGTH = 8

LONGEST_LIFE = timedelta(days=367)
"""A year to the end of its last day, with room for a leap day and an hour of summer time; services count in days."""


class TokenScope(models.TextChoices):
    READ = "read", _("eigen gegevens lezen")
    REVIEW = "review", _("beoordelingen schrijven")


class PersonalToken(models.Model):
    """A token as far as it is known here: what it begins with, and a digest of the whole.

    The text is "okc_p_<prefix>_<secret>" (services.personal_tokens). Its secret has 256 bits, which nobody guesses, so
    one SHA-256 of it is enough; a slow hash is for what people think up. A copy of the table opens nothing.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="personal_tokens",
        verbose_name=_("gebruiker"),
    )
    name = models.CharField(_("waarvoor"), max_length=100)
    # What people and logs may call the token by; no part of the secret.
    prefix = models.CharField(_("begin"), max_length=PREFIX_LENGTH, unique=True)
    digest = models.CharField(_("controlegetal"), max_length=64, editable=False)
    scopes = ArrayField(models.CharField(max_length=20, choices=TokenScope.choices), verbose_name=_("mag"))
    created_at = models.DateTimeField(_("gemaakt op"), default=timezone.now)
    expires_at = models.DateTimeField(_("geldig tot"))
    # Within an hour of the last time it stays as it is, so that reading is no write.
    last_used_at = models.DateTimeField(_("laatst gebruikt"), null=True, blank=True)
    revoked_at = models.DateTimeField(_("ingetrokken op"), null=True, blank=True)

    class Meta:
        verbose_name = _("persoonlijk token")
        verbose_name_plural = _("persoonlijke tokens")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(name=""), name="personal_token_has_a_name"),
            models.CheckConstraint(
                condition=Q(prefix__regex=rf"^[0-9a-z]{{{PREFIX_LENGTH}}}$"), name="personal_token_prefix_is_one"
            ),
            models.CheckConstraint(condition=Q(digest__regex=r"^[0-9a-f]{64}$"), name="personal_token_digest_is_one"),
            models.CheckConstraint(
                condition=Q(scopes__len__gt=0) & Q(scopes__contained_by=TokenScope.values),
                name="personal_token_scopes_are_known",
                violation_error_message=_("Kies ten minste één ding dat met het token mag."),
            ),
            models.CheckConstraint(
                condition=Q(expires_at__gt=F("created_at")) & Q(expires_at__lte=F("created_at") + LONGEST_LIFE),
                name="personal_token_expires_within_a_year",
            ),
            models.CheckConstraint(
                condition=Q(revoked_at=None) | Q(revoked_at__gte=F("created_at")),
                name="personal_token_revoked_after_it_was_made",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.prefix} {self.name}"

    @property
    def is_live(self) -> bool:
        """Whether it still opens what it may, as far as the token itself tells; its person may be switched off."""
        return self.revoked_at is None and self.expires_at > timezone.now()

    @property
    def start(self) -> str:
        """What it begins with, by which its person knows it; no secret."""
        return TOKEN_START + self.prefix

    @property
    def last_day(self) -> date:
        """The last day on which it works, by the clock of the site."""
        return timezone.localdate(self.expires_at - timedelta(microseconds=1))

    def has_scope(self, scope: TokenScope) -> bool:
        return scope in self.scopes

    @property
    def scope_labels(self) -> list[str]:
        """What it may, in words."""
        return [str(TokenScope(scope).label) for scope in self.scopes]
