"""The catalogue as a whole: counted by the rules of search, kept for all processes, counted anew after a change."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from catalogus import memory, tasks
from catalogus.models import CatalogueOverview, Cause, Product
from catalogus.search.overview import NamedMethod, overview, refresh_overview
from catalogus.search.overview.storing import COUNTED_FOR
from catalogus.services.search_rows import refresh_search_rows
from catalogus.services.withdrawal import withdraw_products
from tests.factories import make_method, make_product

pytestmark = pytest.mark.django_db


def rows():
    """Tests write products past the services that keep them."""
    refresh_search_rows(Product.objects.values_list("pk", flat=True))


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
    before = overview()
    assert refresh_overview()
    memory.forget_all()
    with django_assert_num_queries(1):
        found = overview()
    assert found.new == (NamedMethod(product.method.pk, ("havo",), (), (), today),)
    # JSON as Django writes it holds thousandths of a second.
    assert found.changed_at is not None
    assert timedelta() <= product.updated_at - found.changed_at < timedelta(milliseconds=1)
    assert found == replace(before, changed_at=found.changed_at)


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
    CatalogueOverview.objects.update(counted_at=timezone.now() - timedelta(minutes=5))
    memory.forget_all()
    tasks.count_catalogue()
    assert overview().products == 0


def test_what_other_code_wrote_is_not_read():
    make_product(sectors=["vo"])
    rows()
    CatalogueOverview.objects.create(shape=0, content={}, revision=1, counted_at=timezone.now())
    assert overview().products == 1
    assert refresh_overview()
    assert CatalogueOverview.objects.get().content["products"] == 1


def test_there_is_one_row():
    with pytest.raises(IntegrityError), transaction.atomic():
        CatalogueOverview.objects.create(pk=2, shape=1, content={}, revision=1, counted_at=timezone.now())
