"""Publishers (uitgevers), each under as many spellings as the sources use."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from catalogus.models.provenance import Provenance


class Publisher(models.Model):
    """One publisher. Its slug never changes; a merged one points to the survivor and is kept."""

    slug = models.SlugField(_("code"), max_length=80, unique=True)
    name = models.CharField(_("naam"), max_length=255)
    merged_into = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="merged",
        verbose_name=_("samengevoegd met"),
    )
    created_at = models.DateTimeField(_("aangemaakt op"), auto_now_add=True)

    class Meta:
        verbose_name = _("uitgever")
        verbose_name_plural = _("uitgevers")
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(condition=~Q(merged_into=F("id")), name="publisher_not_merged_into_itself"),
            models.CheckConstraint(condition=~Q(name=""), name="publisher_has_a_name"),
        ]

    def __str__(self) -> str:
        return self.name


class PublisherAlias(models.Model):
    """A spelling of a publisher's name; `key` is services.publishers.alias_key of the text."""

    publisher = models.ForeignKey(
        Publisher, on_delete=models.CASCADE, related_name="aliases", verbose_name=_("uitgever")
    )
    text = models.CharField(_("tekst"), max_length=255)
    key = models.CharField(_("genormaliseerde tekst"), max_length=255, unique=True)
    provenance = models.CharField(_("herkomst"), max_length=12, choices=Provenance.choices)

    class Meta:
        verbose_name = _("andere schrijfwijze van een uitgever")
        verbose_name_plural = _("andere schrijfwijzen van uitgevers")
        ordering = ["key"]
        constraints = [
            models.CheckConstraint(
                condition=Q(provenance__in=Provenance.values), name="publisher_alias_provenance_known"
            ),
        ]

    def __str__(self) -> str:
        return self.text
