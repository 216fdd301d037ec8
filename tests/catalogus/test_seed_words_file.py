"""The words that are shipped, as files: single words in normal form, each said once, none that undoes another."""

import json
from pathlib import Path

import pytest

from catalogus.naming import normal_form
from catalogus.services.synonyms import MOST_WORDS

SEED = Path(__file__).resolve().parents[2] / "catalogus" / "seed"
WORDS: dict[str, list[str]] = json.loads((SEED / "words.json").read_text(encoding="utf-8"))
COMPOUNDS: dict[str, list[str]] = json.loads((SEED / "compounds.json").read_text(encoding="utf-8"))
SYNONYMS = json.loads((SEED / "synonyms.json").read_text(encoding="utf-8"))


def is_word(text):
    return text.isalpha() and normal_form(text) == text


def test_words_are_sorted_single_words_each_once():
    assert WORDS.keys() == {"any", "first", "never"}
    for words in WORDS.values():
        assert all(map(is_word, words))
        assert words == sorted(set(words))
    assert not set(WORDS["never"]) & (set(WORDS["any"]) | set(WORDS["first"]))


def test_compounds_are_single_words_of_no_part_or_several():
    assert list(COMPOUNDS) == sorted(COMPOUNDS)
    for word, parts in COMPOUNDS.items():
        assert is_word(word), word
        assert all(map(is_word, parts)), word
        assert len(parts) != 1, word
        assert word not in parts


def pairs():
    for group in SYNONYMS["two_way"]:
        yield from ((one, other) for one in group for other in group if one != other)
    for text, others in SYNONYMS["one_way"].items():
        yield from ((text, other) for other in others)


def test_each_pair_of_synonyms_is_said_once():
    keys = [(normal_form(text), normal_form(other)) for text, other in pairs()]
    assert len(keys) == len(set(keys))
    for key, other in keys:
        assert key
        assert other
        assert key != other
        assert key.count(" ") < MOST_WORDS


def test_groups_of_synonyms_do_not_overlap():
    texts = [normal_form(text) for group in SYNONYMS["two_way"] for text in group]
    assert len(texts) == len(set(texts)), "who is in two groups makes strangers alike"


@pytest.mark.parametrize(
    ("text", "other"),
    [("werkboek", "werkschrift"), ("leerboek", "tekstboek"), ("toets", "proefwerk"), ("topo", "topografie")],
)
def test_schools_say_both(text, other):
    found = {(normal_form(one), normal_form(two)) for one, two in pairs()}
    assert {(text, other), (other, text)} <= found
