"""Prices: "onder 30 euro", "tot €25", "tussen 10 en 25 euro"."""

import re

from catalogus.search.understanding.shapes import Recognised
from catalogus.search.understanding.sheet import Sheet

_DIGITS = r"[0-9]{1,5}(?:[.,](?:[0-9]{2}|-))?(?![0-9])"
_BEFORE = r"(?:€|eur(?:o)?)\ ?"
_AFTER = r"\ ?(?:€|euro(?:'?s)?(?!\w)|eur(?!\w)|,-)"
_UNTIL = r"t/m|tot(?:\ en\ met)?|max(?:imaal|imum|\.)?|hooguit|hoogstens|ten\ hoogste|niet\ (?:meer|duurder)\ dan|<=|≤"
_BELOW = r"onder|beneden|minder\ dan|goedkoper\ dan|lager\ dan|<"
_FROM = r"vanaf|min(?:imaal|imum|\.)?|minstens|ten\ minste|niet\ (?:minder|goedkoper)\ dan|>=|≥"
_ABOVE = r"boven|meer\ dan|duurder\ dan|hoger\ dan|>"
_PRICE = re.compile(
    rf"""
    (?<!\w)(?:
        # One bound: a sign or word for money must stand there, but for words that speak of nothing else.
        (?:(?P<until>{_UNTIL})|(?P<below>{_BELOW})|(?P<from>{_FROM})|(?P<above>{_ABOVE}))
        \ ?(?:de\ )?(?:(?P<s1>{_BEFORE})?(?P<bound>{_DIGITS})(?P<s2>{_AFTER})?)
        # Two bounds, at least one of them with that sign: "tussen 10 en 25 euro", "€ 20 - € 40", "20-40 euro".
        # A single digit in front may be a year: "havo 3 tot 30 euro" has one bound.
      | (?=tussen\ |van\ |€|eur|[0-9]{{2}}|[0-9][.,][0-9]|[0-9](?:[-–—]|{_AFTER}))
        (?:(?P<between>tussen|van)\ )?(?:de\ )?
        (?P<s3>{_BEFORE})?(?P<least>{_DIGITS})(?P<s4>{_AFTER})?
        \ ?(?:en|tot(?:\ en\ met)?|t/m|[-–—])\ ?(?:de\ )?
        (?P<s5>{_BEFORE})?(?P<most>{_DIGITS})(?P<s6>{_AFTER})?
    )(?!\w)
    """,
    re.IGNORECASE | re.VERBOSE,
)
_MONEY_WORDS = re.compile(r"(?:niet )?(?:goedkoper|duurder) dan", re.IGNORECASE)


def take_prices(sheet: Sheet) -> list[Recognised]:
    """The bounds that a text states, in cents, both included: "onder 30 euro" is up to 29.99."""
    found = []
    for match in _PRICE.finditer(sheet.rest):
        if not any(match[f"s{place}"] for place in range(1, 7)) and not _MONEY_WORDS.match(match.group()):
            continue
        least, most = _bounds(match)
        sheet.take(*match.span())
        found.append(
            Recognised(match.group(), *match.span(), "price", least_cents=least, most_cents=most, is_filter=True)
        )
    return found


def _bounds(match: re.Match[str]) -> tuple[int | None, int | None]:
    if match["bound"] is None:
        least, most = sorted((_cents(match["least"]), _cents(match["most"])))
        return least, most
    cents = _cents(match["bound"])
    if match["from"]:
        return cents, None
    if match["above"]:
        return cents + 1, None
    return None, max(0, cents - 1) if match["below"] else cents


def _cents(digits: str) -> int:
    whole, _separator, rest = digits.replace(",", ".").partition(".")
    return int(whole) * 100 + (int(rest) if rest.isdigit() else 0)
