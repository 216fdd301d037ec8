"""Suggestions: texts of the classification that no alias explains, for an editor to decide on."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from catalogus.models import Concept, Scheme


class SuggestionState(models.TextChoices):
    OPEN = "open", _("te beslissen")
    ACCEPTED = "accepted", _("gekoppeld")
    EMPTY = "empty", _("betekent niets")
    DISMISSED = "dismissed", _("terzijde gelegd")


class Suggestion(models.Model):
    """One text as publishers write it, how many records and products it touches, and what it might mean.

    `proposed` is the concept whose names are most like it, as a guess; `concepts` are the codes that an editor chose.
    """

    scheme = models.CharField(_("begrippenlijst"), max_length=20, choices=Scheme.choices)
    key = models.CharField(_("genormaliseerde tekst"), max_length=200)
    text = models.CharField(_("tekst"), max_length=200)
    record_count = models.PositiveIntegerField(_("aantal records"), default=0)
    product_count = models.PositiveIntegerField(_("aantal producten"), default=0)
    publisher_names = ArrayField(
        models.CharField(max_length=255), default=list, blank=True, verbose_name=_("onder meer van")
    )
    proposed = models.ForeignKey(
        Concept, on_delete=models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("lijkt op")
    )
    state = models.CharField(
        _("toestand"), max_length=10, choices=SuggestionState.choices, default=SuggestionState.OPEN
    )
    concepts = ArrayField(models.CharField(max_length=60), default=list, blank=True, verbose_name=_("gekoppeld aan"))
    decided_by = models.CharField(_("besloten door"), max_length=200, blank=True)
    decided_at = models.DateTimeField(_("besloten op"), null=True, blank=True)
    first_seen_at = models.DateTimeField(_("voor het eerst gezien"))
    counted_at = models.DateTimeField(_("geteld op"))

    class Meta:
        verbose_name = _("onbekende tekst")
        verbose_name_plural = _("onbekende teksten")
        ordering = ["-product_count", "scheme", "key"]
        constraints = [
            models.UniqueConstraint(fields=["scheme", "key"], name="suggestion_one_per_text"),
            models.CheckConstraint(condition=Q(scheme__in=Scheme.values), name="suggestion_scheme_is_known"),
            models.CheckConstraint(condition=Q(state__in=SuggestionState.values), name="suggestion_state_is_known"),
            models.CheckConstraint(
                condition=Q(state="open", decided_at=None) | (~Q(state="open") & Q(decided_at__isnull=False)),
                name="suggestion_decided_when_closed",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.text} ({self.scheme})"
