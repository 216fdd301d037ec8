"""What stands in the place of a cover: a picture that this site holds, else one that is drawn of the title."""

from dataclasses import dataclass
from zlib import crc32

TONES = 6
"""So many grounds css/components.css knows for drawn covers."""


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
