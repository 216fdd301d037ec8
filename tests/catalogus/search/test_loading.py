"""Documents from the database, in a known number of queries."""

import datetime

import pytest

from catalogus.models import Method, OutboxKind, Product
from catalogus.search.documents import method_fields, product_fields
from catalogus.search.loading import count_documents, documents_in_chunks, load_documents
from catalogus.search.words import word_list
from tests.factories import make_method, make_product

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("kind", "queries"), [(OutboxKind.PRODUCT, 3), (OutboxKind.METHOD, 4)])
@pytest.mark.parametrize("count", [1, 25])
def test_a_chunk_takes_the_same_queries_whatever_its_size(django_assert_num_queries, kind, queries, count):
    made = [make_product() for _ in range(count)]
    ids = [product.pk if kind == OutboxKind.PRODUCT else product.method_id for product in made]
    word_list()  # Read once; a chunk then asks only whether it has changed.
    with django_assert_num_queries(queries):
        assert load_documents(kind, ids).keys() == set(ids)


def test_documents_have_the_fields_of_the_definition():
    product = make_product()
    document = load_documents(OutboxKind.METHOD, [product.method_id])[product.method_id]
    assert document.keys() == method_fields().keys()
    # What is copied together at indexing stands in no document.
    assert document["products"][0].keys() == product_fields().keys() - {"text", "beginnings", "label_beginnings"}


def test_all_ways_to_load_give_the_same_documents():
    method = make_method()
    for _ in range(3):
        make_product(method=method)
    make_product(merged_into=make_product())
    in_chunks = {(kind, pk): document for chunk in documents_in_chunks() for kind, pk, document in chunk.documents}
    by_kind = {
        (kind, pk): document
        for kind, model in ((OutboxKind.PRODUCT, Product), (OutboxKind.METHOD, Method))
        for pk, document in load_documents(kind, model.objects.values_list("pk", flat=True)).items()
    }
    assert in_chunks == by_kind
    assert [count_documents(kind) for kind in OutboxKind] == [4, 2]


def test_a_method_has_the_codes_of_what_can_be_ordered():
    method = make_method()
    make_product(method=method, levels=["havo"], first_published_on=datetime.date(2020, 1, 1))
    make_product(method=method, levels=["vwo"], state="no_longer_available")
    gone = make_product(levels=["vwo"], state="no_longer_available")
    documents = load_documents(OutboxKind.METHOD, [method.pk, gone.method_id])
    assert documents[method.pk]["levels"] == ["havo"]
    assert documents[method.pk]["published_day"] == datetime.date(2020, 1, 1).toordinal()
    assert documents[gone.method_id]["levels"] == ["vwo"]
    assert len(documents[method.pk]["products"]) == 2
