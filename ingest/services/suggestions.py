"""Texts of the classification that no alias explains: counting them, and what an editor decides on each.

A decision is an alias in the editors' name (or none), and a request to read all records again: a new alias of a subject
also gives meaning to headings that were never told as unknown.
"""

from collections.abc import Iterable, Sequence

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from catalogus.models import Concept, ConceptAlias
from catalogus.models.provenance import Provenance
from catalogus.services.rereading import request_reread
from catalogus.statistics import hashing_joins
from ingest.models import Suggestion, SuggestionState
from ingest.quality.unknown_texts import likely_concepts, unknown_texts


@transaction.atomic
def refresh_suggestions() -> int:
    """Count the unknown texts of the records that are present now; how many texts there are.

    What was decided on a text stays; a text that no record has any more counts nothing.
    """
    now = timezone.now()
    with hashing_joins():
        texts = unknown_texts()
    proposed = likely_concepts((text.scheme, text.key) for text in texts)
    Suggestion.objects.bulk_create(
        [
            Suggestion(
                scheme=text.scheme,
                key=text.key,
                text=text.text,
                record_count=text.records,
                product_count=text.products,
                publisher_names=text.publishers,
                proposed_id=proposed.get((text.scheme, text.key)),
                first_seen_at=now,
                counted_at=now,
            )
            for text in texts
        ],
        update_conflicts=True,
        unique_fields=["scheme", "key"],
        update_fields=["text", "record_count", "product_count", "publisher_names", "proposed", "counted_at"],
        batch_size=1000,
    )
    gone = Suggestion.objects.exclude(counted_at=now)
    gone.update(record_count=0, product_count=0, publisher_names=[], counted_at=now)
    return len(texts)


@transaction.atomic
def accept_suggestion(suggestion: Suggestion, *, concept_codes: Sequence[str], actor: str) -> Suggestion:
    """The text means these concepts of its vocabulary; one or more. Raises ValidationError."""
    found = _undecided(suggestion)
    codes = list(dict.fromkeys(concept_codes))
    concepts = list(Concept.objects.filter(scheme=found.scheme, code__in=codes))
    unknown = sorted(set(codes) - {concept.code for concept in concepts})
    if unknown:
        raise ValidationError(_("Deze begrippen zijn er niet: %(codes)s.") % {"codes": ", ".join(unknown)})
    if not concepts:
        raise ValidationError(_("Kies ten minste één begrip."))
    _add_aliases(found, concepts)
    return _decide(found, SuggestionState.ACCEPTED, actor, concepts=codes)


@transaction.atomic
def mark_empty(suggestion: Suggestion, *, actor: str) -> Suggestion:
    """The text says nothing, as "nvt" does. Raises ValidationError where it was decided on already."""
    found = _undecided(suggestion)
    _add_aliases(found, [None])
    return _decide(found, SuggestionState.EMPTY, actor)


@transaction.atomic
def dismiss_suggestion(suggestion: Suggestion, *, actor: str) -> Suggestion:
    """The text stays unknown: the publisher is to mend it. Raises ValidationError where it was decided on already."""
    return _decide(_undecided(suggestion), SuggestionState.DISMISSED, actor)


@transaction.atomic
def reopen_suggestion(suggestion: Suggestion) -> Suggestion:
    """Undo what was decided: its aliases go, and the text is to be decided on again. Raises ValidationError."""
    found = _locked(suggestion)
    if found.state == SuggestionState.OPEN:
        raise ValidationError(_("Over deze tekst is nog niets besloten."))
    _take_back_aliases(found)
    found.state, found.concepts, found.decided_by, found.decided_at = SuggestionState.OPEN, [], "", None
    found.full_clean()
    found.save()
    return found


def _locked(suggestion: Suggestion) -> Suggestion:
    return Suggestion.objects.select_for_update(of=("self",)).get(pk=suggestion.pk)


def _undecided(suggestion: Suggestion) -> Suggestion:
    found = _locked(suggestion)
    if found.state != SuggestionState.OPEN:
        raise ValidationError(
            _("Over “%(text)s” is al besloten (%(state)s). Heropen de tekst eerst.")
            % {"text": found.text, "state": found.get_state_display()}
        )
    return found


def _decide(found: Suggestion, state: SuggestionState, actor: str, concepts: Sequence[str] = ()) -> Suggestion:
    found.state, found.concepts = state, list(concepts)
    found.decided_by, found.decided_at = actor[:200], timezone.now()
    found.full_clean()
    found.save()
    return found


def _add_aliases(found: Suggestion, concepts: Iterable[Concept | None]) -> None:
    aliases = [
        ConceptAlias(scheme=found.scheme, concept=concept, text=found.text, key=found.key, provenance=Provenance.EDITOR)
        for concept in concepts
    ]
    # What the seed says already stays the seed's, and is not taken back with the decision.
    ConceptAlias.objects.bulk_create(aliases, ignore_conflicts=True)
    _ask_to_reread(_("Tekst gekoppeld: %(text)s (%(scheme)s)"), found)


def _take_back_aliases(found: Suggestion) -> None:
    own = ConceptAlias.objects.filter(scheme=found.scheme, key=found.key, provenance=Provenance.EDITOR)
    if found.state == SuggestionState.ACCEPTED:
        own.filter(concept__code__in=found.concepts).delete()
    elif found.state == SuggestionState.EMPTY:
        own.filter(concept=None).delete()
    else:
        return
    _ask_to_reread(_("Tekst losgemaakt: %(text)s (%(scheme)s)"), found)


def _ask_to_reread(reason: str, found: Suggestion) -> None:
    said = reason % {"text": found.text, "scheme": found.get_scheme_display()}
    request_reread(publisher=None, reason=said)
