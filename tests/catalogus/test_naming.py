"""Normal forms, article numbers and family names: each rule by its example, and what holds for any text."""

import json
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalogus.article_numbers import ean13, ean_within
from catalogus.families import FamilyName, parse_edition_element, split_family
from catalogus.naming import normal_form, publisher_key

# Words that the rules look for, between any others: what plain random text would hardly ever hold.
WORDS = st.sampled_from(
    """
    3e druk 12e ed. editie 2021 2023/2024 2023-24 '23/'24 schooljaar derde herziene 2Druk druk, (3e druk) 1e/2e 2050
    havo vwo havo/vwo vmbo vmbo-kgt b/k/gt gt TL (havo havo) h/v vwo4 3havo tto mbo MBO2 niveau 2F A2 A1-A2
    groep leerjaar klas jaar bovenbouw 1 3 4-6 7 8 t/m en & - / , : ( ) [ voor het de van
    Boek Kern Taal Kiezel LRN-line Brug+
    """.split()  # noqa: SIM905  A column of seventy quoted words would be hard to read.
)
FAMILIES = st.one_of(st.text(), st.lists(WORDS, max_size=8).map(" ".join))


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("Tel & Meet", "tel en meet"),
        ("tel en meet", "tel en meet"),
        ("GODSDIENST/LEVENSBESCHOUWING", "godsdienst levensbeschouwing"),
        ("  Wereld-\n oriëntatie ", "wereld orientatie"),
        ("Wiskunde II", "wiskunde ii"),
        ("n.v.t.", "n v t"),
        ("Brug+", "brug+"),
        ("B1+", "b1+"),
        ("havo + vwo", "havo vwo"),
        ("a+b", "a b"),
        ("snake_case", "snake case"),
        ("STRAẞE", "strasse"),
        ("CO₂", "co2"),
        ("_+", ""),
        ("-", ""),
        ("", ""),
    ],
)
def test_normal_form(text, form):
    assert normal_form(text) == form


@given(st.text())
def test_normal_form_is_its_own_and_holds_words_only(text):
    form = normal_form(text)
    assert normal_form(form) == form
    assert form == " ".join(form.split())
    assert not re.search(r"[^\w+ ]", form)


@given(st.text())
def test_normal_form_does_not_see_case(text):
    assert normal_form(text.upper().lower()) == normal_form(text.upper())


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("Uitgeverij De Linde bv", "uitgeverij de linde"),
        ("Uitgeverij De Linde B.V.", "uitgeverij de linde"),
        ("Eikendal", "eikendal"),
        ("EikenDal", "eikendal"),
        ("B.V.", "b v"),
        ("Obv", "obv"),
    ],
)
def test_publisher_key(text, key):
    assert publisher_key(text) == key


@pytest.mark.parametrize(
    ("text", "strict", "within"),
    [
        ("9789095053078", "9789095053078", "9789095053078"),
        (" 9789095053078\n", "9789095053078", "9789095053078"),
        ("978-90-9505-307-8", "9789095053078", "9789095053078"),
        ("978 90 9505 307 8", "9789095053078", "9789095053078"),
        ("8710400280507", "8710400280507", "8710400280507"),
        ("urn:linde:9789095053078", None, "9789095053078"),
        ("ISBN 978-90-9505-307-8 (set)", None, "9789095053078"),
        ("9789095053078 9789095053078", None, "9789095053078"),
        ("9789095053078,9789095053092", None, None),
        ("9-7-8-9-0-6-0-5-2-3-0-7-0", None, None),
        ("871-0400280507", None, None),
        ("9789095053079", None, None),
        ("97890950530780", None, None),
        ("0000000000000", None, None),
        ("٩٧٨٩٠٦٠٥٢٣٠٧٠", None, None),
        ("73513537", None, None),
        ("license-01", None, None),
        ("", None, None),
    ],
)
def test_ean(text, strict, within):
    assert ean13(text) == strict
    assert ean_within(text) == within


