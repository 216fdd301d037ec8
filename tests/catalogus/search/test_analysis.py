"""The tokens themselves, as the engine makes them: a difference between two engines, or two versions, shows here."""

import pytest

from catalogus.models import OutboxKind
from catalogus.search.indices import live_alias

pytestmark = pytest.mark.search


def tokens(search_index, field, text):
    answer = search_index.client.indices.analyze(index=live_alias(OutboxKind.PRODUCT), field=field, text=text)
    return [token["token"] for token in answer.body["tokens"]]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Wiskunde wiskundeboeken", ["wiskund", "wiskundeboek"]),
        ("fiets fietsen", ["fiets", "fiets"]),
        ("les lessen toets toetsen", ["les", "les", "toets", "toets"]),
        ("Één CAFÉ", ["een", "caf"]),
        ("Tel & Meet", ["tel", "en", "met"]),
        ("Tel&Meet", ["tel", "en", "met"]),
        ("havo-3 / vwo 4", ["havo", "3", "vwo", "4"]),
        ("9789000000012", ["9789000000012"]),
    ],
)
def test_words(search_index, text, expected):
    assert tokens(search_index, "text", text) == expected


def test_beginnings(search_index):
    assert tokens(search_index, "beginnings", "Één") == ["ee", "een"]


@pytest.mark.parametrize("text", ["Tel & Meet", "tel en meet", "TÉL EN MEET"])
def test_a_whole_title_has_one_form(search_index, text):
    assert tokens(search_index, "title.exact", text) == ["tel en meet"]
