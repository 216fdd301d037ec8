"""Subject sections (vaksecties): the people of one school who teach one subject, and who leads them."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models.school import School
from catalogus.models import Concept


class Section(models.Model):
    """One subject at one school. A merged one points to the section that goes on and is kept."""

    school = models.ForeignKey(School, on_delete=models.PROTECT, related_name="sections", verbose_name=_("school"))
    subject = models.ForeignKey(Concept, on_delete=models.PROTECT, related_name="+", verbose_name=_("vak"))
    created_at = models.DateTimeField(_("opgericht op"), default=timezone.now)
    ended_at = models.DateTimeField(_("opgeheven op"), null=True, blank=True)
    merged_into = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="merged",
        verbose_name=_("opgegaan in"),
    )

    class Meta:
        verbose_name = _("vaksectie")
        verbose_name_plural = _("vaksecties")
        ordering = ["school", "subject"]
        constraints = [
            models.UniqueConstraint(
                fields=["school", "subject"],
                condition=Q(ended_at=None),
                name="section_one_live_per_school_and_subject",
                violation_error_message=_("Deze vaksectie bestaat al op deze school."),
            ),
            models.CheckConstraint(condition=~Q(merged_into=F("id")), name="section_not_merged_into_itself"),
            models.CheckConstraint(
                condition=Q(merged_into=None) | Q(ended_at__isnull=False), name="section_that_merged_has_ended"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.subject_id} {self.school_id}"


class SectionRole(models.TextChoices):
    MEMBER = "member", _("lid")
    LEAD = "lead", _("voorzitter")


class SectionMember(models.Model):
    """A person in a section. Who left keeps a row, for a section's judgement tells how many stood behind it."""

    section = models.ForeignKey(Section, on_delete=models.CASCADE, related_name="members", verbose_name=_("vaksectie"))
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="section_memberships",
        verbose_name=_("gebruiker"),
    )
    role = models.CharField(_("rol"), max_length=6, choices=SectionRole.choices, default=SectionRole.MEMBER)
    joined_at = models.DateTimeField(_("lid sinds"), default=timezone.now)
    left_at = models.DateTimeField(_("vertrokken op"), null=True, blank=True)

    class Meta:
        verbose_name = _("lid van een vaksectie")
        verbose_name_plural = _("leden van vaksecties")
        ordering = ["joined_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["section", "user"], condition=Q(left_at=None), name="section_member_once"),
            models.CheckConstraint(condition=Q(role__in=SectionRole.values), name="section_member_role_is_known"),
            models.CheckConstraint(
                condition=Q(left_at=None) | Q(left_at__gte=F("joined_at")), name="section_member_leaves_after_joining"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.section_id} {self.user_id} {self.role}"
