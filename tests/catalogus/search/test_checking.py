"""A check finds what was planted, and nothing else."""

import pytest

from catalogus.models import OutboxKind, Product
from catalogus.search.indexing import check
from catalogus.search.indexing.bulk import Write, write
from catalogus.search.loading import load_documents
from catalogus.services.outbox import enqueue
from tests.factories import make_product

pytestmark = pytest.mark.search


def found(kind):
    report = next(report for report in check().kinds if report.kind == kind)
    return report.differences


def test_what_was_just_built_is_equal(search_index):
    for _ in range(3):
        make_product()
    search_index.rebuild()
    report = check()
    assert report.is_equal
    assert [(kind.database, kind.index, kind.waiting) for kind in report.kinds] == [(3, 3, 0), (3, 3, 0)]


def test_empty_sides_are_equal(search_index):
    assert check().is_equal


def test_every_planted_difference_is_found(search_index):
    same, missing, different, superfluous = (make_product() for _ in range(4))
    search_index.rebuild()
    version = search_index.next_version()
    document = load_documents(OutboxKind.PRODUCT, [missing.pk])[missing.pk]
    write(search_index.client, [Write(OutboxKind.PRODUCT, missing.pk, version, None)])
    stray = superfluous.pk + 1_000
    write(search_index.client, [Write(OutboxKind.PRODUCT, stray, version, document | {"id": stray})])
    Product.objects.filter(pk=different.pk).update(price_cents=1995, currency="EUR")
    Product.objects.filter(pk=superfluous.pk).update(merged_into=same)
    differences = found(OutboxKind.PRODUCT)
    assert differences.missing == [missing.pk]
    assert differences.different == [different.pk]
    assert sorted(differences.superfluous) == [superfluous.pk, stray]
    methods = found(OutboxKind.METHOD)
    assert (methods.different, methods.superfluous) == ([different.method_id], [superfluous.method_id])
    assert not check().is_equal


def test_what_waits_in_the_outbox_is_no_difference(search_index):
    product = make_product()
    search_index.rebuild()
    Product.objects.filter(pk=product.pk).update(title="Anders")
    enqueue(OutboxKind.PRODUCT, [product.pk])
    enqueue(OutboxKind.METHOD, [product.method_id])
    report = check()
    assert report.is_equal
    assert [kind.waiting for kind in report.kinds] == [1, 1]
