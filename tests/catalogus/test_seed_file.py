"""The vocabularies that we ship, as files: whole, without ambiguity, and fit for what publishers really write."""

import csv
import json
import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from catalogus.choices import HIGHER_EDUCATION
from catalogus.families import split_family
from catalogus.naming import normal_form

SEED = Path(__file__).resolve().parents[2] / "catalogus" / "seed"
SCHEMES = ("sector", "level", "year", "proficiency", "subject")
FIELDS = {
    "scheme", "code", "label_nl", "label_en", "broader", "sectors", "uri", "order", "in_default_search", "aliases",
}  # fmt: skip
# Texts that stand in a Level element and name a subject: they tell nothing about the level.
SUBJECTS_SENT_AS_LEVEL = {"VERPLEGING EN VERZORGING"}


def read(name: str) -> Any:
    return json.loads((SEED / name).read_text(encoding="utf-8"))


CONCEPTS: list[dict[str, Any]] = read("concepts.json")
GROUPS: dict[str, list[str]] = read("level_groups.json")
NO_VALUES: list[str] = read("no_values.json")
CODES = {scheme: [c["code"] for c in CONCEPTS if c["scheme"] == scheme] for scheme in SCHEMES}
MEANINGS = {(c["scheme"], normal_form(text)): c["code"] for c in CONCEPTS for text in c["aliases"]}
GROUP_MEANINGS = {normal_form(text): codes for text, codes in GROUPS.items()}
NO_VALUE_KEYS = {normal_form(text) for text in NO_VALUES}


def test_higher_education_is_what_the_default_search_leaves_out():
    left_out = {concept["code"] for concept in CONCEPTS if not concept["in_default_search"]}
    assert left_out == set(HIGHER_EDUCATION)


def is_known(text: str, *schemes: str) -> bool:
    key = normal_form(text)
    in_group = "level" in schemes and key in GROUP_MEANINGS
    return key in NO_VALUE_KEYS or in_group or any((scheme, key) in MEANINGS for scheme in schemes)


@pytest.mark.parametrize("concept", CONCEPTS, ids=lambda concept: f"{concept['scheme']}:{concept['code']}")
def test_concept_is_whole(concept):
    assert concept.keys() == FIELDS
    assert concept["scheme"] in SCHEMES
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", concept["code"])
    assert len(concept["code"]) <= 60
    assert concept["label_nl"].strip()
    assert concept["label_en"].strip()
    assert concept["broader"] is None or concept["broader"] in set(CODES[concept["scheme"]]) - {concept["code"]}
    assert set(concept["sectors"]) <= set(CODES["sector"])
    assert bool(concept["sectors"]) == (concept["scheme"] != "sector")
    assert {normal_form(concept["label_nl"]), normal_form(concept["code"])} <= {
        normal_form(text) for text in concept["aliases"]
    }


@pytest.mark.parametrize("scheme", SCHEMES)
def test_codes_and_places_are_unique(scheme):
    assert len(CODES[scheme]) == len(set(CODES[scheme]))
    places = [concept["order"] for concept in CONCEPTS if concept["scheme"] == scheme]
    assert places == sorted(set(places))


def test_a_text_means_one_concept_of_a_scheme():
    texts = Counter((concept["scheme"], normal_form(text)) for concept in CONCEPTS for text in concept["aliases"])
    assert [text for text, count in texts.items() if count > 1 or not text[1]] == []


def test_broader_leads_to_a_top():
    broader = {(c["scheme"], c["code"]): (c["scheme"], c["broader"]) for c in CONCEPTS if c["broader"]}
    for start in broader:
        above, steps = start, 0
        while above in broader:
            above, steps = broader[above], steps + 1
            assert steps < 5, start


def test_groups_name_several_levels_and_repeat_no_alias():
    assert len(GROUP_MEANINGS) == len(GROUPS)
    for text, codes in GROUPS.items():
        assert len(codes) > 1, text
        assert len(codes) == len(set(codes)), text
        assert set(codes) <= set(CODES["level"]), text
        assert ("level", normal_form(text)) not in MEANINGS, text
        assert normal_form(text) not in NO_VALUE_KEYS, text


