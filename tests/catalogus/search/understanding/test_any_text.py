"""Whatever the text: no error, nothing lost, no long wait."""

import time
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from catalogus.search.criteria import MAX_TEXT_LENGTH
from catalogus.search.understanding import understand

_PIECES = (
    'havo vwo 3 3h kgt mbo niveau groep 5, 7/8 t/m en of & / voor de in zonder geen niet - -" " “ ” „ -werkboek €'
    " 30 euro onder tussen tot 9789095053078 978-90-9505 307-8 ISBN: 3e druk 2023/2024 wiskunde b natuur-"
    " scheikunde na basis leverbaar meer \x00 \ud800 ß ŉ ² ( ) +x ~2 'x 🙂 ﬁ İ"
)
PIECES = st.sampled_from(_PIECES.split(" "))
TEXTS = st.one_of(
    st.text(max_size=MAX_TEXT_LENGTH),
    st.lists(PIECES, max_size=40).map(" ".join),
    st.lists(PIECES, max_size=40).map("".join),
)
ANY = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@ANY
@given(TEXTS, st.booleans())
def test_every_sign_is_understood_or_looked_for(houses, text, is_literal):
    understanding = understand(text, is_literal=is_literal)
    rest = list(text)
    for stretch in (*understanding.recognised, *understanding.marked):
        assert 0 <= stretch.start < stretch.end <= len(text)
        rest[stretch.start : stretch.end] = " " * (stretch.end - stretch.start)
    left = "".join(sign for sign in "".join(rest) if sign.isalnum())
    assert left == "".join(sign for sign in "".join(understanding.words) if sign.isalnum())
    assert all("&" in word or any(sign.isalnum() for sign in word) for word in understanding.words)


@ANY
@given(TEXTS)
def test_stretches_do_not_overlap_unless_they_are_one(houses, text):
    understanding = understand(text)
    spans = sorted({(stretch.start, stretch.end) for stretch in (*understanding.recognised, *understanding.marked)})
    assert all(before[1] <= after[0] for before, after in pairwise(spans))


@ANY
@given(TEXTS)
def test_taking_things_away_one_by_one_ends(houses, text):
    for _turn in range(len(text) + 1):
        understanding = understand(text)
        stretches = (*understanding.recognised, *understanding.marked)
        if not stretches:
            break
        shorter = understanding.without(stretches[0])
        assert len(shorter.replace(" ", "")) < len(text.replace(" ", "")), "a gap may take the place of what was there"
        text = shorter


REPEATED = [
    "3 ", "havo ", "havo 3 ", "a b ", "en ", '"', "“", "-a ", "€1 ", "1-", "e/", "3h ", "f", "zonder ", "tot 3 ", "3e ",
    "9 ", "groep 3 en 4 ", "v/", "0x", "(", "vmbo-", "wi a ", "a,", "5, ", "havo & ", "978", "978 ", "eur 1 - ", "é",
    "𝒳", "\x00", "niet meer ", "druk ", "isbn ",
]  # fmt: skip


def test_the_longest_text_takes_no_time(houses):
    texts = [(piece * MAX_TEXT_LENGTH)[:MAX_TEXT_LENGTH] for piece in REPEATED]
    understand(texts[0])  # The names are read by now.
    # Ten times what the slowest of these takes on a machine that does other work besides.
    assert not {text[:20] for text in texts if min(_seconds(text) for _turn in range(5)) > 0.1}


@pytest.mark.parametrize("piece", REPEATED)
def test_four_times_the_text_takes_no_more_than_some_four_times_as_long(piece, db):
    short, long = ((piece * length)[:length] for length in (2_000, 8_000))
    understand(long)
    quick, slow = (min(_seconds(text) for _turn in range(3)) for text in (short, long))
    # Sixteen times would be the square.
    assert slow < 10 * quick + 0.02


def _seconds(text: str) -> float:
    begun = time.process_time()
    understand(text)
    return time.process_time() - begun
