from datetime import date

import pytest

from accounts.duo.mergers import read_mergers
from accounts.exceptions import AddressFileRefused


def read(tmp_path, text: str, **given: str):
    path = tmp_path / "fusies.csv"
    path.write_text(text)
    return read_mergers(path, given)


@pytest.mark.parametrize(
    "day", ["2026-08-01", "20260801", "1-8-2026", "01-08-2026", "1/8/2026", " 2026-08-01 00:00:00 "]
)
def test_a_day_is_read_however_it_is_written(tmp_path, day):
    mergers, refusals = read(tmp_path, f"OUDE_CODE;NIEUWE CODE;DATUM\n99aa00;99BB;{day}\n")
    assert [(merger.old, merger.new, merger.on) for merger in mergers] == [("99AA00", "99BB", date(2026, 8, 1))]
    assert refusals == []


def test_mergers_come_in_the_order_in_which_they_happened(tmp_path):
    rows = ["99CC;99DD;2026-08-01", "99AA;99BB;2026-08-01", "99AA01;99BB02;2026-08-01", "99BB;99CC;2025-08-01"]
    mergers, _refusals = read(tmp_path, "\n".join(["oud;nieuw;datum", *rows]))
    assert [merger.old for merger in mergers] == ["99BB", "99AA01", "99CC", "99AA"]


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("99A;99BB;2026-08-01", "rij 2, oude code “99A”: is geen code"),
        ("99AA;;2026-08-01", "rij 2, nieuwe code “”: ontbreekt"),
        ("99AA;99BB;2026-02-30", "rij 2, datum “2026-02-30”: is geen datum"),
        ("99AA;99BB;1 augustus 2026", "is geen datum"),
        ("99AA;99BB;46235", "is geen datum. Schrijf hem als 2026-08-01"),
        ("99AA;99BB;", "rij 2, datum “”: is geen datum"),
        ("99AA;99BB", "heeft 2 velden waar de kop er 3 heeft"),
    ],
)
def test_a_bad_row_is_refused_by_itself(tmp_path, row, said):
    mergers, (refusal,) = read(tmp_path, f"oud;nieuw;datum\n{row}\n99CC;99DD;2026-08-01\n")
    assert said in str(refusal)
    assert [merger.old for merger in mergers] == ["99CC"]


def test_columns_are_asked_for(tmp_path):
    with pytest.raises(AddressFileRefused, match=r"geen kolom voor datum .*--column date=KOLOM"):
        read(tmp_path, "oud;nieuw;wanneer\n99AA;99BB;2026-08-01\n")
    assert len(read(tmp_path, "oud;nieuw;wanneer\n99AA;99BB;2026-08-01\n", date="Wanneer")[0]) == 1