@given(st.one_of(st.text(), st.text("0123456789- ")))
def test_ean_of_any_text_is_13_digits_or_none(text):
    for number in (ean13(text), ean_within(text)):
        assert number is None or re.fullmatch("[0-9]{13}", number)
    if ean13(text):
        assert ean_within(text) == ean13(text)


@given(st.integers(0, 10**12 - 1), st.integers(0, 12), st.integers(1, 9))
def test_ean_sees_one_wrong_digit(number, place, shift):
    digits = f"{number:012d}"
    check = -sum(int(digit) * (3 if index % 2 else 1) for index, digit in enumerate(digits)) % 10
    right = f"{digits}{check}"
    wrong = f"{right[:place]}{(int(right[place]) + shift) % 10}{right[place + 1 :]}"
    assert ean13(right) == (right if number else None)
    assert ean13(wrong) is None


@pytest.mark.parametrize(
    ("family", "expected"),
    [
        # Real names, as publishers sent them.
        ("Zichtlijn 3e druk", FamilyName("Zichtlijn", "3e druk", 3)),
        ("Oefenbundels havo 2023/2024", FamilyName("Oefenbundels", "2023/2024", 2023, ("havo",))),
        ("Spoor V&V basisdelen niveau 3", FamilyName("Spoor V&V basisdelen", levels=("niveau 3",))),
        ("Spoor V&V profieldelen niveau 4", FamilyName("Spoor V&V profieldelen", levels=("niveau 4",))),
        # Numbered editions, each spelling under one label, wherever they stand.
        ("Blink 3de druk", FamilyName("Blink", "3e druk", 3)),
        ("Blink derde, herziene druk", FamilyName("Blink", "3e druk", 3)),
        ("Blink 3e geheel herziene druk", FamilyName("Blink", "3e druk", 3)),
        ("Blink 2Druk", FamilyName("Blink", "2e druk", 2)),
        ("Blink druk 3", FamilyName("Blink", "3e druk", 3)),
        ("Blink 12e ed", FamilyName("Blink", "12e editie", 12)),
        ("Blink 12e ed.", FamilyName("Blink", "12e editie", 12)),
        ("Blink MAX 4de editie", FamilyName("Blink MAX", "4e editie", 4)),
        ("Blink editie 4", FamilyName("Blink", "4e editie", 4)),
        ("Blink ed. 2021", FamilyName("Blink", "editie 2021", 2021)),
        ("Blink 6th edition", FamilyName("Blink", "6e editie", 6)),
        ("Vonk 3e druk LRN-line", FamilyName("Vonk LRN-line", "3e druk", 3)),
        ("Vonk (3e druk) LRN-line", FamilyName("Vonk LRN-line", "3e druk", 3)),
        ("Blink - 3e druk - havo", FamilyName("Blink", "3e druk", 3, ("havo",))),
        ("Blink, 3e druk, havo", FamilyName("Blink", "3e druk", 3, ("havo",))),
        ("3e druk: Blink", FamilyName("Blink", "3e druk", 3)),
        # School years.
        ("Blink 2023-2024", FamilyName("Blink", "2023/2024", 2023)),
        ("Blink 2023/24", FamilyName("Blink", "2023/2024", 2023)),
        ("Blink '23/'24", FamilyName("Blink", "2023/2024", 2023)),
        ("Blink schooljaar 2023-2024", FamilyName("Blink", "2023/2024", 2023)),
        ("Blink examenjaar 2024", FamilyName("Blink", "2024", 2024)),
        ("Blink 3e druk 2023/2024", FamilyName("Blink", "3e druk 2023/2024", 3)),
        # Levels.
        ("Blink 12e ed havo/vwo", FamilyName("Blink", "12e editie", 12, ("havo", "vwo"))),
        ("Blink vmbo-kgt", FamilyName("Blink", levels=("vmbo-kgt",))),
        ("Blink kgt", FamilyName("Blink", levels=("vmbo-kgt",))),
        ("Blink vmbo b/k/gt", FamilyName("Blink", levels=("vmbo-b/k/gt",))),
        ("Blink vmbo-bb/kb", FamilyName("Blink", levels=("vmbo-bb/kb",))),
        ("Blink vmbo-(k)gt", FamilyName("Blink", levels=("vmbo-kgt",))),
        ("Blink vmbo-t/havo", FamilyName("Blink", levels=("vmbo-t", "havo"))),
        ("Blink gl/tl", FamilyName("Blink", levels=("vmbo-gl/tl",))),
        ("Blink h/v", FamilyName("Blink", levels=("havo", "vwo"))),
        ("Blink (havo/vwo)", FamilyName("Blink", levels=("havo", "vwo"))),
        ("Blink havo en vwo", FamilyName("Blink", levels=("havo", "vwo"))),
        ("Blink voor het vmbo", FamilyName("Blink", levels=("vmbo",))),
        ("Blink vwo tto", FamilyName("Blink", levels=("vwo", "tto"))),
        ("Blink tto", FamilyName("Blink", levels=("tto",))),
        ("Blink niveau 3/4", FamilyName("Blink", levels=("niveau 3", "niveau 4"))),
        ("Blink mbo niveau 3 en 4", FamilyName("Blink", levels=("mbo niveau 3", "mbo niveau 4"))),
        ("Blink MBO2", FamilyName("Blink", levels=("mbo niveau 2",))),
        ("Blink mbo 2", FamilyName("Blink", levels=("mbo niveau 2",))),
        ("Blink 2F/3F", FamilyName("Blink", levels=("2f", "3f"))),
        ("Blink niveau A2", FamilyName("Blink", levels=("a2",))),
        ("Blink A1-A2", FamilyName("Blink", levels=("a1", "a2"))),
        # Years.
        ("Blink leerjaar 3", FamilyName("Blink", years=("leerjaar 3",))),
        ("Blink klas 2", FamilyName("Blink", years=("klas 2",))),
        ("Blink derde klas", FamilyName("Blink", years=("klas 3",))),
        ("Blink groep 5", FamilyName("Blink", years=("groep 5",))),
        ("Blink voor groep 7/8", FamilyName("Blink", years=("groep 7", "groep 8"))),
        ("Blink groep 4-6", FamilyName("Blink", years=("groep 4", "groep 5", "groep 6"))),
        ("Blink groep 4 t/m 6", FamilyName("Blink", years=("groep 4", "groep 5", "groep 6"))),
        ("Blink bovenbouw", FamilyName("Blink", years=("bovenbouw",))),
        ("Blink havo/vwo 3", FamilyName("Blink", levels=("havo", "vwo"), years=("leerjaar 3",))),
        ("Blink 1 havo/vwo", FamilyName("Blink", levels=("havo", "vwo"), years=("leerjaar 1",))),
        ("Blink vwo4", FamilyName("Blink", levels=("vwo",), years=("leerjaar 4",))),
        ("Blink 3 gt", FamilyName("Blink", levels=("vmbo-gt",), years=("leerjaar 3",))),
        (
            "Blink havo 3, vwo 4",
            FamilyName("Blink", levels=("havo", "vwo"), years=("leerjaar 3", "leerjaar 4")),
        ),
        # A number behind a word for a part is no year, also when a level follows.
        ("Boek 3 havo", FamilyName("Boek 3", levels=("havo",))),
        ("Kern 7 havo", FamilyName("Kern 7", levels=("havo",))),
        # Nothing would be left: the name stays whole, what it says is known all the same.
        ("vwo 3e druk", FamilyName("vwo 3e druk", "3e druk", 3, ("vwo",))),
        ("1 havo/vwo", FamilyName("1 havo/vwo", levels=("havo", "vwo"), years=("leerjaar 1",))),
        (" \n", FamilyName("")),
    ],
)
def test_split_family(family, expected):
    assert split_family(family, title="") == expected


