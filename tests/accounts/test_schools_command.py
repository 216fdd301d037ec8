"""`manage.py schools`: what it says, what it does, and what it leaves when it is stopped or only tried."""

import os
import signal
import threading
import time
from collections.abc import Iterator
from datetime import date, timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from accounts.models import Affiliation, School
from tests.accounts.duo.files import NEW_HEAD, row, short_row, write
from tests.accounts.schools import make_affiliation, make_person, make_school

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _signals() -> Iterator[None]:
    """The command takes Ctrl-C for itself; the tests keep theirs."""
    before = [(number, signal.getsignal(number)) for number in (signal.SIGINT, signal.SIGTERM)]
    yield
    for number, handler in before:
        signal.signal(number, handler)


def told(*arguments: object) -> str:
    out = StringIO()
    call_command("schools", *map(str, arguments), stdout=out)
    return out.getvalue()


def failed(*arguments: object, code: int = 1) -> str:
    """What it says when it ends with this code."""
    out = StringIO()
    with pytest.raises(CommandError) as error:
        call_command("schools", *map(str, arguments), stdout=out)
    assert error.value.returncode == code
    return f"{out.getvalue()}{error.value}"


def codes(**which) -> list[str]:
    return list(School.objects.filter(**which).order_by("code").values_list("code", flat=True))


def test_a_file_is_loaded_and_loaded_again(tmp_path):
    file = write(tmp_path, short_row("99AA00"), short_row("99AA01"), short_row("99AB00"), head=NEW_HEAD)
    said = told("load", file, "--sector", "po")
    assert said.startswith("3 rijen gelezen = 3 nieuw + 0 gewijzigd + 0 gelijk + 0 geweigerd, in ")
    assert said.endswith("2 instellingen erbij gemaakt.\n")
    assert codes() == ["99AA", "99AA00", "99AA01", "99AB", "99AB00"]
    file = write(tmp_path, row("99AA00"), row("99AA01", "Anders"), row("99AC00"))
    said = told("load", file, "--sector", "po", "--sector", "so", "--sector", "po")
    assert said.startswith("3 rijen gelezen = 1 nieuw + 2 gewijzigd + 0 gelijk + 0 geweigerd, in ")
    assert School.objects.get(code="99AA00").sectors == ["po", "so"]


def test_bad_rows_are_told_and_the_good_ones_stored(tmp_path):
    file = write(tmp_path, row("99AA00"), row("99A"), row("99AB00", ""), row("99AC00"))
    said = failed("load", file, "--sector", "po")
    assert said.startswith("4 rijen gelezen = 2 nieuw + 0 gewijzigd + 0 gelijk + 2 geweigerd")
    assert "  rij 3, instellingscode “99A”: is geen code" in said
    assert "  rij 4, naam van de vestiging “”: ontbreekt" in said
    assert "2 rijen zijn geweigerd; de andere zijn opgeslagen. Verbeter ze" in said
    assert codes(code__regex="^.{6}$") == ["99AA00", "99AC00"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["load", "{file}", "--sector", "xo"], "Sector “xo” bestaat niet. Kies uit: po"),
        (["load", "{file}"], "--sector"),
        (["load", "weg.csv", "--sector", "po"], "“weg.csv” kan niet gelezen worden"),
        (["load", "{binary}", "--sector", "po"], "geen tekstbestand"),
        (["load", "{file}", "--sector", "po", "--column", "place"], "“place” is geen VELD=KOLOM"),
        (
            ["load", "{file}", "--sector", "po", "--column", "place=STAD"],
            "place=STAD: het bestand heeft die kolom niet",
        ),
        (["mergers", "{file}"], "geen kolom voor oude code"),
        (["merge", "99AA00", "99ZZ00"], "School “99AA00” is niet bekend"),
        (["end", "weg"], "School “weg” is niet bekend"),
        (["end", "99AA00", "--on", "ooit"], "“ooit” is geen datum"),
    ],
)
def test_what_cannot_be_done_says_why_and_changes_nothing(tmp_path, arguments, said):
    binary = tmp_path / "binair.csv"
    binary.write_bytes(bytes(range(256)))
    names = {"file": str(write(tmp_path, row("99AA00"))), "binary": str(binary)}
    assert said in failed(*(argument.format(**names) for argument in arguments))
    assert not School.objects.exists()


