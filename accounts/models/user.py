"""Who signs in: a person known by what an identity provider calls them, without a required name or address."""

import uuid
from typing import Any, ClassVar

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

LOCAL_ISSUER = "local"
"""The issuer of accounts that sign in here, by e-mail address or name and with a password or a passkey."""

DEMONSTRATION_ISSUER = "demonstration"
"""The issuer of the local accounts of the demonstration; production lets none of them in."""


class UserManager(BaseUserManager["User"]):
    def create_user(self, *, issuer: str = LOCAL_ISSUER, subject: str = "", **fields: Any) -> "User":
        """Store an account; a local one without a subject gets a random one. An empty password cannot sign in."""
        password = fields.pop("password", None)
        user = self.model(issuer=issuer, subject=subject or uuid.uuid4().hex, **fields)
        user.set_password(password)
        user.full_clean()
        user.save(using=self._db)
        return user

    def create_superuser(self, sign_in_name: str, password: str | None = None, **fields: Any) -> "User":
        """Store a local account that may do everything; used by `manage.py createsuperuser`."""
        return self.create_user(
            sign_in_name=sign_in_name, password=password, is_staff=True, is_superuser=True, **fields
        )


class User(AbstractBaseUser, PermissionsMixin):
    """A person. (issuer, subject) is the key: OpenID Connect Core 1.0, clause 2, `iss` and `sub`."""

    issuer = models.CharField(_("uitgever van de identiteit"), max_length=255, default=LOCAL_ISSUER)
    subject = models.CharField(_("kenmerk bij die uitgever"), max_length=255)
    # Local accounts alone have a name to sign in with; a federation's people are known by their subject.
    sign_in_name = models.CharField(_("aanmeldnaam"), max_length=150, unique=True, null=True, blank=True)
    email = models.EmailField(_("e-mailadres"), blank=True)
    display_name = models.CharField(_("weergavenaam"), max_length=150, blank=True)
    language = models.CharField(
        _("taal"), max_length=5, choices=settings.LANGUAGES, blank=True, default="", db_default=""
    )
    is_staff = models.BooleanField(_("medewerker van de catalogus"), default=False)
    is_moderator = models.BooleanField(_("moderator van beoordelingen"), default=False, db_default=False)
    is_active = models.BooleanField(_("actief"), default=True)
    joined_at = models.DateTimeField(_("aangemaakt op"), default=timezone.now)

    objects = UserManager()

    USERNAME_FIELD = "sign_in_name"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    has_second_factor = False
    """Whether this visit was begun with a second factor. The middleware sets it for a visitor; it is never stored."""

    class Meta:
        verbose_name = _("gebruiker")
        verbose_name_plural = _("gebruikers")
        constraints = [
            models.UniqueConstraint(fields=["issuer", "subject"], name="user_one_per_issuer_and_subject"),
            models.CheckConstraint(condition=~Q(issuer="") & ~Q(subject=""), name="user_has_issuer_and_subject"),
            models.CheckConstraint(
                condition=Q(sign_in_name=None) | Q(issuer=LOCAL_ISSUER), name="user_sign_in_name_is_local"
            ),
        ]

    def __str__(self) -> str:
        return self.display_name or self.sign_in_name or f"{self.issuer} {self.subject}"

    def get_short_name(self) -> str:
        """What the administration calls its visitor; Django asks for it by this name."""
        return self.display_name or self.sign_in_name or self.email

    @property
    def actor_name(self) -> str:
        """How history names the person, as text of at most 200 characters: their name of today and their number.

        By the number they are found again when they go, though they or another came to be called otherwise.
        """
        return f"{(self.display_name or self.sign_in_name or '')[:150]} {self.actor_mark}".strip()

    @property
    def actor_mark(self) -> str:
        return f"(account {self.pk})"

    @property
    def is_local(self) -> bool:
        """Whether the person signs in here, and not at a federation."""
        return self.issuer in {LOCAL_ISSUER, DEMONSTRATION_ISSUER}
