"""Synonyms as editors keep them: what can be one, and that no index changes for it."""

import pytest
from django.core.exceptions import ValidationError

from catalogus.exceptions import EditRefused
from catalogus.models import RebuildRequest, Synonym
from catalogus.models.provenance import Provenance
from catalogus.services.seed import load_seed
from catalogus.services.synonyms import add_synonym, remove_synonym

pytestmark = pytest.mark.django_db


def test_a_synonym_is_kept_as_written_and_known_by_its_normal_form():
    synonym = add_synonym(text="  Kiezel\n& zo ", other="Stéén", is_two_way=False)
    synonym.refresh_from_db()
    assert (synonym.text, synonym.key, synonym.other, synonym.other_key) == (
        "Kiezel & zo",
        "kiezel en zo",
        "Stéén",
        "steen",
    )
    assert (synonym.is_two_way, synonym.provenance) == (False, "editor")
    assert not RebuildRequest.objects.exists(), "queries alone follow it"
    load_seed()
    assert Synonym.objects.filter(pk=synonym.pk).exists(), "a start of the installation leaves it"
    remove_synonym(synonym=synonym)
    assert not Synonym.objects.filter(pk=synonym.pk).exists()


@pytest.mark.parametrize(
    ("text", "other", "field"),
    [
        ("", "steen", "text"),
        ("…", "steen", "text"),
        ("kiezel", " ", "other"),
        ("kie\x00zel", "steen", "text"),
        ("kiezel", "a b c d e f g", "other"),
        ("Kiezel", "KIÉZEL", "other"),
        ("x" * 101, "steen", "text"),
    ],
)
def test_texts_that_cannot_be(text, other, field):
    before = Synonym.objects.count()
    with pytest.raises(ValidationError) as error:
        add_synonym(text=text, other=other)
    assert field in error.value.message_dict
    assert Synonym.objects.count() == before


def test_what_is_there_is_not_added_again_and_what_is_shipped_not_removed():
    synonym = add_synonym(text="kiezel", other="steen")
    for text, other in (("Kiezel", "steen"), ("steen", "KIEZEL")):
        with pytest.raises(EditRefused, match="kiezel ↔ steen"):
            add_synonym(text=text, other=other)
    remove_synonym(synonym=Synonym.objects.get(pk=synonym.pk))
    with pytest.raises(EditRefused, match="al verwijderd"):
        remove_synonym(synonym=synonym)
    with pytest.raises(EditRefused, match="meegeleverd"):
        remove_synonym(synonym=Synonym.objects.filter(provenance=Provenance.SEED)[0])
