"""The catalogue as a whole: counted by the rules of search, kept for all processes, counted anew after a change."""

import time
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from catalogus import memory, tasks
from catalogus.exceptions import SearchUnavailable
from catalogus.models import CatalogueOverview, Cause, Product
from catalogus.search.overview import NOTHING_COUNTED, NamedMethod, overview, refresh_overview, storing
from catalogus.search.overview.counting import count_overview
from catalogus.search.overview.storing import COUNTED_FOR, COUNTING, WORKER_IS_AWAY_AFTER
from catalogus.search.overview.values import SHAPE
from catalogus.services.search_rows import refresh_search_rows
from catalogus.services.withdrawal import withdraw_products
from tests.factories import REVIEWED_AT, make_method, make_product, review_fields

pytestmark = pytest.mark.django_db


def rows():
    """Tests write products past the services that keep them."""
    refresh_search_rows(Product.objects.values_list("pk", flat=True))


@contextmanager
def another(statement, values=()):
    """Somebody else's connection, in a transaction in which it did this."""
    other = connection.get_new_connection(connection.get_connection_params())
    with other, other.cursor() as cursor:
        cursor.execute(statement, values)
        yield


def somebody_counts():
    return another("SELECT pg_advisory_xact_lock(%s, %s)", COUNTING)


@contextmanager
def counting_takes_too_long():
    with pytest.MonkeyPatch.context() as patch, another("LOCK TABLE catalogus_searchrow IN ACCESS EXCLUSIVE MODE"):
        patch.setattr(storing, "SEARCH_SECONDS", 0.1)
        yield


def test_it_counts_what_a_search_without_words_finds(django_assert_num_queries):
    method = make_method()
    make_product(method=method, sectors=["vo", "mbo"])
    make_product(method=method, sectors=["vo"], subjects=["duits"], levels=["havo"], years=["leerjaar-1"])
    make_product(sectors=[])
    make_product(sectors=["hbo"])
    make_product(sectors=["vo"], state="no_longer_available")
    make_product(sectors=["vo"], withdrawn_at=timezone.now())
    make_product(sectors=["po"], merged_into=make_product(sectors=["po"]))
    rows()
    found = overview()
    with django_assert_num_queries(0):
        assert overview() is found
    assert (found.methods, found.products, found.publishers) == (3, 4, 3)
    sectors = {sector.code: sector for sector in found.sectors}
    assert {code: sector.methods for code, sector in sectors.items()} == {"po": 1, "so": 0, "vo": 1, "vso": 0, "mbo": 1}
    assert (sectors["vo"].subjects["duits"], sectors["vo"].levels["havo"], sectors["vo"].years["leerjaar-1"]) == (
        1,
    ) * 3
    assert "duits" not in sectors["mbo"].subjects


def test_what_was_counted_is_read_by_one_query_as_it_was(django_assert_num_queries):
    today = timezone.localdate()
    product = make_product(sectors=["vo"], first_published_on=today, classification=[{"levels": ["havo"]}])
    rows()
    counted = count_overview()
    assert refresh_overview()
    with django_assert_num_queries(1):
        found = overview()
    assert found.new == (NamedMethod(product.method.pk, ("havo",), (), (), today),)
    # JSON as Django writes it holds thousandths of a second.
    assert found.changed_at is not None
    assert timedelta() <= product.updated_at - found.changed_at < timedelta(milliseconds=1)
    assert found == replace(counted, changed_at=found.changed_at)


def test_what_was_reviewed_last_comes_first_and_the_count_is_what_the_click_gives():
    names = {}
    for name, days, fields in (
        ("vorige week", 7, review_fields(30, "3.90")),
        ("gisteren", 1, review_fields(1)),
        ("vandaag, een oudere uitgave", 0, review_fields(0, older=1)),
        ("nooit", 0, {}),
        ("te koop noch te leen", 0, review_fields(3, "3.00")),
    ):
        if fields:
            fields["last_reviewed_at"] = REVIEWED_AT - timedelta(days=days)
        state = "no_longer_available" if name.startswith("te koop") else "available"
        names[make_product(sectors=["vo"], state=state, method=make_method(**fields)).method_id] = name
    rows()
    found = count_overview()
    assert [names[one.pk] for one in found.reviewed] == ["vandaag, een oudere uitgave", "gisteren", "vorige week"]
    assert found.reviewed_methods == 3


