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
        # Names as publishers write them.
        ("Zichtlijn 3e druk", FamilyName("Zichtlijn", "3e druk", 3)),
        ("Oefenbundels havo 2023/2024", FamilyName("Oefenbundels", "2023/2024", 2023, ("havo",))),
        ("Spoor V&V basisdelen niveau 3", FamilyName("Spoor V&V basisdelen", levels=("niveau 3",))),
        ("Spoor V&V profieldelen niveau 4", FamilyName("Spoor V&V profieldelen", levels=("niveau 4",))),
        # Numbered editions, each spelling under one label, wherever they stand.
        ("Glimp 3de druk", FamilyName("Glimp", "3e druk", 3)),
        ("Glimp derde, herziene druk", FamilyName("Glimp", "3e druk", 3)),
        ("Glimp 3e geheel herziene druk", FamilyName("Glimp", "3e druk", 3)),
        ("Glimp 2Druk", FamilyName("Glimp", "2e druk", 2)),
        ("Glimp druk 3", FamilyName("Glimp", "3e druk", 3)),
        ("Glimp 12e ed", FamilyName("Glimp", "12e editie", 12)),
        ("Glimp 12e ed.", FamilyName("Glimp", "12e editie", 12)),
        ("Glimp MAX 4de editie", FamilyName("Glimp MAX", "4e editie", 4)),
        ("Glimp editie 4", FamilyName("Glimp", "4e editie", 4)),
        ("Glimp ed. 2021", FamilyName("Glimp", "editie 2021", 2021)),
        ("Glimp 6th edition", FamilyName("Glimp", "6e editie", 6)),
        ("Vonk 3e druk LRN-line", FamilyName("Vonk LRN-line", "3e druk", 3)),
        ("Vonk (3e druk) LRN-line", FamilyName("Vonk LRN-line", "3e druk", 3)),
        ("Glimp - 3e druk - havo", FamilyName("Glimp", "3e druk", 3, ("havo",))),
        ("Glimp, 3e druk, havo", FamilyName("Glimp", "3e druk", 3, ("havo",))),
        ("3e druk: Glimp", FamilyName("Glimp", "3e druk", 3)),
        # School years.
        ("Glimp 2023-2024", FamilyName("Glimp", "2023/2024", 2023)),
        ("Glimp 2023/24", FamilyName("Glimp", "2023/2024", 2023)),
        ("Glimp '23/'24", FamilyName("Glimp", "2023/2024", 2023)),
        ("Glimp schooljaar 2023-2024", FamilyName("Glimp", "2023/2024", 2023)),
        ("Glimp examenjaar 2024", FamilyName("Glimp", "2024", 2024)),
        ("Glimp 3e druk 2023/2024", FamilyName("Glimp", "3e druk 2023/2024", 3)),
        # Levels.
        ("Glimp 12e ed havo/vwo", FamilyName("Glimp", "12e editie", 12, ("havo", "vwo"))),
        ("Glimp vmbo-kgt", FamilyName("Glimp", levels=("vmbo-kgt",))),
        ("Glimp kgt", FamilyName("Glimp", levels=("vmbo-kgt",))),
        ("Glimp vmbo b/k/gt", FamilyName("Glimp", levels=("vmbo-b/k/gt",))),
        ("Glimp vmbo-bb/kb", FamilyName("Glimp", levels=("vmbo-bb/kb",))),
        ("Glimp vmbo-(k)gt", FamilyName("Glimp", levels=("vmbo-kgt",))),
        ("Glimp vmbo-t/havo", FamilyName("Glimp", levels=("vmbo-t", "havo"))),
        ("Glimp gl/tl", FamilyName("Glimp", levels=("vmbo-gl/tl",))),
        ("Glimp h/v", FamilyName("Glimp", levels=("havo", "vwo"))),
        ("Glimp (havo/vwo)", FamilyName("Glimp", levels=("havo", "vwo"))),
        ("Glimp havo en vwo", FamilyName("Glimp", levels=("havo", "vwo"))),
        ("Glimp voor het vmbo", FamilyName("Glimp", levels=("vmbo",))),
        ("Glimp vwo tto", FamilyName("Glimp", levels=("vwo", "tto"))),
        ("Glimp tto", FamilyName("Glimp", levels=("tto",))),
        ("Glimp niveau 3/4", FamilyName("Glimp", levels=("niveau 3", "niveau 4"))),
        ("Glimp mbo niveau 3 en 4", FamilyName("Glimp", levels=("mbo niveau 3", "mbo niveau 4"))),
        ("Glimp MBO2", FamilyName("Glimp", levels=("mbo niveau 2",))),
        ("Glimp mbo 2", FamilyName("Glimp", levels=("mbo niveau 2",))),
        ("Glimp 2F/3F", FamilyName("Glimp", levels=("2f", "3f"))),
        ("Glimp niveau A2", FamilyName("Glimp", levels=("a2",))),
        ("Glimp A1-A2", FamilyName("Glimp", levels=("a1", "a2"))),
        # Years.
        ("Glimp leerjaar 3", FamilyName("Glimp", years=("leerjaar 3",))),
        ("Glimp klas 2", FamilyName("Glimp", years=("klas 2",))),
        ("Glimp derde klas", FamilyName("Glimp", years=("klas 3",))),
        ("Glimp groep 5", FamilyName("Glimp", years=("groep 5",))),
        ("Glimp voor groep 7/8", FamilyName("Glimp", years=("groep 7", "groep 8"))),
        ("Glimp groep 4-6", FamilyName("Glimp", years=("groep 4", "groep 5", "groep 6"))),
        ("Glimp groep 4 t/m 6", FamilyName("Glimp", years=("groep 4", "groep 5", "groep 6"))),
        ("Glimp bovenbouw", FamilyName("Glimp", years=("bovenbouw",))),
        ("Glimp havo/vwo 3", FamilyName("Glimp", levels=("havo", "vwo"), years=("leerjaar 3",))),
        ("Glimp 1 havo/vwo", FamilyName("Glimp", levels=("havo", "vwo"), years=("leerjaar 1",))),
        ("Glimp vwo4", FamilyName("Glimp", levels=("vwo",), years=("leerjaar 4",))),
        ("Glimp 3 gt", FamilyName("Glimp", levels=("vmbo-gt",), years=("leerjaar 3",))),
        (
            "Glimp havo 3, vwo 4",
            FamilyName("Glimp", levels=("havo", "vwo"), years=("leerjaar 3", "leerjaar 4")),
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
        ("Glimp", "Glimp werkboek 3e druk havo 2", ("3e druk", 3)),
        ("Glimp", "Glimp pakket 2023/2024", ("2023/2024", 2023)),
        ("Glimp 2e druk", "Glimp werkboek 3e druk", ("2e druk", 2)),
        ("", "Werkboek 3e druk", ("3e druk", 3)),
        # The school year of a licence is its term.
        ("Glimp", "Glimp schoollicentie 2023/2024", ("", None)),
        ("Glimp", "Glimp 3e druk licentie 2023/2024", ("3e druk", 3)),
        ("Glimp", "Glimp werkboek 3", ("", None)),
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
