from datetime import date, timedelta

import pytest
from django.utils import timezone, translation

from catalogus.models import Product
from ingest.issues import IssueCode
from ingest.quality import comparing
from ingest.quality.checks import CHECKS, Grade
from tests.factories import make_edition, make_method, make_product, make_publisher, valid_ean

REFUSING = {"not_well_formed", "no_identifier", "no_title", "no_publisher", "ean_conflict", "not_stored"}


def today(days: int = 0) -> date:
    return timezone.localdate() + timedelta(days=days)


def found(check) -> dict[str, tuple[str, str]]:
    """Title -> field and value of the products that a comparing check finds."""
    titles = dict(Product.objects.values_list("pk", "title"))
    rows = list(check())
    assert len(rows) == len({pk for pk, _field, _value in rows}), "a product is found once"
    return {titles[pk]: (field, value) for pk, field, value in rows}


def test_every_code_of_reading_is_a_check_and_only_comparing_ones_come_on_top():
    of_reading = [code for code, check in CHECKS.items() if check.products is None]
    assert sorted(of_reading) == sorted(IssueCode)
    assert {code for code, check in CHECKS.items() if check.grade == Grade.ERROR} == REFUSING


def test_errors_come_first():
    grades = [check.grade for check in CHECKS.values()]
    assert grades == sorted(grades, key=[Grade.ERROR, Grade.WARNING].index)


@pytest.mark.parametrize("code", CHECKS)
def test_a_check_says_what_it_is_in_both_languages(code):
    check = CHECKS[code]
    for text in (check.name, check.why, check.remedy):
        dutch = str(text)
        with translation.override("en"):
            assert str(text) not in {"", dutch}
    assert not str(check.name).endswith(".")
    assert str(check.why).endswith(".")
    assert str(check.remedy).endswith(".")


@pytest.mark.parametrize(
    ("fields", "value"),
    [
        ({"end_of_life_on": today(-1)}, ("EndOfLifeDate", today(-1).isoformat())),
        ({"license_ends_on": today(-1)}, ("LicenseEndDate", today(-1).isoformat())),
        (
            {"license_ends_on": today(-2), "end_of_life_on": today(-1), "state": "unknown"},
            ("EndOfLifeDate", today(-1).isoformat()),
        ),
        ({"end_of_life_on": today()}, None),
        ({"end_of_life_on": today(-1), "state": "no_longer_available"}, None),
        ({"end_of_life_on": today(-1), "withdrawn_at": timezone.now()}, None),
        ({}, None),
    ],
)
def test_end_date_past(db, fields, value):
    make_product(title="Kompas", **fields)
    assert found(comparing.end_date_past) == ({"Kompas": value} if value else {})


@pytest.mark.parametrize(
    ("fields", "is_found"),
    [
        ({"activation_until": today(-1)}, True),
        ({"activation_until": today()}, False),
        ({"activation_until": today(-1), "state": "no_longer_available"}, False),
    ],
)
def test_activation_past(db, fields, is_found):
    make_product(title="Kompas", **fields)
    expected = {"Kompas": ("ActivationBefore/ActivationBeforeDate", today(-1).isoformat())}
    assert found(comparing.activation_past) == (expected if is_found else {})


@pytest.mark.parametrize(
    ("state", "published_on", "is_found"),
    [
        ("not_yet_available", today(-31), True),
        ("not_yet_available", today(-30), False),
        ("not_yet_available", None, False),
        ("available", today(-31), False),
    ],
)
def test_overdue(db, state, published_on, is_found):
    make_product(title="Kompas", state=state, first_published_on=published_on)
    assert set(found(comparing.overdue)) == ({"Kompas"} if is_found else set())


@pytest.fixture
def publisher(db):
    return make_publisher()


@pytest.fixture
def method(publisher):
    return make_method(publisher=publisher)


def names_successor(method, code, **fields):
    return make_product(method=method, **({"title": "Oud", "successor_identifier": code} | fields))


def test_a_successor_is_dead_where_nothing_has_its_code(method):
    names_successor(method, "nergens")
    assert found(comparing.dead_successor) == {"Oud": ("FollowupProduct", "nergens")}
    make_product(title="Van een ander", identifier="nergens")
    assert found(comparing.dead_successor), "another publisher's code names nothing of this one"


@pytest.mark.parametrize(
    "successor",
    [
        {"ean": valid_ean(1)},
        {"identifier": valid_ean(1)},
        {"ean": valid_ean(1), "state": "no_longer_available"},
        {"identifier": valid_ean(1), "withdrawn_at": timezone.now()},
    ],
)
def test_a_successor_that_is_there_is_not_dead(method, successor):
    names_successor(method, valid_ean(1))
    make_product(title="Nieuw", **({} if "ean" in successor else {"method": method}), **successor)
    assert not found(comparing.dead_successor)


