"""From the code of a successor to the product: by EAN or the publisher's own code, never round in a circle."""

import pytest

from catalogus.models import Cause, OutboxEntry, Product, ProductVersion
from catalogus.services.successors import link_successors
from tests.factories import make_product, make_publisher, valid_ean

pytestmark = pytest.mark.django_db


def link() -> int:
    return link_successors(cause=Cause.HARVEST, source="bron", run="harvest-1")


def successor_of(product: Product) -> Product | None:
    product.refresh_from_db()
    return product.successor


def test_a_successor_is_found_by_its_ean_or_by_the_code_of_its_publisher():
    old = make_product(successor_identifier=valid_ean(1))
    new = make_product(ean=valid_ean(1), identifier=valid_ean(1))
    own_old = make_product(method=old.method, successor_identifier="linde-2")
    own_new = make_product(method=old.method, identifier="linde-2")
    make_product(identifier="linde-2")  # Another publisher's.
    assert link() == 2
    assert (successor_of(old), successor_of(own_old)) == (new, own_new)
    version = ProductVersion.objects.get(product=old)
    assert (version.changes, version.run) == ({"successor": [None, new.public_id]}, "harvest-1")
    assert set(OutboxEntry.objects.values_list("object_id", flat=True)) == {old.pk, own_old.pk}
    assert link() == 0, "what is right already was written again"


def test_a_successor_that_comes_later_or_goes_is_followed():
    old = make_product(successor_identifier=valid_ean(1))
    assert link() == 0
    new = make_product(ean=valid_ean(1))
    link()
    assert successor_of(old) == new
    Product.objects.filter(pk=old.pk).update(successor_identifier="")
    link()
    assert successor_of(old) is None


def test_a_circle_has_no_successors_and_a_chain_into_it_keeps_its_own():
    numbers = (1, 2, 3)
    first, second, third = (
        make_product(ean=valid_ean(number), successor_identifier=valid_ean(number % 3 + 1)) for number in numbers
    )
    before = make_product(ean=valid_ean(4), successor_identifier=valid_ean(1))
    link()
    assert [successor_of(product) for product in (first, second, third)] == [None, None, None]
    assert successor_of(before) == first

    Product.objects.filter(pk=third.pk).update(successor_identifier="")
    link()
    assert [successor_of(product) for product in (first, second, third)] == [second, third, None]


def test_a_long_chain_ends():
    count = 60
    products = [
        make_product(ean=valid_ean(number), successor_identifier=valid_ean(number + 1)) for number in range(1, count)
    ]
    last = make_product(ean=valid_ean(count))
    assert link() == count - 1
    assert successor_of(products[-1]) == last


def test_the_survivor_succeeds_where_the_product_was_merged():
    publisher = make_publisher()
    old = make_product(successor_identifier=valid_ean(1))
    survivor = make_product(ean=valid_ean(1))
    merged = make_product(identifier=valid_ean(1), merged_into=survivor)
    assert merged.publisher != publisher
    link()
    assert successor_of(old) == survivor