def test_a_whole_list_ends_what_it_leaves_out(tmp_path):
    told("load", write(tmp_path, row("99AA00"), row("99AB00")), "--sector", "po")
    file = write(tmp_path, row("99AA00"))
    told("load", file, "--sector", "po")
    assert codes(ended_on=None) == ["99AA", "99AA00", "99AB", "99AB00"], "not by a list that is not said to be whole"
    said = told("load", file, "--sector", "po", "--complete")
    assert "2 scholen opgeheven die het bestand niet noemt (99AB, 99AB00); 0 hebben nog een andere sector." in said
    assert codes(ended_on=timezone.localdate()) == ["99AB", "99AB00"]
    assert "0 scholen opgeheven" in told("load", file, "--sector", "po", "--complete")
    file = write(tmp_path, row("99AA00"), row("99AB00"))
    said = told("load", file, "--sector", "po", "--complete")
    assert (
        "2 scholen uit het bestand zijn hier opgeheven of opgegaan en blijven dat: 99AB, 99AB00. Met --reopen" in said
    )
    assert "2 gelijk" in said
    told("load", file, "--sector", "po", "--complete", "--reopen")
    assert codes(ended_on=None) == ["99AA", "99AA00", "99AB", "99AB00"]


def test_more_than_goes_in_the_ordinary_way_waits_for_agreement(tmp_path):
    every = [row(f"99A{letter}00") for letter in "ABCDEFGHIJKLM"]
    told("load", write(tmp_path, *every), "--sector", "po")
    file = write(tmp_path, every[0])
    said = failed("load", file, "--sector", "po", "--complete")
    assert "Niets opgeheven: het bestand mist 24 van 26 scholen, meer dan gewoonlijk" in said
    assert codes(ended_on=None) == codes()
    assert "24 scholen opgeheven" in told("load", file, "--sector", "po", "--complete", "--accept-ends")
    assert codes(ended_on=None) == ["99AA", "99AA00"]


@pytest.mark.parametrize(
    ("bad", "ended"),
    [
        # About which school the row goes is known, so that one is not missed.
        (row("99AB00", ""), ["99AC", "99AC00"]),
        (row("99AB0"), []),
    ],
)
def test_a_refused_row_does_not_end_its_school(tmp_path, bad, ended):
    told("load", write(tmp_path, row("99AA00"), row("99AB00"), row("99AC00")), "--sector", "po")
    said = failed("load", write(tmp_path, row("99AA00"), bad), "--sector", "po", "--complete")
    assert codes(ended_on__isnull=False) == ended
    assert ("van 1 geweigerde rijen is niet te lezen over welke school" in said) == (not ended)


def test_a_merger_and_an_end_by_hand():
    old = make_school("99AA00", "De Oude")
    make_school("99BB00", "De Nieuwe")
    make_affiliation(make_person(), old)
    said = told("merge", "99aa00", "99BB00", "--on", "2026-08-01")
    assert said.startswith("De Oude, Keiendam (99AA00) gaat op in De Nieuwe, Keiendam (99BB00): 1 banden verhuisd")
    assert School.objects.get(code="99AA00").ended_on == date(2026, 8, 1)
    assert "0 banden verhuisd" in told("merge", "99AA00", "99BB00")
    assert "kan niet in zichzelf opgaan" in failed("merge", "99BB00", "99AA00")
    said = told("end", "99BB00")
    assert said == "De Nieuwe, Keiendam (99BB00): 1 scholen opgeheven, 1 banden en 0 vaksecties beëindigd.\n"
    assert School.objects.get(code="99BB00").ended_on == timezone.localdate()
    later = timezone.localdate() + timedelta(1)
    assert "is nog niet geweest" in failed("end", "99BB00", "--on", f"{later:%d-%m-%Y}")


