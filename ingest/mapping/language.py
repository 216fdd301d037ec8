"""In which language it is: no element says it, so only words that do so outright count."""

import re

_LANGUAGES = {
    "nl": r"nederlandstalige?|dutch edition",
    "en": r"engelstalige?|english edition|english version|in english",
    "de": r"duitstalige?|deutsche ausgabe",
    "fr": r"franstalige?|édition française",
    "es": r"spaanstalige?|edición española",
    "fy": r"friestalige?|frysktalich|frysktalige",
    "ar": r"arabischtalige?",
    "tr": r"turkstalige?",
    "pap": r"papiamentstalige?|papiamentotalige?",
}
_WORDS = re.compile(
    r"\b(?:" + "|".join(f"(?P<{code}>{words})" for code, words in _LANGUAGES.items()) + r")\b", re.IGNORECASE
)


def derive_language(title: str, description: str) -> str:
    """ISO 639 code of the language that title or description names for the material; "" where neither does.

    "Engelstalige licentie" -> "en"; "Engels havo 3" -> "", for there the language is what is learned.
    """
    # Of a hundred titles one has such a word; looking for a part of it first costs next to nothing.
    for text in (title, description):
        found = _WORDS.search(text)
        if found is not None and found.lastgroup:
            return found.lastgroup
    return ""
