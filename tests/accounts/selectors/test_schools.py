"""Schools, found by what people type, by what a federation names and by the domain of an address."""

from datetime import date
from typing import Any

import pytest

from accounts.models import SchoolDomain
from accounts.selectors.schools import find_schools, school_of_code, school_that_goes_on, schools_of_domain
from tests.accounts.schools import make_school

pytestmark = pytest.mark.django_db

ENDED: dict[str, Any] = {"ended_on": date(2026, 8, 1)}


def code_of(brin: str) -> str | None:
    school = school_of_code(brin)
    return school.code if school else None


def codes(schools) -> list[str]:
    return [school.code for school in schools]


@pytest.fixture
def shelf():
    make_school("99AA", "Sint Mária", "Keiendam")
    make_school("99AA01", "Sint Mária", "Keiendam")
    make_school("99AB00", "Gymnasium De Duinroos", "'s-Gravenhage")
    make_school("99AC00", "De Maretak", "Den Haag")
    make_school("99AD00", "Gymnasium Maria", "Veendrecht", **ENDED)
    make_school("99AE00", "Brug+ College", "Veendrecht")
    make_school("99AF00", "Lyceum aan het Marktplein", "Veendrecht")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Mar", ["99AC00", "99AF00", "99AA01"]),
        ("mária", ["99AA01"]),
        ("MARIA", ["99AA01"]),
        ("den haag gymn", ["99AB00"]),
        ("gymn 's-grav", ["99AB00"]),
        ("gravenhage", ["99AC00", "99AB00"]),
        ("keiendam mar", ["99AA01"]),
        ("de mar", ["99AC00"]),
        ("de duin", ["99AB00"]),
        ("lyceum aan", ["99AF00"]),
        ("99aa", ["99AA", "99AA01"]),
        ("99AA01", ["99AA01"]),
        (" 99aa 01 ", ["99AA01"]),
        ("99AD00", []),
        ("99A", ["99AE00", "99AC00", "99AB00", "99AF00", "99AA01"]),
        ("brug+", ["99AE00"]),
        ("retak", []),
        ("maria veendrecht", []),
        ("%", []),
        ("_", []),
        ("100%_", []),
        ("", []),
        ("  ", []),
        ("\x00", []),
        ("'; --", []),
        ("(", []),
    ],
)
def test_schools_are_found_by_the_beginnings_of_words(shelf, text, found):
    assert codes(find_schools(text)) == found


def test_names_that_begin_with_the_text_come_first():
    make_school("99AB00", "Aan het Kiezelpad")
    make_school("99AA00", "Kiezelpad")
    make_school("99AC00", "De Kiezel")
    assert codes(find_schools("kiezel")) == ["99AA00", "99AB00", "99AC00"]
    assert codes(find_schools("KIEZELPÁD")) == ["99AA00", "99AB00"]


@pytest.mark.parametrize(("limit", "count"), [(0, 0), (-3, 0), (5, 5), (10_000, 50)])
def test_what_is_found_is_bounded(limit, count):
    for number in range(60):
        make_school(f"99{chr(65 + number // 26)}{chr(65 + number % 26)}00")
    assert len(find_schools("kiezel", limit)) == count
    assert len(find_schools("kiezel " * 10_000, limit)) == count


def test_an_institution_is_offered_beside_locations_of_other_names():
    make_school("99AA", "Scholengroep De Kiezel")
    make_school("99AA01", "De Kiezel Noord")
    make_school("99AB", "De Kiezelsteen")
    make_school("99AB00", "De Kiezelsteen", **ENDED)
    assert set(codes(find_schools("kiezel"))) == {"99AA", "99AA01", "99AB"}


@pytest.mark.parametrize(
    ("known", "brin", "found"),
    [
        (["99AA", "99AA01"], "99AA01", "99AA01"),
        (["99AA", "99AA01"], " 99aa01\n", "99AA01"),
        (["99AA", "99AA01"], "99AA02", "99AA"),
        (["99AA", "99AA01"], "99AA", "99AA"),
        (["99AA01"], "99AA", "99AA01"),
        (["99AA01", "99AA02"], "99AA", None),
        (["99AA01"], "99AA02", None),
        (["99AA"], "99AB", None),
        (["99AA"], "99AAA", None),
        (["99AA"], "", None),
        (["99AA"], "\x00", None),
        (["99AA"], "９９AA", None),
    ],
)
def test_a_claim_names_a_school_by_its_code(known, brin, found):
    for code in known:
        make_school(code)
    assert code_of(brin) == found


def test_a_claim_of_a_merged_school_is_of_the_one_that_goes_on():
    last = make_school("99CC00")
    middle = make_school("99BB00", merged_into=last, **ENDED)
    make_school("99AA00", merged_into=middle, **ENDED)
    assert school_of_code("99AA00") == last
    assert school_of_code("99AA") == last


def test_a_school_that_ended_is_still_named_and_only_open_locations_are_guessed():
    make_school("99AA00", **ENDED)
    assert [code_of("99AA00"), code_of("99AA")] == ["99AA00", "99AA00"]
    make_school("99AA01")
    assert [code_of("99AA00"), code_of("99AA")] == ["99AA00", "99AA01"]


def test_a_circle_that_was_made_by_hand_ends():
    one, other = make_school("99AA00", **ENDED), make_school("99BB00", **ENDED)
    one.merged_into, other.merged_into = other, one
    one.save()
    other.save()
    assert school_that_goes_on(one) in {one, other}


@pytest.mark.parametrize(
    ("domain", "found"),
    [
        ("kiezel.example", ["99AA00", "99AB00"]),
        (" @Kiezel.EXAMPLE. ", ["99AA00", "99AB00"]),
        ("leerling.kiezel.example", []),
        ("example", []),
        ("", []),
        ("@", []),
        ("\x00", []),
    ],
)
def test_a_domain_is_that_of_schools_that_are_open(domain, found):
    for code in ("99AA00", "99AB00"):
        SchoolDomain.objects.create(school=make_school(code), domain="kiezel.example")
    SchoolDomain.objects.create(school=make_school("99AC00", **ENDED), domain="kiezel.example")
    assert codes(schools_of_domain(domain)) == found
