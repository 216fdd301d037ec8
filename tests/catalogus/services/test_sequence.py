"""Numbers of changes: in the order of commits, without a reader missing any."""

import threading

import pytest
from django.db import connection, transaction

from catalogus.models import Cause, ProductVersion
from catalogus.product_data import ProductData
from catalogus.services.products import upsert_products
from catalogus.services.sequence import assign_sequence


def write(*names: str) -> None:
    items = {name: ProductData(title=f"Titel {name}", publisher_name="De Linde") for name in names}
    upsert_products(items, cause=Cause.HARVEST)


@pytest.mark.django_db
def test_numbers_follow_each_other_and_stay():
    write("aaaa", "bbbb")
    assert assign_sequence() == 2
    first = dict(ProductVersion.objects.values_list("id", "seq"))
    write("cccc")
    assert assign_sequence() == 1
    assert assign_sequence() == 0
    assert list(ProductVersion.objects.order_by("seq").values_list("seq", flat=True)) == [1, 2, 3]
    assert first.items() <= dict(ProductVersion.objects.values_list("id", "seq")).items()


@pytest.mark.django_db
def test_a_small_batch_numbers_everything():
    write("aaaa", "bbbb", "cccc")
    assert assign_sequence(batch=2) == 3


@pytest.mark.django_db(transaction=True)
def test_a_change_committed_late_gets_a_later_number(django_db_serialized_rollback):
    """The row that was written first but committed last is numbered last: a reader's cursor does not jump over it."""
    written, go_on = threading.Event(), threading.Event()

    def write_slowly() -> None:
        try:
            with transaction.atomic():
                write("traag")
                written.set()
                go_on.wait(10)
        finally:
            connection.close()

    slow = threading.Thread(target=write_slowly)
    slow.start()
    assert written.wait(10)
    try:
        with transaction.atomic():
            items = {"snel": ProductData(title="Snel", publisher_name="Een andere uitgever")}
            upsert_products(items, cause=Cause.HARVEST)
        assert assign_sequence() == 1
    finally:
        go_on.set()
        slow.join()
    assert assign_sequence() == 1
    seqs = dict(ProductVersion.objects.values_list("product__public_id", "seq"))
    assert seqs == {"snel": 1, "traag": 2}
