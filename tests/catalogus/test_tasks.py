"""What the worker does by the clock: rebuilds that were asked for, and the words of the night."""

import pytest
from celery.schedules import crontab
from django.conf import settings
from django.db import connection

from catalogus import memory, tasks
from catalogus.locks import Lock
from catalogus.models import Method, OutboxEntry, OutboxKind, RebuildRequest, SearchWord
from catalogus.search import indices
from catalogus.search.indexing import check, rebuild
from catalogus.services.compounds import set_compound
from catalogus.services.outbox import enqueue
from catalogus.services.rebuilds import request_rebuild
from tests.factories import make_edition, make_method, make_product


def live(search_index):
    return indices.indexes_behind(search_index.client, indices.live_alias(OutboxKind.PRODUCT))


def parts(search_index, product):
    found = search_index.client.get(index=indices.live_alias(OutboxKind.PRODUCT), id=str(product.pk))
    return found.body["_source"]["parts"]


@pytest.mark.search
def test_a_changed_compound_is_in_the_index_after_the_next_run(search_index):
    product = make_product(title="Kiezelboek")
    search_index.rebuild()
    before = live(search_index)
    tasks.rebuild_search()
    assert live(search_index) == before, "nobody asked for it"
    set_compound(word="kiezelboek", parts=["kiezel", "boek"])
    tasks.rebuild_search()
    assert live(search_index) != before
    assert parts(search_index, product) == ["boek", "kiezel"]
    assert not RebuildRequest.objects.exists()
    assert check().is_equal


@pytest.mark.search
def test_a_request_that_comes_during_a_rebuild_stays(search_index):
    make_product()
    request_rebuild(reason="Eerste")

    def meanwhile(done, total):
        if done == total:
            request_rebuild(reason="Tweede")

    rebuild(meanwhile)
    assert set(RebuildRequest.objects.values_list("reason", flat=True)) == {"Tweede"}


@pytest.mark.search
def test_a_rebuild_counts_the_words_first(search_index):
    make_product(title="Zandbank")
    rebuild()
    assert SearchWord.objects.get(word="zandbank").method_count == 1


@pytest.mark.search
@pytest.mark.usefixtures("transactional_db")
def test_a_rebuild_that_runs_already_is_no_error_and_the_request_stays(search_index):
    make_product()
    request_rebuild(reason="Kiezel")
    other = connection.copy()
    try:
        with other.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(%s, 0)", [Lock.REBUILD.value])
        before = live(search_index)
        tasks.rebuild_search()
        assert live(search_index) == before
        assert RebuildRequest.objects.count() == 1
        with other.cursor() as cursor:  # A connection that is closed lets go a moment later.
            cursor.execute("SELECT pg_advisory_unlock(%s, 0)", [Lock.REBUILD.value])
    finally:
        other.close()
    tasks.rebuild_search()
    assert not RebuildRequest.objects.exists()


@pytest.mark.django_db
def test_without_an_engine_what_asks_for_one_waits_and_nothing_is_logged(settings, caplog):
    settings.ELASTICSEARCH_URL = ""
    product = make_product(title="Kiezelboek", edition=make_edition(key="3", ordinal=3))
    request_rebuild(reason="Kiezel")
    enqueue(OutboxKind.METHOD, [product.method_id])
    with caplog.at_level("INFO"):
        for _turn in range(2):
            tasks.drain_outbox()
            tasks.rebuild_search()
            tasks.refresh_words()
    assert RebuildRequest.objects.count() == 1
    # Its current edition is another one now, so its products wait as well; once more for each document changes nothing.
    assert set(OutboxEntry.objects.values_list("kind", "object_id")) == {
        ("method", product.method_id),
        ("product", product.pk),
    }
    assert Method.objects.get(pk=product.method_id).current_ordinal == 3
    assert caplog.records == []


@pytest.mark.django_db
def test_without_an_engine_a_current_edition_follows_later_changes(settings, django_assert_max_num_queries):
    settings.ELASTICSEARCH_URL = ""
    method = make_method()
    for ordinal in (1, 2):
        make_product(edition=make_edition(method=method, key=str(ordinal), ordinal=ordinal))
    enqueue(OutboxKind.METHOD, [method.pk])
    tasks.drain_outbox()
    tasks.drain_outbox()
    with django_assert_max_num_queries(1):
        tasks.drain_outbox()  # The same rows wait as before.
    method.products.filter(edition__ordinal=2).update(state="no_longer_available")
    enqueue(OutboxKind.METHOD, [method.pk])
    tasks.drain_outbox()
    method.refresh_from_db()
    assert method.current_ordinal == 1


@pytest.mark.search
def test_the_first_rebuild_of_an_engine_that_comes_clears_what_waited(search_index, settings):
    url, settings.ELASTICSEARCH_URL = settings.ELASTICSEARCH_URL, ""
    product = make_product(title="Kiezel")
    enqueue(OutboxKind.PRODUCT, [product.pk])
    request_rebuild(reason="Kiezel")
    tasks.drain_outbox()
    settings.ELASTICSEARCH_URL = url
    search_index.drop()
    rebuild()
    assert not OutboxEntry.objects.exists()
    assert not RebuildRequest.objects.exists()
    assert check().is_equal


@pytest.mark.django_db
def test_the_words_of_the_night():
    make_product(title="Zandbank")
    tasks.refresh_words()
    memory.forget_all()
    assert SearchWord.objects.get(word="zandbank").method_count == 1


def test_beat_comes_back():
    entry = settings.CELERY_BEAT_SCHEDULE["rebuild-search"]
    assert entry == {"task": "catalogus.tasks.rebuild_search", "schedule": 60.0, "options": {"expires": 60.0}}
    assert settings.CELERY_BEAT_SCHEDULE["refresh-words"]["task"] == "catalogus.tasks.refresh_words"


def test_the_night_compares_index_and_database():
    entry = settings.CELERY_BEAT_SCHEDULE["check-search"]
    assert (entry["task"], entry["schedule"]) == ("catalogus.tasks.check_search", crontab(hour=3, minute=30))


@pytest.mark.django_db
def test_while_the_engine_is_away_the_night_says_that_it_did_not(settings, caplog):
    settings.ELASTICSEARCH_URL = "http://127.0.0.1:9"  # Nobody listens there.
    tasks.check_search()
    assert "was not checked" in caplog.text
