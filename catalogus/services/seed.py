"""Load our own vocabularies. It may run at every start: what is there is brought up to date, editors' rows stay."""

import json
from pathlib import Path
from typing import Any

from django.db import transaction

from catalogus.locks import Lock, lock_until_commit
from catalogus.models import Concept, ConceptAlias
from catalogus.models.provenance import Provenance
from catalogus.naming import normal_form
from catalogus.services.facet_codes import number_vocabulary
from catalogus.services.outbox import enqueue_all
from catalogus.services.seed_words import load_compounds, load_synonyms

SEED = Path(__file__).resolve().parent.parent / "seed"


@transaction.atomic
def load_seed() -> tuple[int, int]:
    """Bring what is shipped in line with the files in catalogus/seed; the counts of concepts and of their spellings."""
    lock_until_commit(Lock.SEED)
    before = _shown()
    entries: list[dict[str, Any]] = json.loads((SEED / "concepts.json").read_text(encoding="utf-8"))
    Concept.objects.bulk_create(
        [_concept(entry) for entry in entries],
        update_conflicts=True,
        unique_fields=["scheme", "code"],
        update_fields=["label_nl", "label_en", "sectors", "uri", "position", "is_in_default_search"],
    )
    ids = {(scheme, code): pk for scheme, code, pk in Concept.objects.values_list("scheme", "code", "id")}
    _link_broader(entries, ids)
    aliases = _aliases(entries, ids)
    # Seeded rows that left the files go; what editors added or the feed taught is not touched.
    ConceptAlias.objects.filter(provenance=Provenance.SEED).delete()
    ConceptAlias.objects.bulk_create(aliases, ignore_conflicts=True)
    load_synonyms()
    load_compounds()
    number_vocabulary()
    if _shown() != before:
        enqueue_all()
    return len(entries), len(aliases)


def _shown() -> set[tuple[str, str, str, bool]]:
    """What index documents hold of the vocabularies."""
    return set(Concept.objects.values_list("scheme", "code", "label_nl", "is_in_default_search"))


def _concept(entry: dict[str, Any]) -> Concept:
    return Concept(
        scheme=entry["scheme"],
        code=entry["code"],
        label_nl=entry["label_nl"],
        label_en=entry.get("label_en", ""),
        sectors=entry.get("sectors", []),
        uri=entry.get("uri", ""),
        position=entry.get("order", 0),
        is_in_default_search=entry.get("in_default_search", True),
    )


def _link_broader(entries: list[dict[str, Any]], ids: dict[tuple[str, str], int]) -> None:
    linked = []
    for entry in entries:
        scheme, _, code = (entry.get("broader") or "").rpartition(":")
        broader = ids[scheme or entry["scheme"], code] if code else None
        linked.append(Concept(pk=ids[entry["scheme"], entry["code"]], broader_id=broader))
    Concept.objects.bulk_update(linked, ["broader"])


def _aliases(entries: list[dict[str, Any]], ids: dict[tuple[str, str], int]) -> list[ConceptAlias]:
    rows = [
        (entry["scheme"], text, ids[entry["scheme"], entry["code"]])
        for entry in entries
        for text in entry.get("aliases", [])
    ]
    groups: dict[str, list[str]] = json.loads((SEED / "level_groups.json").read_text(encoding="utf-8"))
    rows += [("level", text, ids["level", code]) for text, codes in groups.items() for code in codes]
    no_values: list[str] = json.loads((SEED / "no_values.json").read_text(encoding="utf-8"))
    schemes = ("sector", "level", "year", "subject")
    empty = [(scheme, text, None) for scheme in schemes for text in no_values]
    return [
        ConceptAlias(scheme=scheme, text=text, key=normal_form(text), concept_id=concept, provenance=Provenance.SEED)
        for scheme, text, concept in [*rows, *empty]
    ]
