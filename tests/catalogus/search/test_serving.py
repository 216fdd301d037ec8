"""Only an index that this code knows is searched."""

import elastic_transport
import pytest

from catalogus import memory
from catalogus.exceptions import SearchUnavailable
from catalogus.models import OutboxKind, RebuildRequest
from catalogus.search import SearchCriteria, View, indices
from catalogus.search.elasticsearch import ElasticsearchBackend
from catalogus.search.indexing import request_rebuild_for_words
from catalogus.search.suggest import suggest
from catalogus.tasks import rebuild_search
from tests.factories import make_product

pytestmark = pytest.mark.search


@pytest.fixture
def made_by(search_index):
    """made_by(words="older"): the live index of methods says so, until the test ends."""
    live = indices.live_alias(OutboxKind.METHOD)
    (found,) = search_index.client.indices.get_mapping(index=live).body.values()
    meta = found["mappings"]["_meta"]

    def say(**versions):
        memory.forget_all()
        search_index.client.indices.put_mapping(index=live, meta=meta | versions)

    yield say
    say()


@pytest.fixture
def engine_calls(search_index, monkeypatch):
    """The paths that were asked of the engine."""
    calls = []
    perform = elastic_transport.Transport.perform_request

    def counted(self, method, target, **options):
        calls.append(target.partition("?")[0])
        return perform(self, method, target, **options)

    monkeypatch.setattr(elastic_transport.Transport, "perform_request", counted)
    return calls


def test_an_index_of_another_definition_is_not_searched(methods, products, made_by):
    made_by(definition="an older one")
    for view, ask in ((View.METHODS, methods), (View.PRODUCTS, products)):
        with pytest.raises(SearchUnavailable, match=r"andere indeling.*search rebuild"):
            ElasticsearchBackend().search(SearchCriteria(view=view))
        assert ask().is_basic
    assert not suggest("kompas").is_complete
    made_by()
    assert methods().total == 0


def test_that_is_asked_once_and_remembered_either_way(methods, made_by, engine_calls):
    memory.forget_all()
    for _ in range(3):
        methods()
    assert len(engine_calls) == 4
    made_by(definition="an older one")
    engine_calls.clear()
    for _ in range(3):
        assert methods().is_basic
    assert len(engine_calls) == 1


def test_other_words_serve_on_and_ask_for_a_rebuild_once(methods, made_by, search_index):
    make_product()
    search_index.rebuild()
    made_by(words="older ones")
    assert methods().total == 1
    assert request_rebuild_for_words()
    assert not request_rebuild_for_words()
    rebuild_search()
    assert not RebuildRequest.objects.exists()
    assert not request_rebuild_for_words()


def test_another_definition_asks_for_nothing(made_by, db):
    """Old and new processes of a deploy would build the index in turn."""
    made_by(definition="an older one", words="older ones")
    assert not request_rebuild_for_words()
    assert not RebuildRequest.objects.exists()
