"""How values read on a page: prices, numbers, names of codes, addresses of others."""

from collections.abc import Iterable, Sequence, Set
from datetime import date, datetime, timedelta
from decimal import Decimal
from urllib.parse import urlsplit

from django.utils import formats, timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from catalogus import labels
from catalogus.models import Scheme

NO_BREAK_SPACE = "\u00a0"
WORD_JOINER = "\u2060"


def number(value: int) -> str:
    """With the reader's separator of thousands: 20830 -> "20.830"."""
    return str(formats.number_format(value, use_l10n=True, force_grouping=True))


def decimal(value: float) -> str:
    """With one digit behind the reader's separator: 20004.55 -> "20.004,6"."""
    return str(formats.number_format(value, decimal_pos=1, use_l10n=True, force_grouping=True))


def price(cents: int | None, currency: str = "EUR") -> str:
    """ "€\u00a019,95" in Dutch and "€19.95" in English; another currency by its code. None says that nobody knows."""
    if cents is None:
        return _("prijs onbekend")
    # Whole cents in, digits out: a float would turn some prices into their neighbour.
    amount = f"{number(cents // 100)}{formats.get_format('DECIMAL_SEPARATOR')}{cents % 100:02}"
    if currency != "EUR":
        return f"{currency}{NO_BREAK_SPACE}{amount}"
    return f"€{amount}" if get_language() == "en" else f"€{NO_BREAK_SPACE}{amount}"


def day(value: date) -> str:
    """24 november 2026."""
    return str(formats.date_format(value, "DATE_FORMAT"))


def moment(value: datetime) -> str:
    """24 november 2026, 19:05, by the clock of the schools; 24 hours in every language."""
    local = timezone.localtime(value)
    return f"{day(local)}, {local:%H:%M}"


def duration(value: timedelta) -> str:
    """ "42 s", "3 min 5 s", "2 u 5 min": the two largest units, with which a run is told from another."""
    seconds = max(0, round(value.total_seconds()))
    hours, minutes = divmod(seconds // 60, 60)
    if hours:
        return _("%(hours)s u %(minutes)s min") % {"hours": number(hours), "minutes": minutes}
    if minutes:
        return _("%(minutes)s min %(seconds)s s") % {"minutes": minutes, "seconds": seconds % 60}
    return _("%(seconds)s s") % {"seconds": seconds}


def percent(value: Decimal) -> str:
    """Decimal("9.0") -> "9%"."""
    return f"{formats.number_format(value.normalize() if value % 1 else int(value))}%"


def in_order(scheme: Scheme, codes: Iterable[str]) -> list[str]:
    """The codes in the order of their vocabulary, for a reader expects groep 3 before groep 4 and vmbo before havo."""
    places = labels.concept_places(scheme)
    return sorted(set(codes), key=lambda code: (places.get(code, len(places)), code))


def names(scheme: Scheme, codes: Iterable[str]) -> list[str]:
    """The names of concepts; years and numbered levels are taken together ("Leerjaar 1–3").

    Levels say each thing once: "Vmbo" for all its tracks, and a single track without it.
    """
    told = _said_once(scheme, set(codes)) if scheme == Scheme.LEVEL else codes
    ordered = [labels.concept_label(scheme, code) for code in in_order(scheme, told)]
    return _ranges(ordered) if scheme in {Scheme.YEAR, Scheme.LEVEL} else ordered


def _said_once(scheme: Scheme, codes: Set[str]) -> set[str]:
    told = set(codes)
    for code in codes:
        below = labels.narrower_codes(scheme, code)
        if below and below <= codes:
            told -= below
        elif below & codes:
            told.discard(code)
    return told


def capitalized(text: str) -> str:
    """The first letter a capital, the others as they are."""
    return text[:1].upper() + text[1:]


def joined(texts: Sequence[str], most: int = 0) -> str:
    """The texts with commas between; beyond `most`, how many more there are."""
    if most and len(texts) > most + 1:
        return _("%(texts)s en %(count)s meer") % {"texts": ", ".join(texts[:most]), "count": len(texts) - most}
    return ", ".join(texts)


def _ranges(texts: Sequence[str]) -> list[str]:
    """["Groep 3", "Groep 4", "Leerjaar 1"] -> ["Groep 3–4", "Leerjaar 1"]."""
    runs: list[tuple[str, int, int]] = []
    for text in texts:
        word, _space, digits = text.rpartition(" ")
        last = int(digits) if word and digits.isdigit() else -1
        if last >= 0 and runs and runs[-1][0] == word and runs[-1][2] + 1 == last:
            runs[-1] = (word, runs[-1][1], last)
        else:
            runs.append((word, last, last) if last >= 0 else (text, -1, -1))
    return [_run(word, first, last) for word, first, last in runs]


def _run(word: str, first: int, last: int) -> str:
    if first < 0:
        return word
    # A number alone on the next line reads as if it belonged to nothing.
    numbers = str(first) if first == last else f"{first}{WORD_JOINER}–{WORD_JOINER}{last}"
    return f"{word}{NO_BREAK_SPACE}{numbers}"


def outside_link(url: str) -> str:
    """The address if a page may link to it, else nothing: http and https alone, with a host.

    A source may send "javascript:" or a bare path, and an address with spaces or line ends is no address.
    """
    stripped = url.strip()
    if any(sign.isspace() or not sign.isprintable() for sign in stripped):
        return ""
    try:
        parts = urlsplit(stripped)
    except ValueError:
        return ""
    return stripped if parts.scheme in {"http", "https"} and parts.hostname else ""


def host(url: str) -> str:
    """Where a link leads, so that who follows it knows before."""
    return (urlsplit(url).hostname or "").removeprefix("www.")
