"""Public ids: short, stable names of products and methods in addresses."""

import hashlib

# Crockford's base 32: no i, l, o or u, so that an id read aloud or typed from paper stays itself.
_ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
_LENGTH = 13
"""65 bits: among a million products the chance that any two meet is one in seventy million."""


def public_id(*parts: str) -> str:
    """13 signs made of what a thing is known by; the same parts give the same id in every installation.

    A catalogue that is built anew from the same records therefore keeps the addresses that people have stored.
    """
    digest = hashlib.blake2b("\x1f".join(parts).encode(), digest_size=16).digest()
    number = int.from_bytes(digest, "big")
    return "".join(_ALPHABET[(number >> (5 * place)) & 31] for place in range(_LENGTH))
