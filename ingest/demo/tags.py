"""Pieces of XML, without white space of their own. A record has some thirty of them, so they are made with care."""

from collections.abc import Sequence
from xml.sax.saxutils import escape


def tag(name: str, text: str) -> str:
    # Most texts have nothing to escape, and seeing so costs half of what escape() does.
    if "&" in text or "<" in text or ">" in text:
        text = escape(text)
    return f"<{name}>{text}</{name}>"


def optional(name: str, text: str) -> str:
    """Nothing where there is no text."""
    return tag(name, text) if text else ""


def listed(name: str, item: str, texts: Sequence[str]) -> str:
    """<Authors><Author>…</Author></Authors>; nothing where there are no texts."""
    if not texts:
        return ""
    if len(texts) == 1:
        return f"<{name}>{tag(item, texts[0])}</{name}>"
    return f"<{name}>{''.join([tag(item, text) for text in texts])}</{name}>"


def boolean(value: bool) -> str:
    return "true" if value else "false"
