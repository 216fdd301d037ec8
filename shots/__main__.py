"""`python -m shots [--site URL] [--into FOLDER] [PAGE…]`; 1 where a page is not as it should be."""

import argparse
import os
import sys
from pathlib import Path

import django
import httpx

BASE = Path(__file__).resolve().parent.parent
SECRET_KEY_FILE = BASE / ".devstack" / "secret-key"
TEACHER = "s.dennenrode@kiezelboog.example"
"""Of the demonstration's invented people the one who signs in here with a password alone."""


def main() -> int:
    """Take the pictures of all pages, or of those that are named."""
    parser = argparse.ArgumentParser(prog="shots", description=__doc__)
    parser.add_argument("pages", nargs="*", help="names of pages (shots/pages.py); all without any")
    parser.add_argument("--site", default="http://127.0.0.1:8000")
    parser.add_argument("--into", type=Path, default=BASE / "screenshots")
    arguments = parser.parse_args()
    site = arguments.site.rstrip("/")
    if not SECRET_KEY_FILE.exists() or not _answers(site):
        sys.stderr.write(f"✗ Er staat geen catalogus op {site}.\n  → Start haar in een ander venster: make run\n")
        return 1
    # Names of addresses and the demonstration's password come from the code; nothing is read from its database.
    os.environ |= {"DJANGO_SETTINGS_MODULE": "config.settings.demo", "SECRET_KEY": SECRET_KEY_FILE.read_text()}
    django.setup()

    # These need the settings.
    from accounts.demo.credentials import demonstration_password
    from shots.chromium import chromium
    from shots.pages import PAGES
    from shots.samples import find_samples
    from shots.taking import Person, take

    chosen = [one for one in PAGES if not arguments.pages or one.name in arguments.pages]
    unknown = set(arguments.pages) - {one.name for one in PAGES}
    faults = [f"{name}: no page has this name" for name in sorted(unknown)]
    person = Person(TEACHER, demonstration_password())
    with chromium() as browser:
        for fault in take(browser, site, arguments.into, chosen, find_samples(site), person):
            sys.stderr.write(f"✗ {fault}\n")
            faults.append(fault)
    pictures = len(list(arguments.into.glob("*.png")))
    sys.stdout.write(f"{pictures} pictures in {arguments.into}; {len(faults)} faults\n")
    return 1 if faults else 0


def _answers(site: str) -> bool:
    try:
        return httpx.get(f"{site}/healthz", timeout=30, trust_env=False).status_code == httpx.codes.OK
    except httpx.HTTPError:
        return False


if __name__ == "__main__":
    sys.exit(main())