def test_it_is_counted_anew_after_a_change_or_an_hour():
    product = make_product(sectors=["vo"])
    rows()
    assert refresh_overview()
    assert not refresh_overview()
    withdraw_products([product.pk], cause=Cause.HARVEST)
    assert overview().products == 1, "nobody counted yet"
    assert refresh_overview()
    memory.forget_all()
    assert overview().products == 0
    CatalogueOverview.objects.update(counted_at=timezone.now() - COUNTED_FOR)
    assert refresh_overview()


def test_the_worker_counts_at_once_and_then_leaves_time_between():
    product = make_product(sectors=["vo"])
    rows()
    tasks.count_catalogue()
    withdraw_products([product.pk], cause=Cause.HARVEST)
    tasks.count_catalogue()
    assert overview().products == 1
    CatalogueOverview.objects.update(tried_at=timezone.now() - timedelta(minutes=5))
    memory.forget_all()
    tasks.count_catalogue()
    assert overview().products == 0


def test_what_other_code_wrote_is_not_read():
    make_product(sectors=["vo"])
    rows()
    assert refresh_overview()
    CatalogueOverview.objects.update(shape=99, content={})
    assert overview() == NOTHING_COUNTED, "the worker was there a moment ago"
    assert refresh_overview()
    memory.forget_all()
    assert overview().products == CatalogueOverview.objects.get().content["products"] == 1


def test_one_visitor_counts_for_all_processes(django_assert_num_queries):
    make_product(sectors=["vo"])
    rows()
    found = overview()
    assert (found.is_counted, found.products) == (True, 1)
    memory.forget_all()  # Another process.
    with django_assert_num_queries(1):
        assert overview() == found


def test_who_comes_while_somebody_counts_does_not(django_assert_num_queries):
    make_product(sectors=["vo"])
    rows()
    with somebody_counts():
        with django_assert_num_queries(3):  # The row, the lock, the row.
            assert overview() == NOTHING_COUNTED
        assert not refresh_overview()
    assert refresh_overview()
    assert not overview().is_counted, "remembered for half a minute"
    memory.forget_all()
    assert overview().is_counted


def test_a_count_that_takes_too_long_is_no_fault_and_is_not_tried_by_the_next_visitor(caplog):
    began_at = time.monotonic()
    with counting_takes_too_long():
        assert overview() == NOTHING_COUNTED
    assert time.monotonic() - began_at < 5, "a page has less patience than the worker"
    assert "was not counted for a page" in caplog.text
    caplog.clear()
    memory.forget_all()
    assert overview() == NOTHING_COUNTED
    assert not caplog.text
    CatalogueOverview.objects.update(tried_at=timezone.now() - WORKER_IS_AWAY_AFTER)
    memory.forget_all()
    assert overview().is_counted


def test_the_worker_leaves_time_after_a_count_that_failed_as_well():
    with counting_takes_too_long(), pytest.raises(SearchUnavailable):
        refresh_overview(seconds=0.1)
    tasks.count_catalogue()
    assert not CatalogueOverview.objects.filter(shape=SHAPE)
    CatalogueOverview.objects.update(tried_at=timezone.now() - timedelta(minutes=5))
    tasks.count_catalogue()
    assert CatalogueOverview.objects.get().shape == SHAPE


def test_there_is_one_row():
    now = timezone.now()
    with pytest.raises(IntegrityError), transaction.atomic():
        CatalogueOverview.objects.create(pk=2, shape=1, content={}, revision=1, counted_at=now, tried_at=now)
