"""What a writer is asked to look at before a text is published: data of persons, and words that do not belong there.

Nothing of it is refused by itself. A mail address may be a publisher's desk, and a name that of the author of a novel:
the writer knows, a rule does not. Every rule reads a text once from left to right with bounded steps, so that the
longest text takes milliseconds.
"""

import json
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

_WORDS = Path(__file__).with_name("words")
COARSE_WORDS_FILE = _WORDS / "coarse.json"
NO_NAMES_FILE = _WORDS / "no_names.json"


class FindingKind(StrEnum):
    MAIL_ADDRESS = "mail-address"
    PHONE_NUMBER = "phone-number"
    CITIZEN_NUMBER = "citizen-number"
    HOME_ADDRESS = "home-address"
    PUPIL_NAME = "pupil-name"
    PERSON_NAME = "person-name"
    COARSE_WORD = "coarse-word"


@dataclass(frozen=True, slots=True)
class Finding:
    """field: where it stands, by its name in ReviewContent; excerpt: the words themselves."""

    field: str
    kind: FindingKind
    excerpt: str

    @property
    def message(self) -> str:
        return str(_MESSAGES[self.kind]) % {"excerpt": self.excerpt}


_MESSAGES: Mapping[FindingKind, str | Promise] = {
    FindingKind.MAIL_ADDRESS: _("“%(excerpt)s” lijkt een e-mailadres. Haal het weg als het van een persoon is."),
    FindingKind.PHONE_NUMBER: _("“%(excerpt)s” lijkt een telefoonnummer. Haal het weg als het van een persoon is."),
    FindingKind.CITIZEN_NUMBER: _("“%(excerpt)s” kan een burgerservicenummer zijn. Haal het weg als het dat is."),
    FindingKind.HOME_ADDRESS: _("“%(excerpt)s” lijkt een adres. Haal het weg als er een persoon woont."),
    FindingKind.PUPIL_NAME: _("“%(excerpt)s”: is dat de naam van een leerling? Noem leerlingen nooit bij naam."),
    FindingKind.PERSON_NAME: _(
        "“%(excerpt)s” lijkt de naam van een persoon. Noem alleen wie voor iedereen bekend is, zoals een schrijver."
    ),
    FindingKind.COARSE_WORD: _("“%(excerpt)s” kan grof of kwetsend zijn. Zeg het liever anders."),
}


def findings(texts: Mapping[str, str]) -> tuple[Finding, ...]:
    """texts: field -> text. In the order of the fields; the same words in a field once."""
    found: dict[tuple[str, FindingKind, str], Finding] = {}
    for field, text in texts.items():
        for kind, find in _FINDERS.items():
            for excerpt in find(text):
                found.setdefault((field, kind, excerpt), Finding(field, kind, excerpt))
    return tuple(found.values())


# Numbers and addresses

_MAIL_ADDRESS = re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,5}")
_PHONE_NUMBER = re.compile(r"(?<!\d)(?:\+31|0031|0)[ .-]?(?:\d[ .-]?){8}\d(?!\d)")
# Nine figures that are no part of a longer number, such as an ISBN.
_NINE_DIGITS = re.compile(r"(?<!\d)(?<!\d[ .-])\d{3}[ .]?\d{3}[ .]?\d{3}(?![ .-]?\d)")
_POSTCODE = r"[1-9]\d{3} ?(?P<letters>[A-Z]{2})\b"
_HOME_ADDRESS = (
    re.compile(rf"(?<!\w){_POSTCODE},? {{0,2}}(?:huisnummer |nr\.? ?)?\d{{1,5}}(?!\d)"),
    re.compile(rf"(?<!\w)\d{{1,5}}[a-zA-Z]?,? {{1,2}}{_POSTCODE}"),
)
_NO_POSTCODE_LETTERS = frozenset(
    {"SA", "SD", "SS", "VO", "PO", "SO", "EN", "TL", "KB", "BB", "GL", "HV", "MH", "SE", "CE"}
)
"""Never given out (the first three), or read as words of schools: "in 2024 VO 3"."""


