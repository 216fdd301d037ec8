"""Removes what running and testing left in a checkout, and says what; `python -m devstack.clean`.

Standard library alone. The services must have been stopped before (`make clean` does).
"""

import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

from devstack.checkout import Checkout

_CACHES = (".mypy_cache", ".ruff_cache", ".pytest_cache", ".import_linter_cache", ".hypothesis", "staticfiles")
_KEPT = {".git", ".venv"}


def leftovers(checkout: Checkout) -> Iterator[Path]:
    """What is there to remove: state and data first, then caches."""
    for path in (checkout.state, checkout.outside, *(checkout.base / name for name in _CACHES)):
        if path.exists():
            yield path
    for child in checkout.base.iterdir():
        if child.is_dir() and child.name not in _KEPT and child != checkout.state:
            yield from child.rglob("__pycache__")


def clean(checkout: Checkout) -> None:
    caches = 0
    for path in list(leftovers(checkout)):
        if path.name == "__pycache__":
            caches += 1
        else:
            sys.stderr.write(f"✓ {path} verwijderd\n")
        shutil.rmtree(path, ignore_errors=path.name == "__pycache__")
    sys.stderr.write(f"✓ mappen __pycache__ verwijderd ({caches})\n" if caches else "")


if __name__ == "__main__":
    clean(Checkout(Path(__file__).resolve().parent.parent))
