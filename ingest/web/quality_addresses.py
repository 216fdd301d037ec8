"""Addresses of the pages about quality."""

from django.urls import reverse

from ingest.quality.subjects import Subject

AFTER = "na"
"""Parameter: records beyond this row."""


def subject_url(subject: Subject) -> str:
    return _url("", subject)


def finding_url(subject: Subject, check: str, after: int = 0) -> str:
    """The list of the records with a finding, from its beginning or beyond a row."""
    path = _url("-finding", subject, check=check)
    return f"{path}?{AFTER}={after}" if after else path


def csv_url(subject: Subject, check: str = "") -> str:
    """The download of all findings, or of those of one check."""
    path = _url("-csv", subject)
    return f"{path}?check={check}" if check else path


def reports_url(subject: Subject) -> str:
    """What visitors reported about a publisher's products; "" for a source, of which nobody reports anything."""
    return _url("-reports", subject) if subject.publisher is not None else ""


def _url(page: str, subject: Subject, **rest: str) -> str:
    if subject.publisher is not None:
        return reverse(f"ingest:quality-publisher{page}", kwargs={"publisher": subject.publisher.slug, **rest})
    return reverse(
        f"ingest:quality-source{page}", kwargs={"source": subject.source.code if subject.source else "", **rest}
    )
