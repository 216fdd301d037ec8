"""Where the files are: two for each content, under names that only this module makes."""

import logging
import re
from collections.abc import Iterable
from pathlib import Path

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from catalogus.covers.pictures import Picture, Size
from catalogus.models import CoverImage

logger = logging.getLogger(__name__)

_HASH = re.compile(r"[0-9a-f]{32}")


def _path(content_hash: str, size: Size) -> str:
    """Raises ValueError for what is no hash of ours: a name of a file is never what somebody sent."""
    if not _HASH.fullmatch(content_hash):
        raise ValueError("a hash has 32 hexadecimal digits")
    return f"covers/{content_hash[:2]}/{content_hash}-{size}.webp"


def keep(picture: Picture) -> None:
    """Write what is not there yet; who calls this holds Lock.COVERS. Raises OSError."""
    for size, body in picture.files.items():
        path = _path(picture.content_hash, size)
        if not default_storage.exists(path):
            _write_whole(path, body)


def _write_whole(path: str, body: bytes) -> None:
    """Under another name first: after a kill or on a full disk there is no part of a picture that would be served."""
    part = f"{path}.part"
    default_storage.delete(part)  # What a killed worker left; a name that is taken would be made another.
    try:
        default_storage.save(part, ContentFile(body))
        Path(default_storage.path(part)).replace(default_storage.path(path))
    finally:
        default_storage.delete(part)


def are_kept(content_hash: str) -> bool:
    return all(default_storage.exists(_path(content_hash, size)) for size in Size)


def read(content_hash: str, size: Size) -> bytes:
    """Raises FileNotFoundError where it is not held (any more)."""
    with default_storage.open(_path(content_hash, size)) as file:
        body: bytes = file.read()
    return body


def remove_unused(content_hashes: Iterable[str]) -> int:
    """Take away the files that no row names any more; how many contents that were.

    A file that cannot be taken away stays, for nobody asks for it: the rows are right without that.
    """
    wanted = {found for found in content_hashes if found}
    wanted -= set(CoverImage.objects.filter(content_hash__in=wanted).values_list("content_hash", flat=True))
    for content_hash in wanted:
        try:
            for size in Size:
                default_storage.delete(_path(content_hash, size))
        except OSError:
            logger.exception("the files of %s could not be taken away", content_hash)
    return len(wanted)
