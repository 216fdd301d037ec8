"""Schools as files tell them: what is stored, what follows, and what a file may not undo."""

import time
from dataclasses import astuple
from datetime import date
from string import ascii_uppercase

import pytest
from django.core.exceptions import ValidationError

from accounts.duo.addresses import Address
from accounts.exceptions import SchoolsStopped
from accounts.models import School
from accounts.services.schools import end_absent, find_absence, store_schools
from tests.accounts.schools import make_affiliation, make_person, make_school

pytestmark = pytest.mark.django_db

DAY = date(2026, 11, 1)


def told(
    code: str,
    name: str = "De Kiezel",
    place: str = "Keiendam",
    board: str = "",
    institution: str = "",
    province: str = "",
) -> Address:
    return Address(2, code, name, place, board, institution, province)


def store(*addresses: Address, sectors=("po",), on=DAY, **options):
    """New, changed, same, institutions made, and the schools that stay closed."""
    return astuple(store_schools(addresses=addresses, sectors=sectors, on=on, **options))


def stored(code: str) -> tuple:
    school = School.objects.get(code=code)
    return school.name, school.place, school.board_code, school.sectors


def test_a_location_makes_sure_of_its_institution():
    assert store(told("99AA01", "Noord", board="90001"), told("99AA02", "Zuid")) == (2, 0, 0, 1, [])
    assert stored("99AA01") == ("Noord", "Keiendam", "90001", ["po"])
    assert stored("99AA") == ("Noord", "Keiendam", "90001", ["po"])
    school = School.objects.get(code="99AA01")
    assert (school.institution_code, school.search_key, school.listed_on) == ("99AA", "99aa01 noord keiendam", DAY)


def test_storing_again_changes_nothing_but_the_day():
    file = (told("99AA01", "Noord"), told("99AB00"), told("99AC"))
    assert store(*file) == (3, 0, 0, 2, [])
    before = list(School.objects.order_by("code").values_list("pk", "code", "name"))
    later = date(2026, 11, 8)
    assert store(*file, on=later) == (0, 0, 3, 0, [])
    assert list(School.objects.order_by("code").values_list("pk", "code", "name")) == before
    assert set(School.objects.values_list("listed_on", flat=True)) == {later}


def test_what_changed_is_written_and_what_a_row_leaves_open_stays():
    store(told("99AA01", "Noord", board="90001"), told("99AB00"))
    assert store(told("99AA01", "Noorderlicht", "Veendrecht"), told("99AB00")) == (0, 1, 1, 0, [])
    assert stored("99AA01") == ("Noorderlicht", "Veendrecht", "90001", ["po"])
    assert School.objects.get(code="99AA01").search_key == "99aa01 noorderlicht veendrecht"
    assert store(told("99AA01", "Noorderlicht", "")) == (0, 0, 1, 0, [])
    assert stored("99AA01")[1] == "Veendrecht"


def provinces() -> dict[str, str]:
    return dict(School.objects.values_list("code", "province"))


def test_the_province_is_stored_and_a_file_without_it_leaves_what_is_stored():
    assert store(told("99AA01", province="Drenthe")) == (1, 0, 0, 1, [])
    assert provinces() == {"99AA": "Drenthe", "99AA01": "Drenthe"}
    assert store(told("99AA01")) == (0, 0, 1, 0, [])
    assert provinces() == {"99AA": "Drenthe", "99AA01": "Drenthe"}
    assert store(told("99AA01", province="Overijssel")) == (0, 1, 0, 0, [])
    # What an institution took from its location follows it.
    assert provinces() == {"99AA": "Overijssel", "99AA01": "Overijssel"}


def test_schools_from_before_provinces_were_kept_get_theirs():
    store(told("99AA", "De Groep", "Elders"), told("99AA01", "Noord"))
    assert store(told("99AA01", "Noord", province="Drenthe"))[:3] == (0, 1, 0)
    assert provinces() == {"99AA": "Drenthe", "99AA01": "Drenthe"}
    store(told("99AA", "De Groep", province="Zeeland"), told("99AA01", "Noord", province="Drenthe"))
    store(told("99AA01", "Noord", province="Drenthe"))
    assert provinces() == {"99AA": "Zeeland", "99AA01": "Drenthe"}, "what a file of institutions told stays"


@pytest.mark.parametrize(
    ("first", "then", "name"),
    [
        # What an institution took from its location follows it.
        ([told("99AA01", "Noord")], [told("99AA01", "Noorderlicht")], "Noorderlicht"),
        # What a file of institutions told of it stays.
        ([told("99AA", "De Groep"), told("99AA01", "Noord")], [told("99AA01", "Noorderlicht")], "De Groep"),
        ([told("99AA", "De Groep")], [told("99AA01", "Noord")], "De Groep"),
        # A file that tells both is believed.
        ([told("99AA01", "Noord")], [told("99AA01", "Noord", institution="De Groep")], "De Groep"),
        ([told("99AA01", "Noord")], [told("99AA", "De Groep"), told("99AA01", "Noord")], "De Groep"),
        # Another location says nothing of it.
        ([told("99AA01", "Noord")], [told("99AA02", "Zuid")], "Noord"),
    ],
)
def test_the_name_of_an_institution(first, then, name):
    store(*first)
    store(*then)
    assert stored("99AA")[0] == name


