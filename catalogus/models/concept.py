"""The vocabularies: sectors, levels, years, subjects and what else products and reviews are described with."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from catalogus.models.provenance import Provenance


class Scheme(models.TextChoices):
    SECTOR = "sector", _("onderwijssector")
    LEVEL = "level", _("niveau of leerweg")
    YEAR = "year", _("leerjaar of groep")
    SUBJECT = "subject", _("vak of leergebied")
    PROFICIENCY = "proficiency", _("referentie- of taalniveau")
    CORE_OBJECTIVE = "core_objective", _("kerndoel of eindterm")
    QUALIFICATION = "qualification", _("kwalificatie")
    CRITERION = "criterion", _("beoordelingscriterium")


class Concept(models.Model):
    """One term of a vocabulary. Its code never changes: products, addresses and saved searches hold it."""

    scheme = models.CharField(_("begrippenlijst"), max_length=20, choices=Scheme.choices)
    code = models.SlugField(_("code"), max_length=60)
    label_nl = models.CharField(_("naam"), max_length=200)
    label_en = models.CharField(_("Engelse naam"), max_length=200, blank=True)
    broader = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="narrower",
        verbose_name=_("ruimer begrip"),
    )
    sectors = ArrayField(models.SlugField(max_length=60), default=list, blank=True, verbose_name=_("sectoren"))
    uri = models.CharField(_("URI"), max_length=500, blank=True)
    position = models.PositiveIntegerField(_("volgorde"), default=0)
    is_in_default_search = models.BooleanField(_("telt mee zonder filter"), default=True)
    valid_from = models.DateField(_("geldig vanaf"), null=True, blank=True)
    valid_until = models.DateField(_("geldig tot en met"), null=True, blank=True)
    replaced_by = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="replaces",
        verbose_name=_("vervangen door"),
    )

    class Meta:
        verbose_name = _("begrip")
        verbose_name_plural = _("begrippen")
        ordering = ["scheme", "position", "code"]
        constraints = [
            models.UniqueConstraint(fields=["scheme", "code"], name="concept_one_code_per_scheme"),
            # The aliases' composite key needs it: an alias and its concept are of one scheme.
            models.UniqueConstraint(fields=["id", "scheme"], name="concept_id_and_scheme"),
            models.CheckConstraint(condition=Q(scheme__in=Scheme.values), name="concept_scheme_is_known"),
            models.CheckConstraint(condition=~Q(broader=F("id")), name="concept_not_broader_than_itself"),
            models.CheckConstraint(condition=~Q(replaced_by=F("id")), name="concept_not_replaced_by_itself"),
            models.CheckConstraint(
                condition=Q(valid_from=None) | Q(valid_until=None) | Q(valid_from__lte=F("valid_until")),
                name="concept_valid_period_in_order",
            ),
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        """The name in the reader's language, Dutch where no translation is stored."""
        return self.label_en if get_language() == "en" and self.label_en else self.label_nl


class ConceptAlias(models.Model):
    """A text as publishers write it, and what it means; without a concept it means nothing ("nvt").

    One text may mean several concepts of a scheme ("kgt" is three tracks): a row for each.
    """

    scheme = models.CharField(_("begrippenlijst"), max_length=20, choices=Scheme.choices)
    concept = models.ForeignKey(
        Concept, on_delete=models.CASCADE, null=True, blank=True, related_name="aliases", verbose_name=_("begrip")
    )
    text = models.CharField(_("tekst"), max_length=200)
    key = models.CharField(_("genormaliseerde tekst"), max_length=200)
    provenance = models.CharField(_("herkomst"), max_length=12, choices=Provenance.choices)

    class Meta:
        verbose_name = _("andere schrijfwijze van een begrip")
        verbose_name_plural = _("andere schrijfwijzen van begrippen")
        ordering = ["scheme", "key", "id"]
        indexes = [models.Index(fields=["scheme", "key"], name="concept_alias_by_key")]
        constraints = [
            models.UniqueConstraint(
                fields=["scheme", "key", "concept"], nulls_distinct=False, name="concept_alias_once_per_concept"
            ),
            models.CheckConstraint(
                condition=Q(provenance__in=Provenance.values), name="concept_alias_provenance_known"
            ),
        ]

    def __str__(self) -> str:
        return self.text
