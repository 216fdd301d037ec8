"""Schools as DUO's register of institutions (RIO, formerly BRIN) knows them."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

INSTITUTION_CODE = r"[0-9]{2}[A-Z]{2}"
"""A BRIN number (INSTELLINGSCODE): two digits and two letters."""

SCHOOL_CODE = rf"^{INSTITUTION_CODE}([0-9]{{2}})?$"
"""A BRIN number, or that of one location (VESTIGINGSCODE): the same with two digits."""

INSTITUTION_LENGTH = 4


class School(models.Model):
    """An institution (code of 4, "99AA") or one location of it (code of 6, "99AA01").

    A federation may name either. A school that ended is kept; one that merged points to the one that goes on.
    """

    code = models.CharField(_("code (BRIN)"), max_length=6, unique=True)
    institution_code = models.CharField(_("instellingscode"), max_length=4, db_index=True)
    name = models.CharField(_("naam"), max_length=200)
    place = models.CharField(_("plaats"), max_length=100, blank=True)
    # As files tell it, for counts by region: shown to nobody but in the administration.
    province = models.CharField(_("provincie"), max_length=40, blank=True, default="", db_default="")
    board_code = models.CharField(_("nummer van het bevoegd gezag"), max_length=10, blank=True)
    sectors = ArrayField(models.SlugField(max_length=60), default=list, blank=True, verbose_name=_("sectoren"))
    # naming.normal_form of code, name and place: what people type is looked for in it, folded the same way.
    search_key = models.CharField(_("zoektekst"), max_length=400, editable=False)
    ended_on = models.DateField(_("opgeheven op"), null=True, blank=True)
    merged_into = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="merged",
        verbose_name=_("opgegaan in"),
    )
    # The day of the last address file that named it, for files tell what is there and never what went.
    listed_on = models.DateField(_("laatst genoemd op"), null=True, blank=True)

    class Meta:
        verbose_name = _("school")
        verbose_name_plural = _("scholen")
        ordering = ["name", "place", "code"]
        indexes = [GinIndex(fields=["search_key"], opclasses=["gin_trgm_ops"], name="school_search_key_trigrams")]
        constraints = [
            models.CheckConstraint(
                condition=Q(code__regex=SCHOOL_CODE),
                name="school_code_is_a_brin",
                violation_error_message=_("Een BRIN is twee cijfers en twee letters, met of zonder twee cijfers."),
            ),
            models.CheckConstraint(
                condition=Q(code__startswith=F("institution_code")), name="school_is_of_its_institution"
            ),
            models.CheckConstraint(condition=~Q(name=""), name="school_has_a_name"),
            models.CheckConstraint(condition=~Q(merged_into=F("id")), name="school_not_merged_into_itself"),
            models.CheckConstraint(
                condition=Q(merged_into=None) | ~Q(ended_on=None), name="school_that_merged_has_ended"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name}, {self.place}" if self.place else self.name

    @property
    def is_institution(self) -> bool:
        """Whether this is the institution as a whole and not one location of it."""
        return len(self.code) == INSTITUTION_LENGTH

    @property
    def is_open(self) -> bool:
        return self.ended_on is None


class SchoolDomain(models.Model):
    """A mail domain that a school gives its own staff; who has an address there may ask to be known as one of them."""

    school = models.ForeignKey(School, on_delete=models.CASCADE, related_name="domains", verbose_name=_("school"))
    domain = models.CharField(_("maildomein"), max_length=253, db_index=True)

    class Meta:
        verbose_name = _("maildomein van een school")
        verbose_name_plural = _("maildomeinen van scholen")
        ordering = ["domain"]
        constraints = [
            models.UniqueConstraint(fields=["school", "domain"], name="school_domain_once"),
            models.CheckConstraint(
                condition=Q(domain__regex=r"^[a-z0-9-]+(\.[a-z0-9-]+)+$"),
                name="school_domain_is_a_domain",
                violation_error_message=_("Een maildomein is wat na het apenstaartje staat, in kleine letters."),
            ),
        ]

    def __str__(self) -> str:
        return self.domain