@pytest.mark.parametrize(
    "family",
    [
        "Brug+",
        "Kiezel LRN-line",
        "Taalketting.nu",
        "Spelling op de trap adaptief",
        "Blok26",
        "Zeldzame atlassen",
        "Engels BBL",
        "VIA",
        "Kern Taal",
        "Kern 7",
        "Blok 3",
        "Taal Pro",
        "Taal 3b",
        "Natuur 5G",
        "Agenda 2050",
        "De wereld van 2050",
        "Europa 1914-1918",
        "Crisis 2008-2018",
        "De crisis van 2008/2009",
        "Toets versie 2",
        "Software editie 2.0",
        "Kracht en druk 3",
        "Engels mbo",
        "Op weg naar het vwo",
        "In groep 3",
        "Taal & havo",
        "Kiezel (alleen havo)",
        "Havo wiskunde",
        "Werkboek A2",
        "Kans b/v",
        "Blok 11/12",
        "Niveau 7",
        "Druk",
    ],
)
def test_split_family_leaves_names_alone(family):
    assert split_family(family, title="") == FamilyName(family)


@pytest.mark.parametrize(
    ("family", "title", "edition"),
    [
        ("Blink", "Blink werkboek 3e druk havo 2", ("3e druk", 3)),
        ("Blink", "Blink pakket 2023/2024", ("2023/2024", 2023)),
        ("Blink 2e druk", "Blink werkboek 3e druk", ("2e druk", 2)),
        ("", "Werkboek 3e druk", ("3e druk", 3)),
        # The school year of a licence is its term.
        ("Blink", "Blink schoollicentie 2023/2024", ("", None)),
        ("Blink", "Blink 3e druk licentie 2023/2024", ("3e druk", 3)),
        ("Blink", "Blink werkboek 3", ("", None)),
    ],
)
def test_edition_from_the_title_only_where_the_family_has_none(family, title, edition):
    split = split_family(family, title)
    assert (split.edition_label, split.edition_ordinal) == edition
    assert split.method == split_family(family, title="").method


