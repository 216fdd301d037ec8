"""Who works or learns at which school, how that is known, and whether it was agreed to."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models.school import School


class AffiliationRole(models.TextChoices):
    """What eduPersonAffiliation (eduPerson 2020-01, clause 2.2.1) says, as far as it matters here."""

    EMPLOYEE = "employee", _("medewerker")
    STAFF = "staff", _("onderwijzend personeel")
    AFFILIATE = "affiliate", _("betrokkene")
    STUDENT = "student", _("leerling of student")


class Assurance(models.TextChoices):
    """How sure it is. A school that vouches for its people stands above an address that somebody can read."""

    FEDERATION = "federation", _("door de school zelf bevestigd")
    MAIL = "mail", _("via het e-mailadres van de school")


class AffiliationState(models.TextChoices):
    PENDING = "pending", _("wacht op goedkeuring")
    APPROVED = "approved", _("bevestigd")
    REFUSED = "refused", _("afgewezen")
    ENDED = "ended", _("beëindigd")


class EndReason(models.TextChoices):
    LEFT = "left", _("zelf vertrokken")
    MOVED = "moved", _("de school noemt een andere school")
    CLAIMS = "claims", _("de school noemt de persoon niet meer zo")
    REMOVED = "removed", _("door een ander beëindigd")
    SCHOOL = "school", _("de school is opgeheven of samengevoegd")


class Affiliation(models.Model):
    """One person at one school. Only an approved one of a grown-up at a school that is open proves anything."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="affiliations", verbose_name=_("gebruiker")
    )
    school = models.ForeignKey(School, on_delete=models.PROTECT, related_name="affiliations", verbose_name=_("school"))
    role = models.CharField(_("rol"), max_length=10, choices=AffiliationRole.choices)
    assurance = models.CharField(_("zekerheid"), max_length=10, choices=Assurance.choices)
    state = models.CharField(_("toestand"), max_length=10, choices=AffiliationState.choices)
    asked_at = models.DateTimeField(_("gevraagd op"), default=timezone.now)
    confirmed_at = models.DateTimeField(_("laatst bevestigd op"), null=True, blank=True)
    decided_at = models.DateTimeField(_("besloten op"), null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("besloten door"),
    )
    reason = models.CharField(_("reden"), max_length=500, blank=True)
    ended_at = models.DateTimeField(_("beëindigd op"), null=True, blank=True)
    end_reason = models.CharField(_("waarom beëindigd"), max_length=10, choices=EndReason.choices, blank=True)

    class Meta:
        verbose_name = _("band met een school")
        verbose_name_plural = _("banden met scholen")
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "school"], condition=Q(ended_at=None), name="affiliation_one_live_per_school"
            ),
            models.CheckConstraint(condition=Q(role__in=AffiliationRole.values), name="affiliation_role_is_known"),
            models.CheckConstraint(condition=Q(assurance__in=Assurance.values), name="affiliation_assurance_is_known"),
            models.CheckConstraint(condition=Q(state__in=AffiliationState.values), name="affiliation_state_is_known"),
            models.CheckConstraint(
                condition=Q(state=AffiliationState.ENDED, ended_at__isnull=False)
                | (~Q(state=AffiliationState.ENDED) & Q(ended_at=None)),
                name="affiliation_ended_has_a_time",
            ),
            models.CheckConstraint(
                condition=Q(end_reason="") | Q(ended_at__isnull=False), name="affiliation_end_reason_has_an_end"
            ),
            # A mail address proves that somebody reads it, not what they are: another person must agree.
            models.CheckConstraint(
                condition=~Q(assurance=Assurance.MAIL)
                | ~Q(state=AffiliationState.APPROVED)
                | Q(decided_at__isnull=False),
                name="affiliation_by_mail_is_decided",
            ),
            models.CheckConstraint(
                condition=~Q(role=AffiliationRole.AFFILIATE, state=AffiliationState.APPROVED)
                | Q(decided_at__isnull=False),
                name="affiliation_of_an_affiliate_is_decided",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.school_id} {self.role}"
