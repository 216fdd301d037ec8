"""What changed between two texts, and that no text makes it take long."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviews.web.marks import Part, marked

HOSTILE = "".join(f"c{number} X " for number in range(1250))
HOSTILE_TOO = "".join(f"d{number} X " for number in range(1250))


def before_and_after(parts: list[Part]) -> tuple[str, str]:
    return (
        "".join(part.text for part in parts if part.kind != "ins"),
        "".join(part.text for part in parts if part.kind != "del"),
    )


@given(st.text("ab \n", max_size=60), st.text("ab \n", max_size=60))
def test_both_texts_are_read_from_the_marks(before, after):
    assert before_and_after(marked(before, after)) == (before, after)


def test_words_are_marked_by_themselves():
    assert marked("De opgaven zijn goed.", "De opgaven zijn heel goed.") == [
        Part("De opgaven zijn "),
        Part("heel ", "ins"),
        Part("goed."),
    ]


def test_a_text_made_to_take_long_is_shown_as_one_that_went_and_one_that_came():
    assert marked(HOSTILE, HOSTILE_TOO) == [Part(HOSTILE, "del"), Part(HOSTILE_TOO, "ins")]


def test_where_words_would_take_long_lines_are_compared():
    before, after = f"Eerst.\n{HOSTILE}\nDan.\nTot slot.", f"Eerst.\n{HOSTILE_TOO}\nDaarna.\nTot slot."
    assert marked(before, after) == [
        Part("Eerst.\n"),
        Part(f"{HOSTILE}\nDan.\n", "del"),
        Part(f"{HOSTILE_TOO}\nDaarna.\n", "ins"),
        Part("Tot slot."),
    ]


@pytest.mark.parametrize("text", [HOSTILE, "X\n" * 2500, "a b c d e " * 500])
def test_a_small_change_in_any_long_text_is_marked_by_words(text):
    assert marked(f"Goed. {text}", f"Beter. {text}") == [Part("Goed. ", "del"), Part("Beter. ", "ins"), Part(text)]
