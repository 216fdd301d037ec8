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
    starts = reader.parse(parse_day, "LicenseStartDate", entry.text("LicenseStartDate"), IssueCode.BAD_DATE, None)
    ends = reader.parse(parse_end, "LicenseEndDate", entry.text("LicenseEndDate"), IssueCode.BAD_DATE, None)
    if starts is not None and ends is not None and ends < starts:
        reader.add(IssueCode.DATES_OUT_OF_ORDER, "LicenseStartDate, LicenseEndDate", f"{starts}, {ends}")
    return License(
        license_availability=_availability(entry, reader),
        license_starts_on=starts,
        license_ends_on=ends,
        license_days=reader.parse(
            parse_duration_days, "LicenseDuration", entry.text("LicenseDuration"), IssueCode.BAD_NUMBER, None
        ),
        license_count=reader.parse(parse_count, "LicenseCount", entry.text("LicenseCount"), IssueCode.BAD_NUMBER, None),
        license_options=reader.texts(entry, "AdditionalLicenseOptions", "AdditionalLicenseOption", _MAX_OPTION),
        activation_days=reader.parse(
            parse_duration_days,
            "ActivationBefore/ActivationBeforeDays",
            entry.first_text("ActivationBefore", "ActivationBeforeDays"),
            IssueCode.BAD_NUMBER,
            None,
        ),
        activation_until=reader.parse(
            parse_end,
            "ActivationBefore/ActivationBeforeDate",
            entry.first_text("ActivationBefore", "ActivationBeforeDate"),
            IssueCode.BAD_DATE,
            None,
        ),
    )


def _availability(entry: Entry, reader: ValueReader) -> str:
    for misspelled, right in MISSPELLED.items():
        text = entry.text(misspelled)
        if text:
            reader.add(IssueCode.MISSPELLED_ELEMENT, misspelled, right)
    text = entry.text("LicenseAvailabilityOptions") or entry.text("LicenseAvailablityOptions")
    return "" if text.lower() in _NO_AVAILABILITY else reader.cut("LicenseAvailabilityOptions", text, _MAX_OPTION)
