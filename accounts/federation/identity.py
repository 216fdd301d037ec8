"""Which account a federation's person has here: issuer and subject together, and nothing else."""

import hashlib


def account_key(issuer: str, subject: str) -> str:
    """One text of 64 characters for the pair; a line feed, which neither may hold, stands between them."""
    return hashlib.sha256(f"{issuer}\n{subject}".encode()).hexdigest()
