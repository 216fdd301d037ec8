"""What who needs the engine itself sees while it is away, is not set, or has no index."""

from collections.abc import Callable

import pytest

from catalogus.exceptions import SearchUnavailable
from catalogus.models import OutboxEntry, OutboxKind
from catalogus.search import SearchCriteria, View, get_backend, indices
from catalogus.search.elasticsearch import ElasticsearchBackend
from catalogus.search.indexing import check, drain, ensure, rebuild, status
from catalogus.services.outbox import enqueue

CALLS: dict[str, Callable[[], object]] = {
    "search": lambda: ElasticsearchBackend().search(SearchCriteria(text="kompas")),
    "drain": drain,
    "rebuild": rebuild,
    "check": check,
    "ensure": ensure,
    "status": status,
}


@pytest.fixture
def waiting(db):
    enqueue(OutboxKind.PRODUCT, [1, 2])


@pytest.mark.parametrize("name", CALLS)
def test_an_engine_that_does_not_answer_is_named(name, waiting, settings, unused_tcp_port):
    settings.ELASTICSEARCH_URL = f"http://gebruiker:geheim@127.0.0.1:{unused_tcp_port}"
    with pytest.raises(SearchUnavailable) as fault:
        CALLS[name]()
    assert str(unused_tcp_port) in str(fault.value)
    assert "geheim" not in str(fault.value)
    assert OutboxEntry.objects.count() == 2


@pytest.mark.parametrize("name", CALLS)
def test_an_engine_that_is_not_set_is_told_with_the_remedy(name, waiting, settings):
    settings.ELASTICSEARCH_URL = ""
    with pytest.raises(SearchUnavailable, match="ELASTICSEARCH_URL"):
        CALLS[name]()
    assert OutboxEntry.objects.count() == 2


@pytest.mark.search
@pytest.mark.parametrize("name", ["search", "drain", "check"])
def test_an_index_that_is_not_there_is_told_with_the_remedy(name, search_index, waiting):
    search_index.drop()
    with pytest.raises(SearchUnavailable, match=r"manage\.py search rebuild"):
        CALLS[name]()


def test_a_silent_engine_is_given_up_in_time(db, settings, silent_port):
    settings.ELASTICSEARCH_URL = f"http://127.0.0.1:{silent_port}"
    settings.ELASTICSEARCH_TIMEOUT_SECONDS = 0.2
    with pytest.raises(SearchUnavailable):
        ElasticsearchBackend().search(SearchCriteria())


@pytest.mark.search
def test_an_index_that_was_swapped_by_hand_is_noticed_when_it_refuses_a_search(search_index):
    products = SearchCriteria(view=View.PRODUCTS)
    assert not get_backend().search(products).is_basic  # Which definition is live is known from here on.
    alias = indices.live_alias(OutboxKind.PRODUCT)
    (right,) = indices.indexes_behind(search_index.client, alias)
    strange = f"{alias}-strange"
    search_index.client.indices.create(index=strange, mappings={"properties": {"title": {"type": "keyword"}}})
    move = [{"remove": {"index": right, "alias": alias}}, {"add": {"index": strange, "alias": alias}}]
    search_index.client.indices.update_aliases(actions=move)
    try:
        assert get_backend().search(products).is_basic
    finally:
        back = [{"remove": {"index": strange, "alias": alias}}, {"add": {"index": right, "alias": alias}}]
        search_index.client.indices.update_aliases(actions=back)
        search_index.client.indices.delete(index=strange)
