"""Words of a text as a search compares them."""

import re
import unicodedata
from typing import Final

_WORD: Final = re.compile(r"[^\W_]+")


def words_of(text: str) -> list[str]:
    """ "Wereldoriëntatie, deel 2" -> ["wereldorientatie", "deel", "2"]."""
    folded = unicodedata.normalize("NFKD", text).casefold()
    return _WORD.findall("".join(sign for sign in folded if not unicodedata.combining(sign)))


def padded_words(text: str) -> str:
    """The words between single spaces, with one at either end, so that a word is found as " word "; empty for none."""
    words = words_of(text)
    return f" {' '.join(words)} " if words else ""
