"""Compounds as editors keep them: what can be one, and that each change asks for a rebuild."""

import pytest
from django.core.exceptions import ValidationError

from catalogus.exceptions import EditRefused
from catalogus.models import CompoundWord, RebuildRequest
from catalogus.models.provenance import Provenance
from catalogus.services.compounds import remove_compound, set_compound
from catalogus.services.seed import load_seed

pytestmark = pytest.mark.django_db


def test_a_compound_is_set_changed_and_removed():
    compound = set_compound(word="Kiezelbórd", parts=["Kiezel", "bord"])
    assert (compound.word, compound.parts, compound.provenance) == ("kiezelbord", ["kiezel", "bord"], "editor")
    again = set_compound(word="kiezelbord")
    assert (again.pk, again.parts) == (compound.pk, [])
    assert RebuildRequest.objects.count() == 2
    load_seed()
    assert CompoundWord.objects.filter(pk=compound.pk).exists(), "a start of the installation leaves it"
    remove_compound(compound=again)
    assert "verwijderd" in RebuildRequest.objects.latest("pk").reason
    assert RebuildRequest.objects.count() == 3
    with pytest.raises(EditRefused, match="al verwijderd"):
        remove_compound(compound=again)


@pytest.mark.parametrize(
    ("word", "parts", "field"),
    [
        ("", [], "word"),
        ("twee woorden", [], "word"),
        ("twee-woorden", [], "word"),
        ("brug+", [], "word"),
        ("kie\x00zel", [], "word"),
        ("x" * 81, [], "word"),
        ("kiezelbord", ["kiezel"], "parts"),
        ("kiezelbord", ["kiezel", "twee woorden"], "parts"),
        ("kiezelbord", ["kiezel", "…"], "parts"),
        ("kiezelbord", ["kiezelbord", "bord"], "parts"),
        ("kiezelbord", ["a", "b", "c", "d", "e", "f"], "parts"),
        ("kiezelbord", ["x" * 81, "bord"], "parts"),
    ],
)
def test_words_that_cannot_be(word, parts, field):
    before = CompoundWord.objects.count()
    with pytest.raises(ValidationError) as error:
        set_compound(word=word, parts=parts)
    assert field in error.value.message_dict
    assert CompoundWord.objects.count() == before
    assert not RebuildRequest.objects.exists()


def test_an_editors_word_goes_above_a_shipped_one_until_it_is_removed():
    shipped = CompoundWord.objects.get(word="minister")
    with pytest.raises(EditRefused, match="meegeleverd"):
        remove_compound(compound=shipped)
    compound = set_compound(word="minister", parts=["mini", "ster"])
    with pytest.raises(EditRefused, match="is er al"):
        set_compound(word="minister", parts=["mini", "ster"])
    load_seed()
    compound.refresh_from_db()
    assert (compound.parts, compound.provenance) == (["mini", "ster"], "editor")
    remove_compound(compound=compound)
    load_seed()
    compound = CompoundWord.objects.get(word="minister")
    assert (compound.parts, compound.provenance) == ([], Provenance.SEED)
