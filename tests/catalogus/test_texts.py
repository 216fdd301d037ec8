"""What people type, made fit to keep."""

import pytest

from catalogus.texts import printable


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("gewoon", "gewoon"),
        ("om\u202ekeren", "om keren"),
        ("nul\u0000teken", "nul teken"),
        ("half\ud800paar", "half paar"),
        ("on\u200bzichtbaar", "on zichtbaar"),
        ("samen\u200dgevoegd", "samen gevoegd"),
        ("\u200dvooraan", " vooraan"),
        ("\U0001f469\u200d\U0001f3eb", "\U0001f469\u200d\U0001f3eb"),
        ("\U0001f469\U0001f3fd\u200d\U0001f3eb", "\U0001f469\U0001f3fd\u200d\U0001f3eb"),
    ],
)
def test_what_cannot_be_seen_is_a_space(text, kept):
    assert printable(text) == kept