def _citizen_numbers(text: str) -> Iterator[str]:
    """Nine figures that pass the eleven test of burgerservicenummers: one in eleven of all others does."""
    for match in _NINE_DIGITS.finditer(text):
        digits = [int(sign) for sign in match[0] if sign.isdigit()]
        weights = (9, 8, 7, 6, 5, 4, 3, 2, -1)
        if any(digits) and sum(map(int.__mul__, digits, weights)) % 11 == 0:
            yield match[0]


def _home_addresses(text: str) -> Iterator[str]:
    for pattern in _HOME_ADDRESS:
        for match in pattern.finditer(text):
            if match["letters"] not in _NO_POSTCODE_LETTERS:
                yield match[0]


# Names of persons

_CAPITAL = r"[A-ZÀ-ÖØ-Þ][a-zà-öø-ÿ'’]{1,30}(?:-[A-ZÀ-ÖØ-Þa-zà-öø-ÿ][a-zà-öø-ÿ]{1,30})?"
_PARTICLE = r"(?:van|de|den|der|ten|ter|el|al|in|op|’t|'t)"
_NAME = rf"(?P<name>(?:{_PARTICLE} ){{0,3}}{_CAPITAL}(?: (?:{_PARTICLE} ){{0,3}}{_CAPITAL}){{0,2}})"
_PUPIL_NAME = re.compile(
    r"\b(?i:leerlinge?|studente?|scholier|klasgenoot|kind|jongen|meisje) (?i:genaamd |heet |heette |met de naam )?"
    + _NAME
)
_PERSON_NAME = re.compile(r"\b(?i:meneer|mijnheer|mevrouw|mevr\.?|dhr\.?|mw\.?|juf|juffrouw|meester|collega) " + _NAME)
_PARTICLES = frozenset({"De", "Den", "Der", "El", "Al", "Op", "In", "Ten", "Ter", "Van"})


def _names(pattern: re.Pattern[str]) -> Callable[[str], Iterator[str]]:
    def find(text: str) -> Iterator[str]:
        for match in pattern.finditer(text):
            capitals = [word for word in match["name"].split(" ") if word[0].isupper()]
            # "leerling De Vries" is somebody, "voor de leerling De stof" is the next sentence.
            first = next((word for word in capitals if word not in _PARTICLES), capitals[0])
            if first not in _no_names():
                yield match[0]

    return find


@cache
def _no_names() -> frozenset[str]:
    """Words with a capital that follow "leerling" and name nobody: subjects, levels, and how a sentence begins."""
    return frozenset(json.loads(NO_NAMES_FILE.read_text(encoding="utf-8")))


# Words

_WORD = re.compile(r"[^\W\d_]{1,60}")


@cache
def coarse_words() -> frozenset[str]:
    """Our own list, folded as _folded does."""
    groups = json.loads(COARSE_WORDS_FILE.read_text(encoding="utf-8"))
    return frozenset(_folded(word) for words in groups.values() for word in words)


def _coarse_words(text: str) -> Iterator[str]:
    """Whole words alone: what is coarse stands in many words and names that are not."""
    return (match[0] for match in _WORD.finditer(text) if _folded(match[0]) in coarse_words())


def _folded(word: str) -> str:
    """Without case and accents."""
    apart = unicodedata.normalize("NFKD", word.casefold())
    return "".join(sign for sign in apart if not unicodedata.combining(sign))


def _matches(pattern: re.Pattern[str]) -> Callable[[str], Iterator[str]]:
    return lambda text: (match[0] for match in pattern.finditer(text))


_FINDERS: Mapping[FindingKind, Callable[[str], Iterable[str]]] = {
    FindingKind.MAIL_ADDRESS: _matches(_MAIL_ADDRESS),
    FindingKind.PHONE_NUMBER: _matches(_PHONE_NUMBER),
    FindingKind.CITIZEN_NUMBER: _citizen_numbers,
    FindingKind.HOME_ADDRESS: _home_addresses,
    FindingKind.PUPIL_NAME: _names(_PUPIL_NAME),
    FindingKind.PERSON_NAME: _names(_PERSON_NAME),
    FindingKind.COARSE_WORD: _coarse_words,
}
