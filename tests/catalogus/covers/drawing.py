"""Pictures as publishers' servers might send them."""

from io import BytesIO

from PIL import Image


def noisy(width: int = 300, height: int = 400) -> bytes:
    """A picture that stays large, however it is packed."""
    body = BytesIO()
    Image.effect_noise((width, height), 100).save(body, "PNG")
    return body.getvalue()


def drawn(width: int = 300, height: int = 400, *, form: str = "PNG", mode: str = "RGB", **options: object) -> bytes:
    """A picture that is dark above and light below, so that one can see how it was turned."""
    picture = Image.new(mode, (width, height), 255 if mode in {"L", "P"} else "white")
    if mode in {"RGB", "RGBA"}:
        picture.paste((20, 40, 90), (0, 0, width, height // 2))
    body = BytesIO()
    picture.save(body, form, **options)
    return body.getvalue()
