"""Proposals: names that look alike with a second sign, and never the name alone."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given, settings
from hypothesis import strategies as st

from catalogus.models import Product
from catalogus.product_data import Classification
from catalogus.services import editing
from catalogus.services.editing.alike import alike
from catalogus.services.editing.proposals import merge_proposals
from tests.catalogus.services.editing.shelf import WHO, bring, data, method, publisher

OTHER = Classification(("vo",), ("vwo",), ("leerjaar-6",), ("latijn",))
EAN = "9789000000010"


def proposed(name: str = "De Linde") -> dict[tuple[str, str], tuple[str, ...]]:
    return {(found.source.name, found.target.name): found.reasons for found in merge_proposals(publisher(name))}


@pytest.mark.django_db
def test_names_alike_and_a_second_sign():
    bring(
        a=data("Kiezel", title="een"),
        a2=data("Kiezel", title="een b"),
        b=data("Kiezel MAX", title="twee"),
        c=data("Kompas", title="drie", classification=(OTHER,), authors=("A. de Boer",)),
        d=data("Kompas+", title="vier", classification=(), authors=("A. de Boer",)),
    )
    found = proposed()
    assert set(found) == {("Kiezel MAX", "Kiezel"), ("Kompas+", "Kompas")}, "the smaller one goes into the larger one"
    assert found["Kiezel MAX", "Kiezel"] == ("De namen lijken voor 64% op elkaar.", "Beide voor Wiskunde, Havo.")
    assert found["Kompas+", "Kompas"] == (
        "De namen lijken voor 100% op elkaar.", "Dezelfde auteurs: A. de Boer.",
    )  # fmt: skip


@pytest.mark.django_db
def test_a_successor_is_a_sign_and_comes_first():
    bring(
        a=data("Kiezel", title="Kiezel oud", classification=(), successor_identifier="nieuw-1"),
        b=data("Kiezel MAX", title="Kiezel nieuw", classification=(), identifier="nieuw-1"),
        c=data("Kompas", title="Kompas oud", classification=(), successor_identifier="978"),
        d=data("Kompas MAX", title="Kompas nieuw", classification=(OTHER,)),
    )
    assert list(proposed().values()) == [
        ("De namen lijken voor 64% op elkaar.", "“Kiezel oud” noemt “Kiezel nieuw” als opvolger.")
    ]
    bring(d=data("Kompas MAX", title="Kompas nieuw", classification=(OTHER,), identifier="978"))
    assert len(proposed()) == 2


@pytest.mark.django_db
@pytest.mark.parametrize(
    "second",
    [
        {"family": "Kiezel MAX", "classification": (OTHER,)},
        {"family": "Kiezel MAX", "classification": ()},
        {"family": "Duinroos"},
        {"family": "Kiezel MAX", "publisher_name": "Ander huis"},
    ],
    ids=["another subject", "nothing known", "another name", "another publisher"],
)
def test_one_sign_is_none(second):
    bring(a=data("Kiezel", title="een"), b=data(**({"title": "twee"} | second)))
    assert proposed() == {}


@pytest.mark.django_db
def test_what_was_merged_and_split_again_is_not_proposed_again():
    bring(a=data("Kiezel", title="een"), b=data("Kiezel MAX", title="twee"))
    edit = editing.merge_methods(source=method("Kiezel MAX"), target=method("Kiezel"), **WHO)
    assert proposed() == {}
    editing.undo(edit=edit, **WHO)
    assert proposed() == {}


@pytest.mark.django_db
def test_methods_with_a_name_come_before_single_products():
    bring(
        a=data("", title="Losse atlas van Nederland"),
        b=data("", title="Losse atlas van Nederland"),
        c=data("Kiezel", title="een"),
        d=data("Kiezel MAX", title="twee"),
    )
    assert [found[0] for found in proposed()] == ["Kiezel MAX", "Losse atlas van Nederland"]


@pytest.mark.django_db
def test_the_number_of_queries_does_not_grow_with_the_publisher():
    def queries(count: int) -> int:
        bring(**{f"p{number}": data(f"Kiezel {number} deel", title=f"{number}") for number in range(count)})
        with CaptureQueriesContext(connection) as captured:
            assert merge_proposals(publisher("De Linde"))
        return len(captured)

    assert queries(5) == queries(80)


WORDS = st.sampled_from(["kiezel", "kiezels", "havo", "vwo", "deel", "1", "2", "boek", "brug", "werkboek"])


@pytest.mark.django_db
@settings(max_examples=40, deadline=None)
@given(
    names=st.lists(st.lists(WORDS, min_size=1, max_size=4).map(" ".join), min_size=2, max_size=12),
    least=st.sampled_from([0.3, 0.5, 0.8, 1.0]),
)
def test_alike_finds_what_the_database_would(names, least):
    with connection.cursor() as cursor:
        cursor.execute("SELECT show_trgm(name) FROM unnest(%s::text[]) AS name", [names])
        pieces = {number: frozenset(row[0]) for number, row in enumerate(cursor.fetchall())}
        cursor.execute(
            "WITH named AS (SELECT name, nr - 1 AS nr FROM unnest(%s::text[]) WITH ORDINALITY AS t (name, nr))"
            " SELECT a.nr, b.nr, similarity(a.name, b.name) FROM named a JOIN named b ON a.nr < b.nr"
            " WHERE similarity(a.name, b.name) >= %s::real",
            [names, least],
        )
        expected = {frozenset((one, other)): round(part, 4) for one, other, part in cursor.fetchall()}
    assert {pair: round(part, 4) for pair, part in alike(pieces, least).items()} == expected


@pytest.mark.django_db
def test_proposals_change_nothing():
    bring(a=data("Kiezel", title="een"), b=data("Kiezel MAX", title="twee"))
    before = list(Product.objects.order_by("pk").values())
    assert proposed()
    assert list(Product.objects.order_by("pk").values()) == before
