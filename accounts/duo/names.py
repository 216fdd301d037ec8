"""Names of schools and places as people write them, and the text in which what they type is looked for."""

import re

from catalogus.naming import normal_form

KEY_LENGTH = 400
"""What `School.search_key` holds. Some signs stand for several letters, so a name may grow."""

_SPOKEN = {
    "s gravenhage": "Den Haag",
    "den haag": "'s-Gravenhage",
    "s hertogenbosch": "Den Bosch",
    "den bosch": "'s-Hertogenbosch",
}
"""Places with two names, by normal form: files write the one and people type the other."""

_SMALL_WORDS = {"aan", "aen", "bij", "de", "den", "der", "en", "het", "in", "n", "op", "over", "s", "t", "te", "ten"}
_SMALL_WORDS |= {"ter", "tot", "van", "voor"}

_WORD = re.compile(r"[^\W\d_]+")


def search_key(code: str, name: str, place: str) -> str:
    """The normal form of all that a school is looked for by; its place also by its other name."""
    key = normal_form(f"{code} {name} {place}")
    other = _SPOKEN.get(normal_form(place))
    if other:
        key += f" {normal_form(other)}"
    return key[:KEY_LENGTH].rstrip()


def written_place(text: str) -> str:
    """A place that stands in capitals, as it is written: "'S-GRAVENHAGE" -> "'s-Gravenhage".

    "BERGEN OP ZOOM" -> "Bergen op Zoom"; "IJSSELSTEIN" -> "IJsselstein"; "DEN HAAG" -> "Den Haag", for the first word
    has a capital, but a letter after an apostrophe. What has a small letter anywhere stays as it is.
    """
    if not text.isupper():
        return text

    def written(found: re.Match[str]) -> str:
        word = found.group().lower()
        before = text[: found.start()]
        if word in _SMALL_WORDS and (before.endswith(("'", "’")) or _WORD.search(before)):
            return word
        # The Dutch ij is one letter.
        return "IJ" + word[2:] if word.startswith("ij") else word.capitalize()

    return _WORD.sub(written, text)
