"""Whether it is open material (free to use and adapt), as far as the record itself says so."""

import re

_LICENSE = re.compile(
    r"\bCC[\s-]?(?P<short>BY(?:[\s-]?(?:NC|ND|SA))*|0)\b|creativecommons\.org/licenses/(?P<path>by(?:-(?:nc|nd|sa))*)"
    r"|creativecommons\.org/publicdomain/(?P<zero>zero)"
)
_OPEN = re.compile(r"\bcreative commons\b|\bopen (?:leermateriaal|leermiddel|lesmateriaal|licentie)", re.IGNORECASE)


def derive_openness(is_copyrighted: bool | None, *texts: str) -> tuple[bool | None, str]:
    """(is it open, under which license): (True, "cc-by-sa"), (True, "") or (None, "") where nothing says so.

    Silence does not mean closed: most publishers never fill in Copyright.
    """
    for text in texts:
        # Of the texts of a feed hardly one names a license; a look for two letters is quicker than the pattern.
        if "CC" in text or "reative" in text:
            found = _LICENSE.search(text)
            if found is not None:
                return True, _code(found)
        if _OPEN.search(text):
            return True, ""
    return (True, "") if is_copyrighted is False else (None, "")


def _code(found: re.Match[str]) -> str:
    if found["zero"] or found["short"] == "0":
        return "cc0"
    parts = re.findall(r"[a-z]+", (found["path"] or found["short"]).lower())
    return "-".join(["cc", *parts])
