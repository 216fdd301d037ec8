"""From whatever bytes an address gives to two small pictures of our own making, or the reason why not.

Only what is drawn comes through: a picture is decoded, shrunk and written anew, so that nothing else that a file holds
(places, names, scripts, a second file behind it) ever reaches a reader.
"""

import struct
import zlib
from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256
from io import BytesIO
from typing import Final

from django.utils.translation import gettext as _
from PIL import Image, ImageOps

FORMATS: Final = ("JPEG", "PNG", "WEBP", "GIF")
MOST_PIXELS: Final = 12_000_000
"""A page of A4 at 300 dots an inch has 9 million. As many as this take 230 MB at the worst, measured with a WebP, whose
decoder keeps copies, and 120 MB as a PNG or GIF. What claims more is no cover but an attack."""

LEAST_SIDE: Final = 40
"""Pixels; what is smaller counts visits or shows that there is nothing to show."""

_QUALITY: Final = 75
_UNREADABLE = (OSError, ValueError, SyntaxError, EOFError, TypeError, IndexError, KeyError, struct.error, zlib.error)
"""What Pillow raises for files that are broken, each in its way."""


class Size(StrEnum):
    """Boxes in which a picture fits, twice as large as they are shown."""

    SMALL = "s"
    LARGE = "l"


BOXES: Final = {Size.SMALL: (144, 192), Size.LARGE: (288, 384)}
_WORKED_ON: Final = (2 * max(BOXES[Size.LARGE]),) * 2
"""Square, for a picture may have to be turned yet; twice as large, so that shrinking it twice cannot be seen."""


class PictureRefused(Exception):
    """The bytes are no picture that can be a cover; says why."""


@dataclass(frozen=True, slots=True)
class Picture:
    """files: WebP by size; width and height: of the larger one, in pixels; content_hash: 32 hexadecimal digits."""

    files: dict[Size, bytes]
    width: int
    height: int
    content_hash: str


def as_cover(body: bytes) -> Picture:
    """Decode and make it small; of what moves the first frame. Raises PictureRefused."""
    try:
        with Image.open(BytesIO(body), formats=FORMATS) as opened:
            _check_measures(*opened.size)
            flat = _flat(opened)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise PictureRefused(_("Het plaatje is te groot.")) from error
    except _UNREADABLE as error:
        raise PictureRefused(_("Dit is geen plaatje dat kan worden gelezen.")) from error
    files: dict[Size, bytes] = {}
    # The larger first: the smaller is made of that.
    for size in (Size.LARGE, Size.SMALL):
        flat.thumbnail(BOXES[size], Image.Resampling.LANCZOS)
        if size is Size.LARGE:
            width, height = flat.size
        packed = BytesIO()
        flat.save(packed, "WEBP", quality=_QUALITY, method=4)
        files[size] = packed.getvalue()
    return Picture(files, width, height, sha256(files[Size.LARGE]).hexdigest()[:32])


def _check_measures(width: int, height: int) -> None:
    """Before anything is unpacked: the measures stand at the head of a file."""
    if width * height > MOST_PIXELS:
        raise PictureRefused(
            _("Het plaatje is %(width)d bij %(height)d punten; dat is te groot.") % {"width": width, "height": height}
        )
    if min(width, height) < LEAST_SIDE:
        raise PictureRefused(
            _("Het plaatje is %(width)d bij %(height)d punten; dat is te klein.") % {"width": width, "height": height}
        )


def _flat(opened: Image.Image) -> Image.Image:
    """The first frame, turned as the camera meant it, on white where it lets through."""
    small = _shrunk(opened)
    ImageOps.exif_transpose(small, in_place=True)
    if small.mode == "RGBA":
        small = Image.alpha_composite(Image.new("RGBA", small.size, "white"), small)
    plain = small.convert("RGB")
    # What was told beside the picture is not taken along.
    plain.info.clear()
    return plain


def _shrunk(opened: Image.Image) -> Image.Image:
    """RGB or RGBA, of the size of _WORKED_ON at most. What is done at full size takes memory, so it is done here."""
    # A large JPEG is unpacked at a fraction of its size.
    opened.draft("RGB", _WORKED_ON)
    mode = "RGBA" if opened.has_transparency_data else "RGB"
    shrunk = opened
    if opened.mode != mode:
        shrunk = opened.convert(mode)
        opened.close()  # Or both would be there while it is shrunk.
    shrunk.thumbnail(_WORKED_ON, Image.Resampling.LANCZOS)
    return shrunk
