"""Flags of readers, what moderators did and why, appeals against it, and when reviews wait for a moderator."""

from typing import Any, NoReturn

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from catalogus.models import Method
from reviews.models.review import Review

FLAG_LENGTH = 1000
NOTE_LENGTH = 2000


class FlagReason(models.TextChoices):
    PERSONAL_DATA = "personal-data", _("er staan gegevens van een persoon in")
    ABUSE = "abuse", _("het is beledigend of discriminerend")
    UNTRUE_AUTHOR = "author", _("de schrijver lijkt niet wie die zegt te zijn")
    INTEREST = "interest", _("er is een belang dat niet is verteld")
    OFF_TOPIC = "off-topic", _("het gaat niet over deze methode of uitgave")
    ADVERTISING = "advertising", _("het is reclame")
    NAME = "name", _("de naam bij de beoordeling deugt niet")
    OTHER = "other", _("iets anders")


class FlagState(models.TextChoices):
    OPEN = "open", _("nog te bekijken")
    UPHELD = "upheld", _("terecht")
    DISMISSED = "dismissed", _("niet terecht")


class ReviewFlag(models.Model):
    """That somebody thinks a review, or the publisher's reply to it, is against the rules. It hides nothing by itself.

    `version` is the one that was flagged: a verdict holds for that text, and a flag of a text that was judged is kept
    without opening it again.
    """

    review = models.ForeignKey(Review, on_delete=models.CASCADE, related_name="flags", verbose_name=_("beoordeling"))
    is_of_reply = models.BooleanField(_("over het antwoord van de uitgever"), default=False)
    version = models.PositiveSmallIntegerField(_("versie"))
    # Nobody for who has no account, or has none any more.
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("van"),
    )
    is_of_publisher = models.BooleanField(_("van de uitgever"), default=False)
    reason = models.CharField(_("wat er is"), max_length=14, choices=FlagReason.choices)
    text = models.TextField(_("toelichting"), blank=True)
    # A keyed hash of the name that was flagged: names change without another version, and a verdict is about one name.
    name_mark = models.CharField(max_length=64, blank=True, editable=False, default="", db_default="")
    at = models.DateTimeField(_("gemeld op"), default=timezone.now)
    state = models.CharField(_("toestand"), max_length=9, choices=FlagState.choices, default=FlagState.OPEN)
    decided_at = models.DateTimeField(_("besloten op"), null=True, blank=True)

    class Meta:
        verbose_name = _("melding over een beoordeling")
        verbose_name_plural = _("meldingen over beoordelingen")
        ordering = ["at", "pk"]
        indexes = [models.Index(fields=["at"], condition=Q(state=FlagState.OPEN), name="review_flag_open")]
        constraints = [
            models.UniqueConstraint(
                fields=["review", "is_of_reply", "version", "user"],
                condition=Q(user__isnull=False),
                name="review_flag_once_per_person",
                violation_error_message=_("U hebt dit al gemeld."),
            ),
            models.CheckConstraint(condition=Q(reason__in=FlagReason.values), name="review_flag_reason_is_known"),
            models.CheckConstraint(
                condition=Q(state=FlagState.OPEN, decided_at=None)
                | Q(state__in=[FlagState.UPHELD, FlagState.DISMISSED], decided_at__isnull=False),
                name="review_flag_decided_has_a_time",
            ),
            models.CheckConstraint(
                condition=~Q(reason=FlagReason.OTHER) | Q(text__regex=r"\S"),
                name="review_flag_other_is_told",
                violation_error_message=_("Vertel wat er is."),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.review_id} {self.reason}"


class AppealState(models.TextChoices):
    OPEN = "open", _("nog te bekijken")
    GRANTED = "granted", _("toegewezen")
    REFUSED = "refused", _("afgewezen")


class Appeal(models.Model):
    """The writer of a removed review asks another moderator to look again; once for each version."""

    review = models.ForeignKey(Review, on_delete=models.CASCADE, related_name="appeals", verbose_name=_("beoordeling"))
    version = models.PositiveSmallIntegerField(_("versie"))
    text = models.TextField(_("waarom"))
    at = models.DateTimeField(_("ingediend op"), default=timezone.now)
    state = models.CharField(_("toestand"), max_length=7, choices=AppealState.choices, default=AppealState.OPEN)
    answer = models.TextField(_("antwoord"), blank=True)
    decided_at = models.DateTimeField(_("besloten op"), null=True, blank=True)

    class Meta:
        verbose_name = _("beroep")
        verbose_name_plural = _("beroepen")
        ordering = ["at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["review", "version"],
                name="appeal_once_per_version",
                violation_error_message=_("U ging hiertegen al in beroep."),
            ),
            models.CheckConstraint(condition=Q(text__regex=r"\S"), name="appeal_says_why"),
            models.CheckConstraint(
                condition=Q(state=AppealState.OPEN, decided_at=None, answer="")
                | Q(state__in=[AppealState.GRANTED, AppealState.REFUSED], decided_at__isnull=False)
                & Q(answer__regex=r"\S"),
                name="appeal_decided_is_answered",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.review_id} {self.state}"


class ModerationAction(models.TextChoices):
    """What can stand in the log."""

    HELD = "held", _("wacht op een moderator")
    APPROVED = "approved", _("goedgekeurd")
    REMOVED = "removed", _("weggehaald")
    RESTORED = "restored", _("teruggezet")
    DISMISSED = "dismissed", _("meldingen afgewezen")
    REPLY_REMOVED = "reply-removed", _("antwoord van de uitgever weggehaald")
    REPLY_RESTORED = "reply-restored", _("antwoord van de uitgever teruggezet")
    APPEAL_GRANTED = "appeal-granted", _("beroep toegewezen")
    APPEAL_REFUSED = "appeal-refused", _("beroep afgewezen")
    HOLDING_ON = "holding-on", _("vooraf bekijken aangezet")
    HOLDING_OFF = "holding-off", _("vooraf bekijken uitgezet")
    SETTINGS = "settings", _("instelling gewijzigd")


class ModerationEntry(models.Model):
    """One line of the log. The database lets nobody change or delete a line; only who did it may be emptied.

    `review_ref` is the public id of the review, for a line stays when the review goes. It holds no text of the review
    and no name. `actor` is nobody for what the rules did by themselves, and for who has no account any more.
    """

    at = models.DateTimeField(_("tijdstip"), default=timezone.now)
    action = models.CharField(_("wat"), max_length=14, choices=ModerationAction.choices)
    review_ref = models.CharField(_("beoordeling"), max_length=13, blank=True)
    version = models.PositiveSmallIntegerField(_("versie"), null=True, blank=True)
    method = models.ForeignKey(
        Method, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("methode")
    )
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("door"),
    )
    reason = models.TextField(_("reden"))

    class Meta:
        verbose_name = _("regel van het moderatielogboek")
        verbose_name_plural = _("moderatielogboek")
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["review_ref"], name="moderation_entry_by_review")]
        constraints = [
            models.CheckConstraint(
                condition=Q(action__in=ModerationAction.values), name="moderation_entry_action_is_known"
            ),
            models.CheckConstraint(condition=Q(reason__regex=r"\S"), name="moderation_entry_has_a_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.action} {self.review_ref}"

    def delete(self, *_args: Any, **_kwargs: Any) -> NoReturn:
        """Raises TypeError: the log is kept."""
        raise TypeError("the moderation log is never deleted from")


class PreModeration(models.Model):
    """Reviews of this method wait for a moderator before anybody reads them, while the row stands."""

    method = models.OneToOneField(Method, on_delete=models.PROTECT, related_name="+", verbose_name=_("methode"))
    since = models.DateTimeField(_("sinds"), default=timezone.now)

    class Meta:
        verbose_name = _("methode waarvan beoordelingen vooraf worden bekeken")
        verbose_name_plural = _("methodes waarvan beoordelingen vooraf worden bekeken")
        ordering = ["-since"]

    def __str__(self) -> str:
        return str(self.method_id)


class ModerationSettings(models.Model):
    """One row (pk 1). `held_account_days`: reviews of accounts younger than so many days wait; 0 for none."""

    held_account_days = models.PositiveSmallIntegerField(_("accounts jonger dan (dagen)"), default=0)

    class Meta:
        verbose_name = _("instellingen van de moderatie")
        verbose_name_plural = _("instellingen van de moderatie")
        constraints = [
            models.CheckConstraint(condition=Q(pk=1), name="moderation_settings_is_one_row"),
            models.CheckConstraint(
                condition=Q(held_account_days__lte=365),
                name="moderation_settings_days_in_a_year",
                violation_error_message=_("Kies 0 tot en met 365 dagen."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.held_account_days)
