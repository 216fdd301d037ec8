"""Single values of an ECK record, as text, into what we store. None and "" mean: nothing stated.

Each raises ValueError for what is stated and cannot be read; the mapping makes an issue of it.
"""

import re
from datetime import UTC, date, datetime
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from catalogus.models.product import MAX_PRICE_CENTS

_AMSTERDAM = ZoneInfo("Europe/Amsterdam")
_EMPTY = frozenset({"", "nvt", "n.v.t.", "-"})
_NO_END_FROM_YEAR = 2050
"""The feed writes 2051-11-11 for "no end"; no publisher plans further ahead than this."""

_MAX_SALE_UNIT = 1_000_000
_USUAL_URL = re.compile(r"https?://[a-z0-9.-]*[a-z0-9](?:[/?#].*)?", re.ASCII)
_SPACES = re.compile(r"\s+")
_WHOLE = re.compile(r"(\d{1,12})(?:\.0+)?", re.ASCII)
_YEARS = range(1900, 2200)
"""No product appeared before or is announced for later; "0001-01-01" and "9999-12-31" are a program's, not a day."""

_MAX_DAYS = 36_500
_DURATION = re.compile(
    r"P(?:(\d{1,3})Y)?(?:(\d{1,3})M)?(?:(\d{1,3})W)?(?:(\d{1,5})D)?(?:T.*)?"
    r"|(\d{1,3}) ?(?:jaar|jaren|year|years)|(\d{1,3}) ?(?:maand|maanden|month|months)|(\d{1,3}) ?(?:week|weken|weeks)"
    r"|(\d{1,5})(?: ?(?:dag|dagen|day|days))?",
    re.ASCII | re.IGNORECASE,
)
_DAYS_IN = (365, 365 / 12, 7, 1, 365, 365 / 12, 7, 1)
_DATE = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?!\d)")


def parse_cents(text: str) -> int | None:
    """Read a price in whole euro cents; None where none is stated.

    "1995" -> 1995 (19.95 euro); "nvt" -> None; "0" -> None, for a 0 sent with VAT 0.0 states no price.
    Raises ValueError for anything else that is not a whole number up to a million euro.
    Source: ECK catalogservice 2.5.2, Entry/Prices/Consumerprice (Price/Amount is without VAT).
    """
    number = _whole_number(text, MAX_PRICE_CENTS)
    return number or None


def parse_sale_unit(text: str) -> int | None:
    """ "5" -> 5; "0" and "" -> None. Source: ECK catalogservice 2.5.2, Entry/SaleUnitSize."""
    return _whole_number(text, _MAX_SALE_UNIT) or None


def parse_count(text: str) -> int | None:
    """ "30" -> 30; "0" and "" -> None. Source: ECK catalogservice 2.5.2, Entry/LicenseCount."""
    return _whole_number(text, _MAX_SALE_UNIT) or None


@lru_cache(maxsize=256)
def parse_duration_days(text: str) -> int | None:
    """A duration in days: "365" and "P365D" -> 365, "P1Y" and "1 jaar" -> 365, "P6M" -> 182; "0" and "" -> None.

    Source: ECK catalogservice 2.5.2, Entry/LicenseDuration; ISO 8601-1, clause 5.5.2.
    """
    if text.lower() in _EMPTY:
        return None
    found = _DURATION.fullmatch(text)
    numbers = found.groups() if found else ()
    if not any(numbers):
        raise ValueError(text)
    days = int(sum(int(number) * length for number, length in zip(numbers, _DAYS_IN, strict=True) if number))
    if days > _MAX_DAYS:
        raise ValueError(text)
    return days or None


def _whole_number(text: str, maximum: int) -> int | None:
    if text.lower() in _EMPTY:
        return None
    digits = _WHOLE.fullmatch(text)
    if digits is None or int(digits.group(1)) > maximum:
        raise ValueError(text)
    return int(digits.group(1))


@lru_cache(maxsize=256)
def parse_vat(text: str) -> Decimal | None:
    """ "9" and "9.0" -> Decimal("9.0"), in percent; "" -> None."""
    if text.lower() in _EMPTY:
        return None
    try:
        rate = Decimal(text.replace(",", "."))
    except InvalidOperation as error:
        raise ValueError(text) from error
    if not rate.is_finite() or not 0 <= rate <= 100:
        raise ValueError(text)
    return rate.quantize(Decimal("0.1"))


@lru_cache(maxsize=4096)  # A publisher's products of one year share their days.
def parse_day(text: str) -> date | None:
    """The day as it is written, whatever time and zone follow: "2018-06-01T00:00:00+02:00" -> 1 June 2018."""
    day = _day(text)
    if day is not None and day.year not in _YEARS:
        raise ValueError(text)
    return day


def parse_end(text: str) -> date | None:
    """A day that ends something; None for one so far ahead that it means "no end" (2051-11-11)."""
    day = _day(text)
    if day is None or day.year >= _NO_END_FROM_YEAR:
        return None
    return parse_day(text)


def _day(text: str) -> date | None:
    if text.lower() in _EMPTY:
        return None
    match = _DATE.match(text)
    if match is None:
        raise ValueError(text)
    return date(int(match.group(1)), int(match.group(2)), int(match.group(3)))


def parse_moment(text: str) -> datetime | None:
    """A time in UTC; without a zone it is Dutch time. Three forms are in the feed: with Z, with +01:00, a day alone."""
    if text.lower() in _EMPTY:
        return None
    moment = datetime.fromisoformat(text)
    if moment.year not in _YEARS:
        raise ValueError(text)
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=_AMSTERDAM)
    return moment.astimezone(UTC)


def parse_flag(text: str) -> bool | None:
    """ "true" and "1" -> True, "false" and "0" -> False (XML Schema Part 2, clause 3.2.2); "" -> None."""
    match text.lower():
        case "true" | "1" | "yes" | "ja":
            return True
        case "false" | "0" | "no" | "nee":
            return False
        case "" | "nvt":
            return None
    raise ValueError(text)


def parse_url(text: str) -> str:
    """A web address without the line ends and spaces that the feed puts in it; "" -> ""."""
    url = _SPACES.sub("", text)
    if not url or _USUAL_URL.fullmatch(url):
        return url
    if url.lower() in _EMPTY:
        return ""
    parts = urlsplit(url)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise ValueError(text)
    return url
