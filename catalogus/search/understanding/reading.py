"""Read a text."""

from catalogus.article_numbers import ean13
from catalogus.search.understanding.shapes import Understanding


def understand(text: str, *, is_literal: bool = False) -> Understanding:  # noqa: ARG001
    """What the text means. is_literal: its words are taken as words alone, whatever they name."""
    ean = ean13(text)
    return Understanding(text=text, words=tuple(text.split()), ean=ean or "", is_whole_ean=ean is not None)
