"""What a visitor typed, made fit to keep and to show: without signs that nobody sees and that change how text reads."""

import unicodedata

_KEPT = frozenset("\n\u200c\u200d")
"""Of the signs of the classes below: a new line, and what joins or parts letters of some scripts and pictures."""


def clean_text(text: str) -> str:
    """The text in Unicode's composed form, lines ended by one sign, no more than one empty line together.

    Control signs, half characters and everything that turns the direction of writing around (U+202E and the like,
    class Cf) are left out: with these a text reads otherwise than it is stored. A tab becomes a space.
    """
    lines = text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")
    seen = "".join(sign for sign in lines if sign in _KEPT or not unicodedata.category(sign).startswith("C"))
    composed = unicodedata.normalize("NFC", seen)
    folded: list[str] = []
    for line in composed.split("\n"):
        bare = line.rstrip()
        if bare or (folded and folded[-1]):
            folded.append(bare)
    return "\n".join(folded).strip()