def test_no_value_means_nothing_in_any_scheme():
    assert len(NO_VALUE_KEYS) == len(NO_VALUES)
    assert {key for _, key in MEANINGS} & NO_VALUE_KEYS == set()
    assert {"nvt", "n.v.t.", "Alle courses", "Alle groepen", "-"} == {
        text for text in ("nvt", "n.v.t.", "Alle courses", "Alle groepen", "-") if is_known(text)
    }


def test_sectors_and_the_default_search():
    assert {"po", "so", "vo", "vso", "mbo", "hbo", "wo"} <= set(CODES["sector"])
    outside = {(c["scheme"], c["code"]) for c in CONCEPTS if not c["in_default_search"]}
    assert outside == {("sector", "ho"), ("sector", "hbo"), ("sector", "wo")}


def test_every_school_has_its_levels_years_and_subjects():
    assert set(CODES["year"]) == {f"groep-{n}" for n in range(1, 9)} | {f"leerjaar-{n}" for n in range(1, 7)}
    assert len(CODES["subject"]) >= 90
    for sector, least in {"po": 40, "so": 30, "vo": 60, "vso": 40, "mbo": 60}.items():
        assert sum(sector in c["sectors"] for c in CONCEPTS if c["scheme"] == "subject") >= least, sector
    for sector in ("po", "vo", "vso", "mbo"):
        assert any(sector in c["sectors"] for c in CONCEPTS if c["scheme"] == "level"), sector


@pytest.mark.parametrize(
    ("scheme", "text", "code"),
    [
        ("sector", "Voortgezet onderwijs", "vo"),
        ("sector", "HO", "ho"),
        ("level", "BASISONDERWIJS", "bao"),
        ("level", "SPECIAAL BASISONDERWIJS", "sbo"),
        ("level", "HAVO", "havo"),
        ("level", "VMBO", "vmbo"),
        ("level", "MBO2", "mbo-2"),
        ("level", "mbo-entree", "mbo-1"),
        ("level", "mavo", "vmbo-tl"),
        ("year", "Groep 5", "groep-5"),
        ("year", "klas 3", "leerjaar-3"),
        ("proficiency", "2F", "2f"),
        ("proficiency", "A2", "a2"),
        ("subject", "GODSDIENST/LEVENSBESCHOUWING", "godsdienst-levensbeschouwing"),
        ("subject", "VERPLEGING EN VERZORGING", "verpleging-verzorging"),
        ("subject", "V&V", "verpleging-verzorging"),
        ("subject", "rekenen-wiskunde", "rekenen"),
        ("subject", "Nederlandse taal", "nederlands"),
        ("subject", "wiskunde B", "wiskunde-b"),
        ("subject", "wisB", "wiskunde-b"),
        ("subject", "M&O", "bedrijfseconomie"),
        ("subject", "ak", "aardrijkskunde"),
        ("subject", "gs", "geschiedenis"),
        ("subject", "MBO ZORG", "zorg"),
        ("subject", "TAAL & SPELLING", "taal"),
        ("subject", "Wereldoriëntatie", "wereldorientatie"),
    ],
)
def test_meaning(scheme, text, code):
    assert MEANINGS[scheme, normal_form(text)] == code


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("vmbo b/k/gt", ["vmbo-bb", "vmbo-kb", "vmbo-gl", "vmbo-tl"]),
        ("KGT", ["vmbo-kb", "vmbo-gl", "vmbo-tl"]),
        ("bk", ["vmbo-bb", "vmbo-kb"]),
        ("gt", ["vmbo-gl", "vmbo-tl"]),
        ("TL/GL", ["vmbo-gl", "vmbo-tl"]),
        ("havo/vwo", ["havo", "vwo"]),
    ],
)
def test_group_meaning(text, codes):
    assert GROUP_MEANINGS[normal_form(text)] == codes


