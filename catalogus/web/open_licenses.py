"""Open licences by the code that sources write."""

import re

_CODE = re.compile(r"cc[- ]?(by(?:-[a-z]{2}){0,2}|0)(?:[- ]([0-9]\.[0-9]))?")


def open_license_name(code: str) -> str:
    """ "cc-by-sa" -> "CC BY-SA", "cc-by-4.0" -> "CC BY 4.0", as Creative Commons has it; another code as it stands."""
    found = _read(code)
    if found is None:
        return code
    return " ".join(part for part in ("CC", found[0].upper(), found[1]) if part)


def creative_commons_url(code: str) -> str:
    """Where the licence stands; "" for another code, and for one without a version, which is no licence in full."""
    found = _read(code)
    if found is None:
        return ""
    name, version = found
    if name == "0":
        return f"https://creativecommons.org/publicdomain/zero/{version or '1.0'}/"
    return f"https://creativecommons.org/licenses/{name}/{version}/" if version else ""


def _read(code: str) -> tuple[str, str] | None:
    found = _CODE.fullmatch(code.strip().lower())
    return (found.group(1), found.group(2) or "") if found else None
