"""Normal forms: how two spellings of one name are known to be one.

Pure functions, total on any text. The ids of methods hang on what they return, so a change of a rule moves products.
"""

import re
import unicodedata
from functools import lru_cache

_WORD = re.compile(r"[^\W_]+(?:\+(?!\w))?")
_PLURAL_SIGN = re.compile(r"(?<=[^\W\d_])['’‘`´][sS](?![^\W_])")
# Legal forms at the end of a publisher's name, in normal form: "De Linde bv" and "De Linde B.V." are one publisher.
_LEGAL_FORM = re.compile(r"(?: (?:b ?v|n ?v|v ?o ?f|c ?v|ltd|gmbh|inc))+$")


def normal_form(text: str) -> str:
    """The form in which two spellings of one name are equal; empty for a text without a letter or digit.

    "Tel & Meet" -> "tel en meet"; "GODSDIENST/LEVENSBESCHOUWING" -> "godsdienst levensbeschouwing"; "Één" -> "een".
    A plus sign that ends a word stays, for "Brug+" is another method than "Brug", and "B1+" another level than "B1".
    The result of this function is its own normal form. It may be longer than the text: some signs stand for words.
    """
    # Names and values come back again and again, descriptions do not.
    return _short_form(text) if len(text) <= _SHORT else _form(text)


def without_plural_sign(text: str) -> str:
    """Without the apostrophe of a plural, which would part the s from its word: "thema's" -> "themas"."""
    return _PLURAL_SIGN.sub("s", text)


def normal_words(text: str) -> list[str]:
    """The words of a text in normal form, plurals whole: "Thema's & zo" -> "themas", "en", "zo"."""
    return normal_form(without_plural_sign(text)).split()


def _form(text: str) -> str:
    return " ".join(_WORD.findall(_fold(text).replace("&", " en ")))


_SHORT = 120
_short_form = lru_cache(maxsize=8192)(_form)


def joined_form(text: str) -> str:
    """The normal form as one word: "Tel & Meet" and "telenmeet" are one."""
    return normal_form(text).replace(" ", "")


class _WithoutMarks(dict[int, int | None]):
    """For str.translate: every sign is itself, and marks are left out. Each sign is looked up once."""

    def __missing__(self, code: int) -> int | None:
        kept = None if unicodedata.category(chr(code)).startswith("M") else code
        self[code] = kept
        return kept


_WITHOUT_MARKS = _WithoutMarks()


def _fold(text: str) -> str:
    """Case folded and without marks, by compatibility decomposition: "É" -> "e", "ﬁ" -> "fi", "²" -> "2"."""
    if text.isascii():
        return text.lower()
    # Twice, because folding brings up signs that decompose again, and decomposing brings up capitals.
    for _ in range(2):
        text = unicodedata.normalize("NFKD", text).casefold()
    return text.translate(_WITHOUT_MARKS)


def publisher_key(text: str) -> str:
    """The normal form of a publisher's name without its legal form, unless the name is nothing else.

    "Uitgeverij De Linde bv" -> "uitgeverij de linde". "Uitgeverij" stays: that "De Linde" is the same, an alias says.
    """
    whole = normal_form(text)
    return _LEGAL_FORM.sub("", whole) or whole
