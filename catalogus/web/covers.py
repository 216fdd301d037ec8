"""What stands in the place of a cover: a picture that this site holds, else one that is drawn of the title."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from zlib import crc32

from django.urls import reverse

from catalogus.covers.pictures import Size
from catalogus.covers.reading import held_by_method, held_by_product

TONES = 6
"""So many grounds css/components.css knows for drawn covers."""

Named = tuple[str, str, str]
"""Public id, title (of a method: its name), name of the publisher."""


@dataclass(frozen=True, slots=True)
class Cover:
    """url: of a picture on this host, or "" for a drawn one: letters on ground number tone (1 to TONES)."""

    letters: str
    tone: int
    url: str = ""


def drawn_cover(title: str, publisher: str = "") -> Cover:
    """The beginnings of the first two words, on a ground by publisher: what is of one house looks alike."""
    words = [word for word in title.split() if word[0].isalnum()]
    letters = "".join(word[0] for word in words[:2]).upper() or "?"
    return Cover(letters, crc32((publisher or title).encode()) % TONES + 1)


def covers_of_products(shown: Iterable[Named], size: Size = Size.SMALL) -> dict[str, Cover]:
    """Public id -> what stands for its cover, for every product of a page: one query, none where covers are off.

    covers = covers_of_products((hit.public_id, hit.title, hit.publisher_name) for hit in hits)
    """
    named = list(shown)
    return _covers(named, held_by_product([public_id for public_id, _, _ in named]), size)


def covers_of_methods(shown: Iterable[Named], size: Size = Size.SMALL) -> dict[str, Cover]:
    """The same of methods, each by the picture of one of its products."""
    named = list(shown)
    return _covers(named, held_by_method([public_id for public_id, _, _ in named]), size)


def _covers(named: Iterable[Named], held: Mapping[str, str], size: Size) -> dict[str, Cover]:
    return {
        public_id: replace(drawn_cover(title, publisher), url=_url(held[public_id], size))
        if public_id in held
        else drawn_cover(title, publisher)
        for public_id, title, publisher in named
    }


def _url(content_hash: str, size: Size) -> str:
    return reverse("catalogus:cover", kwargs={"content_hash": content_hash, "size": size.value})
