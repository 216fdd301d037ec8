"""Loading the vocabularies again: nothing where nothing changed, and no document that keeps an old name."""

import pytest

from catalogus.models import CompoundWord, Concept, ConceptAlias, OutboxEntry, RebuildRequest, Synonym
from catalogus.models.provenance import Provenance
from catalogus.services.seed import load_seed
from tests.factories import make_product

pytestmark = pytest.mark.django_db


def test_loading_again_changes_nothing():
    load_seed()
    make_product()
    OutboxEntry.objects.all().delete()
    before = set(Concept.objects.values_list("pk", "scheme", "code", "label_nl", "broader_id"))
    load_seed()
    assert set(Concept.objects.values_list("pk", "scheme", "code", "label_nl", "broader_id")) == before
    assert not OutboxEntry.objects.exists()


@pytest.mark.parametrize("change", [{"label_nl": "Oude naam"}, {"is_in_default_search": False}])
def test_a_changed_name_or_default_makes_every_document_stale(change):
    product = make_product()
    Concept.objects.filter(scheme="sector", code="vo").update(**change)
    OutboxEntry.objects.all().delete()
    load_seed()
    stale = set(OutboxEntry.objects.values_list("kind", "object_id"))
    assert stale == {("product", product.pk), ("method", product.method_id)}


def test_spellings_of_editors_stay():
    concept = Concept.objects.get(scheme="subject", code="wiskunde")
    text = "Rekenkundige kunde"
    ConceptAlias.objects.create(
        scheme="subject", text=text, key="rekenkundige kunde", concept=concept, provenance=Provenance.EDITOR
    )
    load_seed()
    assert ConceptAlias.objects.filter(text=text).exists()


def test_synonyms_and_compounds_are_loaded_and_what_left_the_files_goes():
    Synonym.objects.create(text="weg", key="weg", other="pad", other_key="pad", provenance=Provenance.SEED)
    CompoundWord.objects.create(word="weggegaan", provenance=Provenance.SEED)
    CompoundWord.objects.filter(word="minister").delete()
    load_seed()
    assert not Synonym.objects.filter(key="weg").exists()
    assert not CompoundWord.objects.filter(word="weggegaan").exists()
    assert CompoundWord.objects.get(word="minister").parts == []
    assert Synonym.objects.get(key="werkboek", other_key="werkschrift").is_two_way
    assert not Synonym.objects.get(key="leesbegrip", other_key="begrijpend lezen").is_two_way
    assert not RebuildRequest.objects.exists(), "an empty catalogue needs none"


def test_changed_compounds_ask_for_a_rebuild_once():
    make_product()
    CompoundWord.objects.filter(word="minister").update(parts=["mini", "ster"])
    load_seed()
    assert CompoundWord.objects.get(word="minister").parts == []
    load_seed()
    assert RebuildRequest.objects.count() == 1
