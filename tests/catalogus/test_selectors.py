from datetime import UTC, datetime

import pytest

from catalogus import selectors
from catalogus.models import Method, Product, Scheme
from tests.factories import make_edition, make_method, make_product, valid_ean

NOW = datetime(2026, 1, 2, tzinfo=UTC)


def test_product_with_relations_takes_one_query(db, django_assert_num_queries):
    successor = make_product()
    made = make_product(successor=successor)
    with django_assert_num_queries(1):
        found = selectors.product_with_relations(public_id=made.public_id)
        related = [found.publisher.name, found.method.name, found.edition.label, str(found.successor)]
    assert all(related)
    assert found.merged_into is None
    with pytest.raises(Product.DoesNotExist):
        selectors.product_with_relations(public_id="0000000000000")


def test_product_by_ean_prefers_the_one_that_stands_for_itself(db, django_assert_num_queries):
    survivor = make_product(ean=valid_ean(1))
    merged = make_product(ean=valid_ean(1), merged_into=survivor)
    alone = make_product(ean=valid_ean(2), merged_into=survivor)
    with django_assert_num_queries(1):
        assert selectors.product_by_ean(valid_ean(1)) == survivor
    assert selectors.product_by_ean(valid_ean(2)) == alone
    assert merged.public_id != survivor.public_id
    with pytest.raises(Product.DoesNotExist):
        selectors.product_by_ean(valid_ean(3))


def test_a_survivor_costs_a_query_for_each_step_beyond_the_first(db, django_assert_num_queries):
    chain = [make_method()]
    for _step in range(3):
        chain.append(make_method(merged_into=chain[-1]))
    for method, count in zip(chain, (0, 0, 1, 2), strict=True):
        found = selectors.method_with_relations(method.public_id)
        with django_assert_num_queries(count):
            assert selectors.surviving_method(found) == chain[0]


def test_method_with_relations_takes_one_query(db, django_assert_num_queries):
    survivor = make_method()
    merged = make_method(merged_into=survivor)
    with django_assert_num_queries(1):
        found = selectors.method_with_relations(merged.public_id)
        assert found.merged_into == survivor
        assert found.publisher.name
    with pytest.raises(Method.DoesNotExist):
        selectors.method_with_relations("0000000000000")


def test_editions_are_newest_first_and_current_is_the_newest_that_can_be_ordered(db, django_assert_num_queries):
    method = make_method()
    editions = {
        number: make_edition(method=method, label=f"{number}e druk", key=f"{number}", ordinal=number)
        for number in (2, 10, 3, 4)
    }
    unknown = make_edition(method=method)
    make_product(edition=editions[10], state="no_longer_available")
    make_product(edition=editions[3])
    make_product(edition=editions[3], withdrawn_at=NOW)
    make_product(edition=editions[2])
    make_product(edition=unknown)
    make_product(edition=editions[4], merged_into=make_product(edition=editions[2]))
    with django_assert_num_queries(1):
        found = selectors.method_editions(method)
    assert [(edition.label, edition.product_count, edition.is_current) for edition in found] == [
        ("10e druk", 1, False),
        ("3e druk", 2, True),
        ("2e druk", 2, False),
        ("onbekend", 1, False),
    ]
    assert [edition.is_unknown for edition in found] == [False, False, False, True]


def test_no_edition_is_current_without_an_ordinal(db):
    product = make_product()
    (edition,) = selectors.method_editions(product.method)
    assert not edition.is_current


def test_method_products_stand_by_edition_role_and_orderability(db, django_assert_num_queries):
    method = make_method()
    old = make_edition(method=method, label="1e druk", key="1", ordinal=1)
    new = make_edition(method=method, label="2e druk", key="2", ordinal=2)
    make_product(edition=old, title="oud")
    make_product(edition=new, title="docent", role="teacher")
    make_product(edition=new, title="a weg", state="no_longer_available")
    make_product(edition=new, title="b leverbaar")
    make_product(edition=new, title="samengevoegd", merged_into=make_product(edition=old, title="zz"))
    with django_assert_num_queries(1):
        titles = [(product.title, product.edition.label) for product in selectors.method_products(method)]
    assert titles == [
        ("b leverbaar", "2e druk"),
        ("a weg", "2e druk"),
        ("docent", "2e druk"),
        ("oud", "1e druk"),
        ("zz", "1e druk"),
    ]


def test_method_products_keep_editions_of_one_ordinal_apart(db):
    method = make_method()
    first, second = (make_edition(method=method, label=label, key=label, ordinal=2024) for label in ("2024", "2024/25"))
    for title in ("a", "b", "c"):
        make_product(edition=first, title=title)
        make_product(edition=second, title=title)
    editions = [product.edition_id for product in selectors.method_products(method)]
    assert editions == [edition.pk for edition in selectors.method_editions(method) for _ in range(3)]


def test_method_codes_are_those_that_were_read(db, django_assert_num_queries):
    group = {"sectors": ["vo"], "levels": ["vmbo"], "years": ["leerjaar-1"], "subjects": ["wiskunde-a"]}
    # The columns for filters also hold broader and narrower terms; a page that named those would say too much.
    product = make_product(classification=[group], levels=["vmbo", "vmbo-bb"], subjects=["wiskunde", "wiskunde-a"])
    with django_assert_num_queries(1):
        codes = selectors.method_codes(product.method)
    assert codes == {
        Scheme.SECTOR: {"vo"},
        Scheme.LEVEL: {"vmbo"},
        Scheme.YEAR: {"leerjaar-1"},
        Scheme.SUBJECT: {"wiskunde-a"},
    }
