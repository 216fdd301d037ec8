"""A check finds what was planted, and nothing else; and it mends that, if asked."""

import pytest

from catalogus.exceptions import SearchUnavailable, WorkStopped
from catalogus.models import Method, OutboxEntry, OutboxKind, Product, SearchCheck
from catalogus.search import indices
from catalogus.search.indexing import check
from catalogus.search.indexing.bulk import Write, write
from catalogus.search.loading import load_documents
from catalogus.services.outbox import enqueue
from catalogus.tasks import check_search
from tests.factories import make_method, make_product, review_fields

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


@pytest.fixture
def planted(search_index):
    """Rows of products by what is wrong with their documents, none of it in the outbox."""
    same, missing, different, superfluous, without_hash = (make_product() for _ in range(5))
    search_index.rebuild()
    version = search_index.next_version()
    document = load_documents(OutboxKind.PRODUCT, [missing.pk])[missing.pk]
    write(search_index.client, [Write(OutboxKind.PRODUCT, missing.pk, version, None)])
    stray = superfluous.pk + 1_000
    write(search_index.client, [Write(OutboxKind.PRODUCT, stray, version, document | {"id": stray})])
    Product.objects.filter(pk=different.pk).update(price_cents=1995, currency="EUR")
    Product.objects.filter(pk=superfluous.pk).update(merged_into=same)
    search_index.client.index(
        index=indices.live_alias(OutboxKind.PRODUCT), id=str(without_hash.pk), document={"id": without_hash.pk}
    )
    return {
        "missing": [missing.pk],
        "different": [different.pk, without_hash.pk],
        "superfluous": [superfluous.pk, stray],
        "methods": ([different.method_id], [superfluous.method_id]),
    }


def test_every_planted_difference_is_found(planted):
    differences = found(OutboxKind.PRODUCT)
    assert differences.missing == planted["missing"]
    assert differences.different == planted["different"]
    assert sorted(differences.superfluous) == planted["superfluous"]
    methods = found(OutboxKind.METHOD)
    assert (methods.different, methods.superfluous) == planted["methods"]
    assert not check().is_equal


def test_what_was_planted_is_repaired(search_index, planted):
    report = check(is_repairing=True)
    assert report.is_equal
    assert report.repaired == 7
    assert not OutboxEntry.objects.exists()
    again = check()
    assert (again.is_equal, again.repaired) == (True, 0)
    assert search_index.ids(OutboxKind.PRODUCT).isdisjoint(planted["superfluous"])
    kept = SearchCheck.objects.values_list("missing", "superfluous", "different", "left")
    assert list(kept) == [(0, 0, 0, 0), (1, 3, 3, 0)]


@pytest.mark.parametrize(
    "change",
    [
        {"review_low": "2.70"},
        {"review_high": "3.80"},
        {"review_sort": 3100},
        {"review_count": 4},
        {"older_review_count": 1},
    ],
)
def test_a_summary_of_reviews_that_the_index_has_otherwise_is_found(search_index, change):
    product = make_product(method=make_method(**review_fields(3, "3.25")))
    make_product()
    search_index.rebuild()
    assert check().is_equal
    Method.objects.filter(pk=product.method_id).update(**change)
    report = check(is_repairing=True)
    assert (report.is_equal, report.repaired) == (True, 2), "the product and its method"


def test_the_night_repairs(planted, caplog):
    check_search()
    assert "7 documents" in caplog.text
    assert check().is_equal


def test_what_the_engine_refuses_is_not_called_repaired(search_index):
    product = make_product()
    search_index.rebuild()
    Product.objects.filter(pk=product.pk).update(title="Anders")
    live = indices.live_alias(OutboxKind.METHOD)
    search_index.client.indices.put_settings(index=live, settings={"mapping.nested_objects.limit": 0})
    try:
        report = check(is_repairing=True)
    finally:
        search_index.client.indices.put_settings(index=live, settings={"mapping.nested_objects.limit": None})
    assert (report.is_equal, report.refused) == (False, 1)
    assert list(OutboxEntry.objects.values_list("kind", "object_id")) == [("method", product.method_id)]
    assert SearchCheck.objects.get().left == 1


def test_versions_of_a_time_that_the_database_has_lost_are_told(search_index):
    """After a restore the outbox gives numbers that the index has seen: drains lose, and only a rebuild helps."""
    product = make_product()
    document = load_documents(OutboxKind.PRODUCT, [product.pk])[product.pk] | {"title": "Van later"}
    search_index.rebuild()
    later = search_index.next_version() + 1_000_000
    write(search_index.client, [Write(OutboxKind.PRODUCT, product.pk, later, document)])
    try:
        report = check(is_repairing=True)
    finally:
        search_index.create()  # No other test could take that document away.
    assert not report.is_equal
    assert [kind.left.different for kind in report.kinds] == [[product.pk], []]


def test_an_index_of_another_definition_is_told(search_index):
    live = indices.live_alias(OutboxKind.PRODUCT)
    search_index.client.indices.put_mapping(index=live, meta={"definition": "an older one", "words": ""})
    try:
        with pytest.raises(SearchUnavailable, match=r"andere indeling.*search rebuild"):
            check()
    finally:
        search_index.create()


def test_who_asks_to_stop_is_heard(search_index):
    make_product()
    search_index.rebuild()
    with pytest.raises(WorkStopped, match="0 van 2 documenten"):
        check(should_stop=lambda: True)


def test_what_waits_in_the_outbox_is_no_difference(search_index):
    product = make_product()
    search_index.rebuild()
    Product.objects.filter(pk=product.pk).update(title="Anders")
    enqueue(OutboxKind.PRODUCT, [product.pk])
    enqueue(OutboxKind.METHOD, [product.method_id])
    report = check()
    assert report.is_equal
    assert [kind.waiting for kind in report.kinds] == [1, 1]
