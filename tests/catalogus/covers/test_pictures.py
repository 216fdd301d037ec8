"""From bytes of strangers to two small pictures of ours."""

import struct
import subprocess
import sys
import zlib
from io import BytesIO
from typing import Any

import pytest
from PIL import Image

from catalogus.covers.pictures import BOXES, MOST_PIXELS, PictureRefused, Size, as_cover
from tests.catalogus.covers.drawing import drawn


def opened(body: bytes) -> Image.Image:
    return Image.open(BytesIO(body))


def pixel(picture: Image.Image, mode: str, x: int, y: int) -> Any:
    return picture.convert(mode).getpixel((x, y))


@pytest.mark.parametrize(
    ("body", "measures"),
    [
        (drawn(form="JPEG"), (288, 384)),
        (drawn(form="PNG"), (288, 384)),
        (drawn(form="WEBP"), (288, 384)),
        (drawn(form="GIF"), (288, 384)),
        (drawn(mode="L"), (288, 384)),
        (drawn(mode="P"), (288, 384)),
        (drawn(form="JPEG", mode="CMYK"), (288, 384)),
        (drawn(1000, 500), (288, 144)),
        (drawn(100, 150), (100, 150)),
    ],
)
def test_every_form_becomes_two_small_ones(body, measures):
    picture = as_cover(body)
    assert (picture.width, picture.height) == measures
    for size, (width, height) in BOXES.items():
        small = opened(picture.files[size])
        assert small.format == "WEBP"
        assert small.width <= width
        assert small.height <= height
    assert len(picture.files[Size.SMALL]) < 8_000
    assert as_cover(body) == picture, "the same picture has the same name"


def test_what_is_told_beside_the_picture_stays_behind():
    exif = Image.Exif()
    exif[0x010E] = "Gemaakt door Jan, thuis"
    exif[0x0112] = 3  # Upside down.
    picture = as_cover(drawn(form="JPEG", exif=exif, comment=b"Jan"))
    for body in picture.files.values():
        assert b"Jan" not in body
        assert not opened(body).getexif()
    large = opened(picture.files[Size.LARGE])
    assert pixel(large, "L", 10, 10) > pixel(large, "L", 10, large.height - 10), "turned as it was meant"


@pytest.mark.parametrize("form", ["JPEG", "PNG"])
def test_a_picture_on_its_side_is_as_large_as_one_that_stands(form):
    exif = Image.Exif()
    exif[0x0112] = 6  # To be turned by a quarter.
    picture = as_cover(drawn(2_000, 1_500, form=form, exif=exif))
    assert (picture.width, picture.height) == BOXES[Size.LARGE]
    large = opened(picture.files[Size.LARGE])
    assert pixel(large, "L", 10, 190) > 200 > 100 > pixel(large, "L", 278, 190)


_PEAK = """
import sys
from catalogus.covers.pictures import as_cover

def peak_mb():
    with open("/proc/self/status") as lines:
        return next(int(line.split()[1]) / 1_000 for line in lines if line.startswith("VmHWM:"))

body, before = sys.stdin.buffer.read(), peak_mb()
as_cover(body)
print(peak_mb() - before)
"""


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="the peak of a process is told by Linux alone")
@pytest.mark.parametrize(
    ("form", "mode", "options", "most_mb"),
    [
        ("PNG", "RGBA", {}, 140),
        ("PNG", "LA", {}, 140),
        ("PNG", "RGB", {"transparency": (0, 0, 0)}, 140),
        ("PNG", "P", {"transparency": 0}, 140),
        ("GIF", "P", {"transparency": 0}, 140),
        ("JPEG", "CMYK", {"progressive": True}, 140),
        ("WEBP", "RGBA", {"method": 0}, 260),
    ],
)
def test_the_largest_picture_fits_in_the_memory_of_a_worker(form, mode, options, most_mb):
    body = drawn(4_000, MOST_PIXELS // 4_000, form=form, mode=mode, **options)
    done = subprocess.run([sys.executable, "-c", _PEAK], input=body, capture_output=True, check=True)
    assert float(done.stdout) < most_mb


def test_what_lets_through_lies_on_white():
    clear = Image.new("RGBA", (200, 200), (0, 0, 0, 0))
    body = BytesIO()
    clear.save(body, "PNG")
    assert pixel(opened(as_cover(body.getvalue()).files[Size.SMALL]), "L", 5, 5) > 250


def test_what_moves_stands_still():
    frames = [Image.new("RGB", (100, 100), colour) for colour in ("red", "blue")]
    body = BytesIO()
    frames[0].save(body, "GIF", save_all=True, append_images=frames[1:])
    red, _green, blue = pixel(opened(as_cover(body.getvalue()).files[Size.SMALL]), "RGB", 50, 50)
    assert red > 200 > blue


def bomb(width: int, height: int) -> bytes:
    """A PNG of a few hundred bytes that says it is so large."""
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunks = [(b"IHDR", head), (b"IDAT", zlib.compress(bytes(100))), (b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body)) for kind, body in chunks
    )


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (b"", "geen plaatje"),
        (b"<html>Niet gevonden</html>", "geen plaatje"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>", "geen plaatje"),
        (drawn(form="BMP"), "geen plaatje"),
        (drawn(form="TIFF"), "geen plaatje"),
        (drawn(form="JPEG")[:300], "geen plaatje"),
        (drawn(form="PNG")[:200], "geen plaatje"),
        (bomb(300, 300), "geen plaatje"),
        (bomb(4_001, 3_000), "te groot"),
        (bomb(20_000, 20_000), "te groot"),
        (bomb(100_000, 100_000), "te groot"),
        (drawn(1, 1), "te klein"),
        (drawn(400, 20), "te klein"),
    ],
)
def test_what_is_no_cover_is_refused(body, said):
    with pytest.raises(PictureRefused, match=said):
        as_cover(body)
