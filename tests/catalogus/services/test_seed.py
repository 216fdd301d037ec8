"""Loading the vocabularies again: nothing where nothing changed, and no document that keeps an old name."""

import pytest

from catalogus.models import Concept, ConceptAlias, OutboxEntry
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
