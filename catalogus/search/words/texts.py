"""How words are written within a text."""

import re

WORD = re.compile(r"[^\W_]+")


def humps(word: str) -> list[str]:
    """The words of one written with capitals within: "GetalEnRuimte" -> "Getal", "En", "Ruimte"; else none."""
    if word.islower() or word.isupper() or word[1:].islower():
        return []
    places = [place for place in range(1, len(word)) if word[place - 1].islower() and word[place].isupper()]
    if not places:
        return []
    return [word[start:end] for start, end in zip([0, *places], [*places, len(word)], strict=True)]