def test_sectors_are_added():
    store(told("99AA01"), sectors=["so"])
    assert store(told("99AA01"), sectors=["vso", "so"]) == (0, 1, 0, 0, [])
    assert stored("99AA01")[3] == ["so", "vso"]
    assert stored("99AA")[3] == ["so", "vso"]


@pytest.mark.parametrize(("sectors", "said"), [(["xo"], "“xo” bestaat niet. Kies uit: po, "), ([], "Noem de sector")])
def test_a_sector_is_one_of_those_known(sectors, said):
    with pytest.raises(ValidationError) as refused:
        store(told("99AA01"), sectors=sectors)
    assert said in refused.value.messages[0]
    assert not School.objects.exists()


@pytest.mark.parametrize(
    ("reopen", "result", "is_open"),
    [(False, (0, 0, 2, 0, ["99AA01", "99AB01"]), False), (True, (0, 1, 1, 0, ["99AB01"]), True)],
)
def test_a_file_does_not_undo_an_end_unless_told_and_never_a_merger(reopen, result, is_open):
    store(told("99AA01"), told("99AB01"))
    ended = School.objects.get(code="99AA01")
    ended.ended_on = date(2026, 8, 1)
    ended.save()
    School.objects.filter(code="99AB01").update(ended_on=date(2026, 8, 1), merged_into=make_school("99AC00"))
    assert store(told("99AA01"), told("99AB01"), reopen=reopen) == result
    assert School.objects.get(code="99AA01").is_open == is_open
    merged = School.objects.get(code="99AB01")
    assert (merged.is_open, merged.merged_into_id is None) == (False, False)


def many(count: int) -> list[Address]:
    letters = [one + other for one in ascii_uppercase for other in ascii_uppercase]
    codes = [f"9{digit}{pair}{location:02}" for digit in range(8, 10) for pair in letters for location in range(12)]
    return [told(code, f"School {code}") for code in codes[:count]]


@pytest.mark.slow
def test_twelve_thousand_rows_take_seconds():
    addresses = many(12_000)
    started = time.monotonic()
    new, changed, same, institutions, closed = store(*addresses)
    assert (new, changed, same, institutions, closed) == (12_000, 0, 0, 1_000, [])
    assert store(*addresses)[:4] == (0, 0, 12_000, 0)
    assert time.monotonic() - started < 30


def test_a_stop_keeps_what_was_done_and_the_next_call_goes_on():
    addresses = many(2_500)
    seen: list[int] = []
    with pytest.raises(SchoolsStopped, match="Gestopt na 1008 van 2500 rijen"):
        store(*addresses, watch=seen.append, should_stop=lambda: bool(seen))
    assert School.objects.filter(code__regex="^.{6}$").count() == 1_008
    assert store(*addresses)[:3] == (1_492, 0, 1_008)


def absence(*codes: str, sectors=("po",)):
    found = find_absence(named=codes, sectors=sectors)
    names = dict(School.objects.values_list("pk", "code"))
    return found.present, [names[pk] for pk in found.due], [names[pk] for pk in found.partly]


def test_what_a_whole_list_leaves_out():
    store(told("99AA01"), told("99AA02"), told("99AB01"), sectors=["po"])
    store(told("99AC01"), sectors=["po", "so"])
    store(told("99AD01"), sectors=["vo"])
    assert absence("99AA01") == (7, ["99AB01", "99AB", "99AA02"], ["99AC01", "99AC"])
    assert absence("99AA01", sectors=["vo"]) == (2, ["99AD01", "99AD"], [])
    assert absence("99AA", "99AC") == (3, ["99AB"], []), "a list of institutions says nothing of locations"
    assert absence("99AA01", "99AA02", "99AB01", "99AC01") == (7, [], [])


def test_what_is_left_out_is_ended_and_what_has_another_sector_loses_this_one():
    store(told("99AA01"), told("99AB01"))
    store(told("99AC01"), sectors=["po", "so"])
    tie = make_affiliation(make_person(), School.objects.get(code="99AB01"))
    found = find_absence(named=["99AA01"], sectors=["po"])
    for count in (2, 2):
        assert end_absent(absence=found, sectors=["po"], on=DAY) == count
        ended = School.objects.filter(ended_on=DAY).values_list("code", flat=True)
        assert set(ended) == {"99AB", "99AB01"}
        assert stored("99AC01")[3] == stored("99AC")[3] == ["so"]
    tie.refresh_from_db()
    assert tie.end_reason == "school"
    assert absence("99AA01") == (2, [], [])


@pytest.mark.parametrize(
    ("present", "gone", "asks"), [(30, 20, False), (30, 21, True), (500, 25, False), (500, 26, True)]
)
def test_much_at_once_asks_for_agreement(present, gone, asks):
    store(*many(present))
    codes = list(School.objects.filter(code__regex="^.{6}$").order_by("code").values_list("code", flat=True))
    School.objects.filter(code__regex="^.{4}$").delete()
    assert find_absence(named=codes[gone:], sectors=["po"]).needs_agreement == asks


def test_ending_is_stopped_between_two_schools():
    store(told("99AA01"), told("99AB01"))
    found = find_absence(named=["99AC01"], sectors=["po"])
    seen: list[int] = []
    with pytest.raises(SchoolsStopped, match="Gestopt na het opheffen van 1 van 4 scholen"):
        end_absent(absence=found, sectors=["po"], on=DAY, watch=seen.append, should_stop=lambda: bool(seen))
    assert School.objects.exclude(ended_on=None).count() == 1