@given(FAMILIES, FAMILIES)
def test_splitting_the_result_again_changes_nothing(family, title):
    once = split_family(family, title)
    assert split_family(once.method, title).method == once.method


@given(FAMILIES, FAMILIES)
def test_a_family_never_loses_its_whole_name(family, title):
    split = split_family(family, title)
    assert bool(split.method) == bool(family.split())
    assert bool(normal_form(split.method)) == bool(normal_form(family))


@given(FAMILIES, FAMILIES)
def test_a_method_is_made_of_the_words_of_its_family(family, title):
    split = split_family(family, title)
    assert set(normal_form(split.method).split()) <= set(normal_form(family).split())


@given(FAMILIES, FAMILIES)
def test_an_ordinal_comes_with_a_label_and_every_text_says_something(family, title):
    split = split_family(family, title)
    assert (split.edition_ordinal is None) == (not split.edition_label)
    assert all(normal_form(text) for text in (*split.levels, *split.years))


@pytest.mark.parametrize(
    ("text", "edition"),
    [
        ("1Druk", ("1e druk", 1)),
        ("2Druk", ("2e druk", 2)),
        (" 3 ", ("3e druk", 3)),
        ("12e", ("12e druk", 12)),
        ("derde druk", ("3e druk", 3)),
        ("4e ed.", ("4e editie", 4)),
        ("2021", ("editie 2021", 2021)),
        ("2023-2024", ("2023/2024", 2023)),
        ("Herzien", ("Herzien", None)),
        ("nvt", ("", None)),
        ("n.v.t.", ("", None)),
        ("onbekend", ("", None)),
        ("", ("", None)),
    ],
)
def test_parse_edition_element(text, edition):
    assert parse_edition_element(text) == edition


@given(FAMILIES)
def test_the_label_of_an_edition_reads_as_itself(text):
    label, ordinal = parse_edition_element(text)
    if ordinal is not None:
        assert parse_edition_element(label)[1] == ordinal


def test_every_real_family_name_loses_what_is_said_and_nothing_else(shared_data: Path):
    lines = (shared_data / "koppelpunt" / "records.ndjson").read_text(encoding="utf-8").splitlines()
    entries = [json.loads(line)["entry"] for line in lines]
    families = {entry["ProductFamilyName"] for entry in entries if entry.get("ProductFamilyName")}
    taken = [name.removeprefix(split_family(name, "").method) for name in families]
    assert sorted(filter(None, taken)) == [" 3e druk", " havo 2023/2024", " niveau 3", " niveau 4"]
