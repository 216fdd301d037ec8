"""What a writer is asked to look at before a text is published: data of persons, and words that do not belong there.

Nothing of it is refused by itself. A mail address may be a publisher's desk, and a name that of the author of a novel:
the writer knows, a rule does not.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from django.utils.translation import gettext as _


class FindingKind(StrEnum):
    MAIL_ADDRESS = "mail-address"
    PHONE_NUMBER = "phone-number"


@dataclass(frozen=True, slots=True)
class Finding:
    """field: where it stands, by its name in ReviewContent; excerpt: the words themselves."""

    field: str
    kind: FindingKind
    excerpt: str

    @property
    def message(self) -> str:
        return _MESSAGES[self.kind]() % {"excerpt": self.excerpt}


_MESSAGES = {
    FindingKind.MAIL_ADDRESS: lambda: _(
        "“%(excerpt)s” lijkt een e-mailadres. Haal het weg als het van een persoon is."
    ),
    FindingKind.PHONE_NUMBER: lambda: _(
        "“%(excerpt)s” lijkt een telefoonnummer. Haal het weg als het van een persoon is."
    ),
}
_PATTERNS = {
    FindingKind.MAIL_ADDRESS: re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,5}"),
    FindingKind.PHONE_NUMBER: re.compile(r"(?<!\d)(?:\+31|0031|0)[ .-]?(?:\d[ .-]?){8}\d(?!\d)"),
}


def findings(texts: Mapping[str, str]) -> tuple[Finding, ...]:
    """texts: field -> text. In the order of the fields; the same words in a field once."""
    found: dict[tuple[str, FindingKind, str], Finding] = {}
    for field, text in texts.items():
        for kind, pattern in _PATTERNS.items():
            for match in pattern.finditer(text):
                found.setdefault((field, kind, match[0]), Finding(field, kind, match[0]))
    return tuple(found.values())
