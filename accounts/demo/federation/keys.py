"""The key pair that signs, made once and kept in the state folder, and one of nobody's to forge with."""

import os
from functools import cache
from pathlib import Path

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

BITS = 2048
FILE = "signing-key.pem"


def private_key_pem(state: Path) -> str:
    """The provider's own key. It is written aside and renamed, so that half a key is never read."""
    path = state / FILE
    if not path.exists():
        aside = path.with_suffix(".new")
        aside.unlink(missing_ok=True)
        handle = os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w") as file:
            file.write(_new_key())
        aside.rename(path)
    return path.read_text()


@cache
def foreign_key_pem() -> str:
    """A key that this provider never published."""
    return _new_key()


def public_key_pem(private_pem: str) -> bytes:
    """What everybody may know of a key."""
    key = serialization.load_pem_private_key(private_pem.encode(), password=None)
    return key.public_key().public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)


def _new_key() -> str:
    key = rsa.generate_private_key(public_exponent=65_537, key_size=BITS)
    return key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    ).decode()