@pytest.mark.parametrize(
    ("scheme", "text"),
    [
        ("level", "Voortgezet onderwijs"),  # A sector, no level.
        ("level", "PO"),
        ("level", "niveau 3"),  # A level of mbo in mbo alone; elsewhere publishers count difficulty so.
        ("subject", "&"),  # Its normal form is the word "en", which must not be English.
        ("subject", "EXAMENBUNDELS"),  # Shelves of a publisher, no subjects.
        ("subject", "MEDISCHE ATLASSEN"),
    ],
)
def test_deliberately_without_meaning(scheme, text):
    assert (scheme, normal_form(text)) not in MEANINGS


@pytest.mark.parametrize(
    "family",
    [
        "X vmbo b/k/gt", "X vmbo-bb/kb", "X vmbo-(k)gt", "X vmbo-t/havo", "X gl/tl", "X bkgt", "X 3 gt", "X h/v",
        "X kgt", "X vmbo basis/kader", "X vmbo k 4", "X mavo/havo", "X mbo niveau 3/4", "X MBO2",
        "X atheneum/gymnasium", "X vwo+", "X pro/vmbo", "X 2F/3F", "X A1-A2", "X groep 4-6", "X klas 2",
        "X derde klas", "X havo/vwo 3", "X vwo4",
    ],
)  # fmt: skip
def test_what_is_split_off_a_family_name_is_known(family):
    split = split_family(family, title="")
    assert split.method == "X"
    assert [text for text in split.levels if not is_known(text, "level", "proficiency")] == []
    assert [text for text in split.years if not is_known(text, "year")] == []


def test_every_text_of_the_real_feed_is_known_or_left_out_on_purpose(shared_data: Path):
    """Level and Course of all samples; a level may also be a proficiency or the name of a sector."""
    lists = json.loads((shared_data / "vocabularies" / "eck_waardelijsten.json").read_text(encoding="utf-8"))
    profile = json.loads((shared_data / "koppelpunt" / "element_profile.json").read_text(encoding="utf-8"))["elements"]
    levels = {*lists["Level"]["gezien_2_5_2"], *lists["Level"]["gezien_2_3"]}
    courses = {*lists["Course"]["gezien_2_5_2"], *lists["Course"]["gezien_2_3"]}
    sectors = {value["waarde"] for value in lists["Sector"] if "waarde" in value}
    for path, element in profile.items():
        into = {"Level": levels, "Course": courses}.get(path.rsplit("/", 1)[-1].removeprefix("DEP"), set())
        into.update(element["sample"])
    assert len(levels) >= 15
    assert len(courses) >= 13
    unknown_levels = {text for text in levels if not is_known(text, "level", "proficiency", "sector")}
    assert unknown_levels == SUBJECTS_SENT_AS_LEVEL
    assert all(is_known(text, "subject") for text in SUBJECTS_SENT_AS_LEVEL)
    assert {text for text in courses if not is_known(text, "subject")} == set()
    assert {text for text in sectors if not is_known(text, "sector")} == set()
    assert {text for text in lists["leegwaarden"] if normal_form(text) not in NO_VALUE_KEYS} == set()


def test_the_subjects_of_the_edurep_vocabulary_are_known(shared_data: Path):
    """All but parts of a subject (those are objectives) and old vmbo programmes without one successor."""
    left_out = {
        "Begrippenlijst en taalverzorging", "Economisch burgerschap", "Getallen", "Meten en meetkunde",
        "Politiek-juridisch burgerschap", "Sociaal-maatschappelijk burgerschap", "Verbanden", "Verhoudingen",
        "Sport, dienstverlening en veiligheid", "Technologie in de gemengde leerweg",
    }  # fmt: skip
    labels = set()
    for sector in ("po", "vo", "mbo"):
        with (shared_data / "vocabularies" / f"obk_vakken_{sector}.csv").open(encoding="utf-8", newline="") as lines:
            labels |= {row["label_nl"] for row in csv.DictReader(lines)}
    assert len(labels) > 80
    assert {label for label in labels if not is_known(label, "subject")} == left_out