@pytest.mark.parametrize(
    ("fields", "is_found"),
    [
        ({"state": "no_longer_available"}, True),
        ({"withdrawn_at": timezone.now()}, True),
        ({"state": "unknown"}, False),
        ({"state": "not_yet_available"}, False),
    ],
)
def test_successor_gone(method, fields, is_found):
    names_successor(method, "nieuw", state="no_longer_available")
    make_product(method=method, identifier="nieuw", **fields)
    assert found(comparing.successor_gone) == ({"Oud": ("FollowupProduct", "nieuw")} if is_found else {})


def test_a_successor_that_was_merged_leads_on_and_is_not_gone(method):
    names_successor(method, "nieuw")
    survivor = make_product(method=method)
    make_product(method=method, identifier="nieuw", state="no_longer_available", merged_into=survivor)
    assert not found(comparing.successor_gone)
    assert not found(comparing.dead_successor)


def test_successors_in_a_circle(method):
    for title, successor in {"A": "b", "B": "c", "C": "a", "Ervoor": "a", "Los": "einde"}.items():
        make_product(method=method, title=title, identifier=title.lower(), successor_identifier=successor)
    make_product(method=method, title="Einde", identifier="einde")
    assert found(comparing.successor_cycle) == {
        "A": ("FollowupProduct", "b"),
        "B": ("FollowupProduct", "c"),
        "C": ("FollowupProduct", "a"),
    }


def test_two_that_name_each_other_by_ean(method):
    make_product(method=method, title="A", ean=valid_ean(1), successor_identifier=valid_ean(2))
    other = make_product(method=method, title="B", ean=valid_ean(2), successor_identifier=valid_ean(1))
    assert set(found(comparing.successor_cycle)) == {"A", "B"}
    Product.objects.filter(pk=other.pk).update(successor_identifier="")
    assert not found(comparing.successor_cycle)


def test_parts_that_are_not_there_and_parts_that_are_gone(method):
    package = make_product(method=method, title="Pakket", part_identifiers=["deel-1", "deel-2", valid_ean(3)])
    assert found(comparing.dead_part) == {"Pakket": ("SubProducts/ProductId", f"deel-1, deel-2, {valid_ean(3)}")}
    make_product(method=method, identifier="deel-1")
    make_product(ean=valid_ean(3), state="no_longer_available")
    assert found(comparing.dead_part) == {"Pakket": ("SubProducts/ProductId", "deel-2")}
    assert found(comparing.part_gone) == {"Pakket": ("SubProducts/ProductId", valid_ean(3))}
    make_product(method=method, identifier="deel-2")
    assert not found(comparing.dead_part)
    Product.objects.filter(pk=package.pk).update(state="no_longer_available")
    assert not found(comparing.part_gone)


@pytest.mark.parametrize(
    ("other", "is_found"),
    [
        ({}, True),
        ({"title": "KOMPAS 3 leerboek"}, True),
        ({"title": "Kompas 4 leerboek"}, False),
        ({"medium": "web"}, False),
        ({"state": "no_longer_available"}, False),
        ({"withdrawn_at": timezone.now()}, False),
    ],
)
def test_twins(method, other, is_found):
    make_product(method=method, title="Kompas 3 leerboek")
    make_product(method=method, **({"title": "Kompas 3 leerboek"} | other))
    assert len(list(comparing.twin())) == (2 if is_found else 0)


def test_twins_are_of_one_publisher_and_edition_also_where_each_is_its_own_method(publisher):
    make_product(method=make_method(publisher=publisher), title="Kompas")
    make_product(title="Kompas")
    third = make_edition(method=make_method(publisher=publisher), label="3e druk", key="3", ordinal=3)
    make_product(edition=third, title="Kompas")
    assert not list(comparing.twin())
    make_product(method=make_method(publisher=publisher), title="Kompas")
    assert len(list(comparing.twin())) == 2


def test_a_code_of_two_products(method):
    make_product(method=method, title="A", identifier="licentie-01")
    make_product(title="Van een ander", identifier="licentie-01")
    make_product(method=method, title="Zonder code")
    make_product(method=method, title="Ook zonder code")
    assert not found(comparing.code_twice)
    other = make_product(method=method, title="B", identifier="licentie-01")
    assert found(comparing.code_twice) == {
        "A": ("ProductId", "licentie-01"),
        "B": ("ProductId", "licentie-01"),
    }
    Product.objects.filter(pk=other.pk).update(state="no_longer_available")
    assert not found(comparing.code_twice)
