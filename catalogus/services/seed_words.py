"""Load the synonyms and compounds that are shipped; what editors added stays, and goes above."""

import json
from pathlib import Path

from catalogus.models import CompoundWord, Product, Synonym
from catalogus.models.provenance import Provenance
from catalogus.naming import normal_form
from catalogus.services.rebuilds import request_rebuild

_SEED = Path(__file__).resolve().parent.parent / "seed"


def load_synonyms() -> None:
    """Bring the shipped synonyms in line with synonyms.json; within the transaction of the caller."""
    shipped: dict[tuple[str, str], Synonym] = {}
    for text, other, is_two_way in _pairs():
        key, other_key = normal_form(text), normal_form(other)
        shipped[key, other_key] = Synonym(
            text=text,
            key=key,
            other=other,
            other_key=other_key,
            is_two_way=is_two_way,
            provenance=Provenance.SEED,
        )
    Synonym.objects.filter(provenance=Provenance.SEED).delete()
    Synonym.objects.bulk_create(shipped.values(), ignore_conflicts=True)


def _pairs() -> list[tuple[str, str, bool]]:
    """two_way: groups in which each word finds all others; one_way: what a word finds besides."""
    seed = json.loads((_SEED / "synonyms.json").read_text(encoding="utf-8"))
    groups: list[list[str]] = seed["two_way"]
    one_way: dict[str, list[str]] = seed["one_way"]
    pairs = [
        (text, other, True) for group in groups for place, text in enumerate(group) for other in group[place + 1 :]
    ]
    return pairs + [(text, other, False) for text, others in one_way.items() for other in others]


def load_compounds() -> None:
    """Bring the shipped compounds in line with compounds.json; within the transaction of the caller."""
    seed: dict[str, list[str]] = json.loads((_SEED / "compounds.json").read_text(encoding="utf-8"))
    by_editors = set(CompoundWord.objects.exclude(provenance=Provenance.SEED).values_list("word", flat=True))
    before = {word: parts for word, parts in _shipped() if word not in by_editors}
    wanted = {word: parts for word, parts in seed.items() if word not in by_editors}
    if before == wanted:
        return
    CompoundWord.objects.filter(provenance=Provenance.SEED).delete()
    CompoundWord.objects.bulk_create(
        CompoundWord(word=word, parts=parts, provenance=Provenance.SEED) for word, parts in wanted.items()
    )
    # A first start has nothing yet that could be indexed otherwise.
    if Product.objects.exists():
        request_rebuild(reason="Meegeleverde samenstellingen veranderd")


def _shipped() -> list[tuple[str, list[str]]]:
    return list(CompoundWord.objects.filter(provenance=Provenance.SEED).values_list("word", "parts"))
