"""What a Dutch word may be a form of. It proposes; whether such a word exists is for the caller to know."""

from collections.abc import Iterator

_VOWELS = "aeiou"
_HARD = {"z": "s", "v": "f"}


def base_forms(word: str) -> Iterator[str]:
    """Words in normal form of which this one may be the plural or the diminutive.

    "boeken" -> "boek"; "lessen" -> "less", "les"; "talen" -> "tal", "taal"; "opgaven" -> "opgave".
    """
    if word.endswith("heden"):
        yield f"{word[:-5]}heid"
    elif word.endswith("en"):
        yield from _stems(word[:-2])
        yield word[:-1]
    elif word.endswith(("je", "jes")):
        # "boekje", "schriftjes".
        yield word.removesuffix("s")[:-2]
    if word.endswith("s"):
        yield word[:-1]


def linked_forms(word: str) -> Iterator[str]:
    """Words of which this one may be the form within a compound: "docenten", "groeps", "kinder", "zonne"."""
    yield from base_forms(word)
    if word.endswith("er"):
        yield word[:-2]
    elif word.endswith("e"):
        yield from _stems(word[:-1])


def _stems(stem: str) -> Iterator[str]:
    """What stands before "en": a doubled consonant is one, a single vowel may be long, z and v are s and f."""
    if len(stem) < 3:
        return
    end = _HARD.get(stem[-1], stem[-1])
    yield f"{stem[:-1]}{end}"
    if stem[-1] == stem[-2] and stem[-1] not in _VOWELS:
        yield stem[:-1]
    elif stem[-2] in _VOWELS and stem[-3] not in _VOWELS and stem[-1] not in _VOWELS:
        yield f"{stem[:-2]}{stem[-2] * 2}{end}"
