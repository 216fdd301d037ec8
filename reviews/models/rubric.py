"""The rubrics by which was and is judged. A review keeps the one that it was made with."""

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class RubricVersion(models.Model):
    """A rubric as it was loaded: `document` is the whole file, and never changes (the database refuses it).

    `digest` is the SHA-256 of the document with sorted keys, so that loading the same file again is known to be that.
    """

    version = models.CharField(_("versie"), max_length=40, unique=True)
    document = models.JSONField(_("inhoud"))
    digest = models.CharField(_("controlegetal"), max_length=64)
    is_current = models.BooleanField(_("in gebruik"), default=False)
    loaded_at = models.DateTimeField(_("geladen op"), default=timezone.now)

    class Meta:
        verbose_name = _("rubriek")
        verbose_name_plural = _("rubrieken")
        ordering = ["-loaded_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["is_current"], condition=Q(is_current=True), name="rubric_one_is_current"),
            models.CheckConstraint(condition=~Q(version=""), name="rubric_has_a_version"),
            models.CheckConstraint(condition=Q(digest__regex=r"^[0-9a-f]{64}$"), name="rubric_digest_is_a_sha_256"),
        ]

    def __str__(self) -> str:
        return self.version


class RubricMapping(models.Model):
    """A criterion of one rubric, and what it is called in another: how old scores are read beside new ones.

    Several of the one may lead to one of the other; a criterion in no row has no counterpart.
    """

    source = models.ForeignKey(
        RubricVersion, on_delete=models.PROTECT, related_name="mappings", verbose_name=_("van rubriek")
    )
    source_code = models.SlugField(_("criterium"), max_length=60)
    target = models.ForeignKey(
        RubricVersion, on_delete=models.PROTECT, related_name="+", verbose_name=_("naar rubriek")
    )
    target_code = models.SlugField(_("criterium daar"), max_length=60)

    class Meta:
        verbose_name = _("vertaling van een criterium")
        verbose_name_plural = _("vertalingen van criteria")
        ordering = ["source", "target", "source_code"]
        constraints = [
            models.UniqueConstraint(fields=["source", "target", "source_code"], name="rubric_mapping_one_target"),
            models.CheckConstraint(condition=~Q(source=F("target")), name="rubric_mapping_between_two"),
        ]

    def __str__(self) -> str:
        return f"{self.source_id}:{self.source_code} {self.target_id}:{self.target_code}"
