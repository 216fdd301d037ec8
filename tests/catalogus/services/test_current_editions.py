"""Which edition of a method is remembered as the current one, and what becomes stale when it changes."""

import pytest

from catalogus.models import Method, OutboxEntry, OutboxKind
from catalogus.search.indexing import drain
from catalogus.search.indices import live_alias
from catalogus.services.current_editions import refresh_current_editions
from catalogus.services.outbox import enqueue
from tests.factories import make_edition, make_method, make_product

pytestmark = pytest.mark.django_db


def current(method):
    return Method.objects.values_list("current_ordinal", flat=True).get(pk=method.pk)


@pytest.fixture
def method():
    """Three editions: the first can be ordered, the second too, the third is gone."""
    made = make_method()
    for ordinal, state in ((1, "available"), (2, "limited_available"), (3, "no_longer_available")):
        edition = make_edition(method=made, label=f"{ordinal}e druk", key=f"{ordinal}e druk", ordinal=ordinal)
        make_product(edition=edition, state=state)
    return made


@pytest.mark.parametrize(
    ("change", "ordinal"),
    [
        ({}, 2),
        ({"state": "no_longer_available"}, 1),
        ({"withdrawn_at": "2026-01-01T00:00Z"}, 1),
    ],
)
def test_the_highest_ordinal_that_can_be_ordered(method, change, ordinal):
    if change:
        method.products.filter(edition__ordinal=2).update(**change)
    refresh_current_editions([method.pk])
    assert current(method) == ordinal


def test_a_method_without_numbered_editions_or_without_anything_to_order_has_none(method):
    plain = make_product().method
    method.products.update(state="no_longer_available")
    refresh_current_editions()
    assert current(plain) is None
    assert current(method) is None


def test_the_documents_of_a_method_are_stale_only_where_its_current_edition_changed(method):
    other = make_product().method
    assert refresh_current_editions() == 1
    stale = set(OutboxEntry.objects.values_list("kind", "object_id"))
    products = {(OutboxKind.PRODUCT.value, pk) for pk in method.products.values_list("pk", flat=True)}
    assert stale == {(OutboxKind.METHOD.value, method.pk)} | products
    OutboxEntry.objects.all().delete()
    assert refresh_current_editions([method.pk, other.pk]) == 0
    assert not OutboxEntry.objects.exists()


@pytest.mark.search
def test_draining_a_method_keeps_its_current_edition_and_its_products_right(search_index, method):
    search_index.rebuild()
    method.products.filter(edition__ordinal=2).update(state="no_longer_available")
    OutboxEntry.objects.all().delete()
    enqueue(OutboxKind.METHOD, [method.pk])
    drain()
    assert current(method) == 1
    assert not OutboxEntry.objects.exists()
    search_index.refresh()
    hits = search_index.client.search(index=live_alias(OutboxKind.PRODUCT), query={"term": {"is_current": False}}).body[
        "hits"
    ]
    assert hits["total"]["value"] == 0, "the first edition is the current one, and the later ones are not older"
