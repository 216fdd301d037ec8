"""What counts as news: a stretch of the history as a whole, and never past what the index shows."""

from datetime import timedelta

import pytest
from django.utils import timezone

from catalogus.models import Cause, OutboxEntry, OutboxKind, Product, ProductVersion, VersionKind
from catalogus.services.history import Event, Told, write_versions
from catalogus.services.outbox import enqueue
from catalogus.services.sequence import assign_sequence
from selection.services.news import HELD_UP, NEWS_FIELDS, News, latest_seq, news_between, settled_seq
from tests.factories import make_product

pytestmark = pytest.mark.django_db


def happens(product: Product, kind: str = "changed", changes: dict[str, list[object]] | None = None) -> int:
    """Something happened to a product; its number in the history."""
    event = Event(product.pk, VersionKind(kind), changes or {})
    write_versions([event], Told(Cause.HARVEST, timezone.now(), source="bron"))
    assign_sequence()
    return latest_seq()


@pytest.fixture
def product():
    return make_product()


@pytest.mark.parametrize(
    ("events", "news"),
    [
        ([("created", {})], News(is_new=True)),
        ([("created", {}), ("changed", {"title": ["a", "b"]})], News(is_new=True)),
        ([("changed", {"title": ["a", "b"]})], News(changes={"title": ["a", "b"]})),
        ([("changed", {"title": ["a", "b"]}), ("changed", {"title": ["b", "c"]})], News(changes={"title": ["a", "c"]})),
        ([("changed", {"title": ["a", "b"]}), ("changed", {"title": ["b", "a"]})], None),
        (
            [("changed", {"state": ["a", "b"], "price_cents": [1, 2]}), ("changed", {"price_cents": [2, 1]})],
            News(changes={"state": ["a", "b"]}),
        ),
        ([("moved", {"method_id": [1, 2], "edition_id": [1, 2]})], News(changes={"edition_id": [1, 2]})),
        ([("moved", {"method_id": [1, 2]})], None),
        ([("changed", {"description": ["a", "b"], "source_modified_at": ["2025-01-01", "2026-01-01"]})], None),
        ([("withdrawn", {"withdrawn_at": [None, "x"]}), ("restored", {"withdrawn_at": ["x", None]})], None),
        ([("restored", {"withdrawn_at": ["x", None]})], News(changes={"withdrawn_at": ["x", None]})),
        ([("merged", {"merged_into": [None, "ander"]}), ("unmerged", {"merged_into": ["ander", None]})], None),
    ],
)
def test_a_stretch_is_told_as_a_whole(product, events, news):
    before = latest_seq()
    for kind, changes in events:
        happens(product, kind, changes)
    assert news_between(before, latest_seq()) == ({product.pk: news} if news else {})


def test_a_stretch_begins_behind_its_first_number_and_holds_its_last(product):
    first = happens(product, changes={"title": ["a", "b"]})
    second = happens(product, changes={"title": ["b", "c"]})
    third = happens(product, changes={"title": ["c", "d"]})
    assert news_between(first, second)[product.pk].changes == {"title": ["b", "c"]}
    assert news_between(third, third) == {}


def test_every_field_that_is_told_is_one_of_a_product():
    columns = {field.attname for field in Product._meta.concrete_fields}
    assert set(NEWS_FIELDS) <= columns


def test_one_query_whatever_happened(product, django_assert_num_queries):
    for number in range(30):
        happens(product, changes={"price_cents": [number, number + 1]})
    upto = latest_seq()
    with django_assert_num_queries(1):
        assert news_between(0, upto)[product.pk].changes == {"price_cents": [0, 30]}


def test_nothing_is_settled_past_what_waits_for_the_index(product):
    assert settled_seq() == 0
    first = happens(product)
    second = happens(make_product())
    assert settled_seq() == second
    enqueue(OutboxKind.METHOD, [product.pk])
    assert settled_seq() == second, "a method's document decides nothing about a product"
    enqueue(OutboxKind.PRODUCT, [product.pk])
    assert settled_seq() == first - 1
    happens(product)
    ProductVersion.objects.filter(seq=first).update(at=timezone.now() - HELD_UP - timedelta(minutes=1))
    assert settled_seq() == second, "what the engine refuses for good holds up nobody"
    OutboxEntry.objects.all().delete()
    assert settled_seq() == latest_seq()


def test_without_an_engine_nothing_is_waited_for(product, settings):
    settings.ELASTICSEARCH_URL = ""
    first = happens(product)
    enqueue(OutboxKind.PRODUCT, [product.pk])
    assert settled_seq() == first


def test_what_has_no_number_yet_is_not_settled(product):
    write_versions([Event(product.pk, VersionKind.CREATED, {})], Told(Cause.HARVEST, timezone.now()))
    assert (latest_seq(), settled_seq()) == (0, 0)
