"""What an EAN is besides the number of an article."""

_OF_BOOKS = ("978", "979")
"""The prefixes that GS1 gave to ISBN; ISMN (sheet music) has 9790."""


def isbn_of(ean: str | None) -> str:
    """The EAN itself where it is an ISBN, else ""."""
    return ean if ean and ean.startswith(_OF_BOOKS) and not ean.startswith("9790") else ""
