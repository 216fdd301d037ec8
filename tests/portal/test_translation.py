import re
from pathlib import Path

from django.conf import settings


def test_every_english_text_is_there():
    text = Path(settings.BASE_DIR, "locale/en/LC_MESSAGES/django.po").read_text(encoding="utf-8")
    assert "#, fuzzy" not in text
    entries = [entry for entry in text.split("\n\n") if "msgid" in entry]
    empty = [entry for entry in entries if re.search(r'msgstr(\[\d\])? ""(?!\n")', entry)]
    assert not empty, "\n".join(empty)
