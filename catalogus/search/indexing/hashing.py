"""What a document holds in a few letters, by which a check compares it without reading it."""

import hashlib

import orjson

from catalogus.search.documents import HASH_FIELD
from catalogus.search.loading import Document

_BYTES = 8
"""Sixteen letters: that another content has the same hash happens once in 18 million million million documents."""


def hashed_json(document: Document) -> tuple[str, bytes]:
    """The hash of a document, and its JSON with the hash in it. Keys are in order: equal documents, equal hashes."""
    text = orjson.dumps(document, option=orjson.OPT_SORT_KEYS)
    found = _hash(text)
    return found, b'%b,"%b":"%b"}' % (text[:-1], HASH_FIELD.encode(), found.encode())


def document_hash(document: Document) -> str:
    """The hash that the index has of this document, if it has just this one."""
    return _hash(orjson.dumps(document, option=orjson.OPT_SORT_KEYS))


def _hash(text: bytes) -> str:
    return hashlib.blake2b(text, digest_size=_BYTES).hexdigest()