def test_a_list_of_mergers(tmp_path):
    for code in ("99AA00", "99BB00", "99CC00", "99DD00"):
        make_school(code)
    later = timezone.localdate() + timedelta(1)
    rows = [
        ("99BB00", "99CC00", "2026-08-01"),
        ("99AA00", "99BB00", "2025-08-01"),
        ("99ZZ00", "99BB00", "2025-08-01"),
        ("99CC00", "99ZZ00", "2026-08-01"),
        ("99DD00", "99CC00", str(later)),
        ("99CC00", "99AA00", "2026-08-02"),
    ]
    file = write(tmp_path, *rows, head=("OUD", "NIEUW", "INGANGSDATUM"))
    for count, sums in enumerate(("2 verwerkt + 0 al bekend", "0 verwerkt + 2 al bekend")):
        said = failed("mergers", file)
        expected = f"6 fusies gelezen = {sums} + 1 van scholen die hier niet bekend zijn + 3 geweigerd."
        assert said.startswith(expected), (count, said)
        assert "rij 5, nieuwe code “99ZZ00”: is hier niet bekend" in said
        assert f"rij 6, datum “{later}”: " in said
        assert "rij 7, oude code “99CC00”: 99CC00 kan niet in zichzelf opgaan" in said
    assert codes(ended_on=None) == ["99CC00", "99DD00"]


def test_a_try_changes_nothing(tmp_path):
    tie = make_affiliation(make_person(), make_school("99AA00", sectors=["po"]))
    make_school("99BB00")
    before = list(School.objects.order_by("pk").values())
    mergers = write(tmp_path, ("99AA00", "99BB00", "2026-08-01"), head=("OUD", "NIEUW", "DATUM"), name="fusies.csv")
    file = write(tmp_path, row("99AC00"))
    tries: list[tuple[list[object], str]] = [
        (["load", file, "--sector", "po", "--complete"], "1 nieuw"),
        (["mergers", mergers], "1 verwerkt"),
        (["merge", "99AA00", "99BB00"], "1 banden verhuisd"),
        (["end", "99AA00"], "1 scholen opgeheven"),
    ]
    for arguments, sums in tries:
        said = told(*arguments, "--dry-run")
        assert sums in said
        assert said.endswith("Dit was een proef: er is niets gewijzigd.\n")
        assert list(School.objects.order_by("pk").values()) == before
    assert Affiliation.objects.get() == tie
    assert Affiliation.objects.get().ended_at is None


def test_it_can_be_stopped_and_run_again(tmp_path):
    rows = [row(f"99{chr(65 + n // 26 % 26)}{chr(65 + n % 26)}{n // 676:02}", f"School {n}") for n in range(5_000)]
    file = write(tmp_path, *rows)
    own = signal.getsignal(signal.SIGINT)

    def press_ctrl_c() -> None:
        while signal.getsignal(signal.SIGINT) is own:
            time.sleep(0.001)
        os.kill(os.getpid(), signal.SIGINT)

    pressing = threading.Thread(target=press_ctrl_c)
    pressing.start()
    said = failed("load", file, "--sector", "po", code=130)
    pressing.join()
    assert "van 5000 rijen; wat gelezen is, staat er. Begin opnieuw om verder te gaan." in said
    done = School.objects.filter(code__regex="^.{6}$").count()
    assert done < 5_000
    assert told("load", file, "--sector", "po").startswith(f"5000 rijen gelezen = {5_000 - done} nieuw")


@pytest.mark.slow
def test_twelve_thousand_rows_load_in_seconds(tmp_path):
    rows = [row(f"9{9 - n // 6084}{chr(65 + n // 234 % 26)}{chr(65 + n // 9 % 26)}{n % 9:02}") for n in range(12_000)]
    file = write(tmp_path, *rows)
    started = time.monotonic()
    assert told("load", file, "--sector", "po").startswith("12000 rijen gelezen = 12000 nieuw")
    assert time.monotonic() - started < 20
