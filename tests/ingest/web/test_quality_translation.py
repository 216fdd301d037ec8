"""Every text of the pages about quality has an English one."""

import io

from babel.messages.extract import extract
from babel.messages.pofile import read_po
from django.conf import settings
from django.utils.translation.template import templatize

KEYWORDS = {"_": None, "gettext": None, "gettext_lazy": None, "ngettext": (1, 2)}
SOURCES = (
    "ingest/quality/*.py",
    "ingest/web/*quality*.py",
    "ingest/admin/suggestions.py",
    "templates/ingest/quality*.html",
    "templates/ingest/components/_quality*.html",
    "templates/ingest/admin/suggestion.html",
)


def code_of(path) -> str:
    text = path.read_text(encoding="utf-8")
    # Template tags become calls of gettext; what stands between them is blotted out but keeps its indentation.
    return "\n".join(line.strip() for line in templatize(text).splitlines()) if path.suffix == ".html" else text


def test_every_text_has_an_english_one():
    used = set()
    for pattern in SOURCES:
        paths = list(settings.BASE_DIR.glob(pattern))
        assert paths, pattern
        for path in paths:
            found = extract("python", io.BytesIO(code_of(path).encode()), keywords=KEYWORDS)
            used |= {message if isinstance(message, str) else message[0] for _line, message, *_rest in found}
    assert len(used) > 200
    with (settings.BASE_DIR / "locale/en/LC_MESSAGES/django.po").open("rb") as file:
        messages = [message for message in read_po(file) if message.id and message.string]
    known = {message.id if isinstance(message.id, str) else message.id[0] for message in messages}
    assert not used - known
