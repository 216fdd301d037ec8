"""What a record says of its license."""

from datetime import date
from typing import NamedTuple

from ingest.issues import IssueCode
from ingest.koppelpunt.eck import Entry
from ingest.mapping.elements import MISSPELLED
from ingest.mapping.reader import ValueReader
from ingest.values import parse_count, parse_day, parse_duration_days, parse_end

_MAX_OPTION = 100
_NO_AVAILABILITY = frozenset({"", "0", "nvt"})


class License(NamedTuple):
    """All empty where nothing is stated; the names are ProductData's."""

    license_availability: str
    license_starts_on: date | None
    license_ends_on: date | None
    license_days: int | None
    license_count: int | None
    license_options: tuple[str, ...]
    activation_days: int | None
    activation_until: date | None


def read_license(entry: Entry, reader: ValueReader) -> License:
    """The license of an entry. Source: ECK catalogservice 2.5.2, Entry/License… and ActivationBefore."""
    starts = reader.read(entry, parse_day, IssueCode.BAD_DATE, "LicenseStartDate")
    ends = reader.read(entry, parse_end, IssueCode.BAD_DATE, "LicenseEndDate")
    if starts is not None and ends is not None and ends < starts:
        reader.add(IssueCode.DATES_OUT_OF_ORDER, "LicenseStartDate, LicenseEndDate", f"{starts}, {ends}")
    return License(
        license_availability=_availability(entry, reader),
        license_starts_on=starts,
        license_ends_on=ends,
        license_days=reader.read(entry, parse_duration_days, IssueCode.BAD_NUMBER, "LicenseDuration"),
        license_count=reader.read(entry, parse_count, IssueCode.BAD_NUMBER, "LicenseCount"),
        license_options=reader.texts(entry, "AdditionalLicenseOptions", "AdditionalLicenseOption", _MAX_OPTION),
        activation_days=reader.read(
            entry, parse_duration_days, IssueCode.BAD_NUMBER, "ActivationBefore", "ActivationBeforeDays"
        ),
        activation_until=reader.read(entry, parse_end, IssueCode.BAD_DATE, "ActivationBefore", "ActivationBeforeDate"),
    )


def _availability(entry: Entry, reader: ValueReader) -> str:
    for misspelled, right in MISSPELLED.items():
        text = entry.text(misspelled)
        if text:
            reader.add(IssueCode.MISSPELLED_ELEMENT, misspelled, right)
    text = entry.text("LicenseAvailabilityOptions") or entry.text("LicenseAvailablityOptions")
    return "" if text.lower() in _NO_AVAILABILITY else reader.cut("LicenseAvailabilityOptions", text, _MAX_OPTION)
