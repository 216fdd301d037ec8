"""Words for the search: what else a text is called, how compounds fall apart, and which words the catalogue has."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from catalogus.models.provenance import Provenance


class Synonym(models.Model):
    """Who searches for the one text also finds the other; `key` and `other_key` are their normal forms.

    One-way where the other is narrower or means more: "werkboek" also finds "werkschrift" and the other way round, and
    "ict" finds "informatica" but not the other way round.
    """

    text = models.CharField(_("tekst"), max_length=100)
    key = models.CharField(_("genormaliseerde tekst"), max_length=100, editable=False)
    other = models.CharField(_("ook te vinden als"), max_length=100)
    other_key = models.CharField(_("genormaliseerd"), max_length=100, editable=False)
    is_two_way = models.BooleanField(_("in beide richtingen"), default=True)
    provenance = models.CharField(_("herkomst"), max_length=12, choices=Provenance.choices)

    class Meta:
        verbose_name = _("synoniem")
        verbose_name_plural = _("synoniemen")
        ordering = ["key", "other_key"]
        constraints = [
            models.UniqueConstraint(fields=["key", "other_key"], name="synonym_once"),
            models.CheckConstraint(condition=~Q(key="") & ~Q(other_key=""), name="synonym_has_two_texts"),
            models.CheckConstraint(condition=~Q(key=F("other_key")), name="synonym_not_of_itself"),
            models.CheckConstraint(condition=Q(provenance__in=Provenance.values), name="synonym_provenance_known"),
        ]

    def __str__(self) -> str:
        return f"{self.text} {'↔' if self.is_two_way else '→'} {self.other}"


class CompoundWord(models.Model):
    """How one word falls apart, where the word list does it wrong; without parts it is never split.

    "wandhalterung" → "wand", "halterung"; "minister" without parts, for it is no mini and no ster.
    """

    word = models.CharField(_("woord"), max_length=80, unique=True)
    parts = ArrayField(models.CharField(max_length=80), default=list, blank=True, verbose_name=_("delen"))
    provenance = models.CharField(_("herkomst"), max_length=12, choices=Provenance.choices)

    class Meta:
        verbose_name = _("samenstelling")
        verbose_name_plural = _("samenstellingen")
        ordering = ["word"]
        constraints = [
            # One word in normal form: no capitals, accents, spaces or signs.
            models.CheckConstraint(condition=Q(word__regex=r"^[^\W_]+$"), name="compound_is_one_word"),
            models.CheckConstraint(
                condition=Q(parts__len=0) | Q(parts__len__gte=2), name="compound_has_no_part_or_several"
            ),
            models.CheckConstraint(condition=Q(provenance__in=Provenance.values), name="compound_provenance_known"),
        ]

    def __str__(self) -> str:
        return f"{self.word}: {' + '.join(self.parts)}" if self.parts else self.word


class SearchWord(models.Model):
    """A word of the catalogue's own titles, names and labels, in normal form, and in how many methods it stands.

    Made from the catalogue at every rebuild and each night; what may be a part of a compound, and what a mistyped word
    may have meant.
    """

    word = models.CharField(_("woord"), max_length=80, unique=True)
    method_count = models.PositiveIntegerField(_("aantal methodes"))

    class Meta:
        verbose_name = _("woord van de catalogus")
        verbose_name_plural = _("woorden van de catalogus")
        ordering = ["word"]
        indexes = [
            GinIndex(fields=["word"], opclasses=["gin_trgm_ops"], name="search_word_trigrams"),
            models.Index(fields=["-method_count", "word"], name="search_word_by_methods"),
        ]

    def __str__(self) -> str:
        return self.word


class RebuildRequest(models.Model):
    """Something that every document hangs on has changed.

    Written in the transaction of the change, deleted by the rebuild that began after it.
    """

    reason = models.CharField(_("reden"), max_length=300)
    at = models.DateTimeField(_("tijdstip"))

    class Meta:
        verbose_name = _("verzoek om de zoekindex opnieuw op te bouwen")
        verbose_name_plural = _("verzoeken om de zoekindex opnieuw op te bouwen")
        ordering = ["id"]

    def __str__(self) -> str:
        return self.reason
