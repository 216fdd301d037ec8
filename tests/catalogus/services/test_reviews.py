from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from catalogus.models import Method, OutboxEntry, OutboxKind
from catalogus.services.reviews import set_review_summary
from tests.factories import make_method, make_product


@pytest.fixture
def method(db):
    method = make_method()
    make_product(method=method)
    make_product(method=method, state="no_longer_available")
    make_product()
    OutboxEntry.objects.all().delete()
    return method


def stale():
    return set(OutboxEntry.objects.values_list("kind", "object_id"))


def test_the_method_has_it_and_all_its_documents_are_stale(method):
    set_review_summary(method.pk, count=3, mean=Decimal("3.335"))
    method.refresh_from_db()
    assert (method.review_count, method.review_mean) == (3, Decimal("3.34"))
    assert stale() == {
        (OutboxKind.METHOD, method.pk),
        *((OutboxKind.PRODUCT, pk) for pk in method.products.values_list("pk", flat=True)),
    }


def test_the_same_again_changes_nothing(method):
    set_review_summary(method.pk, count=3, mean=Decimal("3.3333"))
    OutboxEntry.objects.all().delete()
    set_review_summary(method.pk, count=3, mean=Decimal("3.3333"))
    assert stale() == set()


def test_the_last_review_that_goes_takes_the_mean_along(method):
    set_review_summary(method.pk, count=1, mean=Decimal(2))
    set_review_summary(method.pk, count=0, mean=None)
    method.refresh_from_db()
    assert (method.review_count, method.review_mean) == (0, None)


@pytest.mark.parametrize(
    ("count", "mean"),
    [(0, Decimal(3)), (2, None), (2, Decimal("0.99")), (2, Decimal("4.01")), (-1, None), (2, Decimal("NaN"))],
)
def test_what_cannot_be_is_refused_and_nothing_changes(method, count, mean):
    with pytest.raises(ValidationError):
        set_review_summary(method.pk, count=count, mean=mean)
    method.refresh_from_db()
    assert (method.review_count, method.review_mean) == (0, None)
    assert stale() == set()


def test_a_merged_method_and_none_at_all_are_refused(method):
    merged = make_method(merged_into=method)
    with pytest.raises(ValidationError, match=merged.public_id):
        set_review_summary(merged.pk, count=1, mean=Decimal(3))
    with pytest.raises(Method.DoesNotExist):
        set_review_summary(0, count=1, mean=Decimal(3))
