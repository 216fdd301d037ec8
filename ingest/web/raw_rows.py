"""A record with its contents, as its page shows it."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from catalogus.web import formatting
from ingest.mapping import MAPPING_VERSION
from ingest.models import Record, RecordState
from ingest.web.issue_words import issue_text
from ingest.web.raw_payload import ComparedRow, Payload, compared, read_payload


@dataclass(frozen=True, slots=True)
class Content:
    """One of the contents that are kept of a record. anchor: unique on the page."""

    title: str
    anchor: str
    payload: Payload
    download_url: str


@dataclass(frozen=True, slots=True)
class RecordCard:
    """comparison: the accepted content beside the refused one; then the contents need not show their elements."""

    anchor: str
    identifier: str
    url: str
    source: str
    state: str
    explanation: str
    is_refused: bool
    facts: tuple[tuple[str, str], ...]
    issues: tuple[str, ...]
    contents: tuple[Content, ...]
    comparison: tuple[ComparedRow, ...]


def record_card(record: Record) -> RecordCard:
    """Reads the record's contents, and its source and publisher."""
    contents = _contents(record)
    return RecordCard(
        anchor=f"record-{record.pk}",
        identifier=record.identifier,
        url=reverse("ingest:record-raw", args=[record.pk]),
        source=record.source.name,
        state=record.get_state_display(),
        explanation=_explanation(record),
        is_refused=record.state == RecordState.QUARANTINED,
        facts=tuple(_facts(record)),
        issues=tuple(map(issue_text, record.issues)),
        contents=tuple(contents),
        comparison=compared(*(content.payload for content in contents)) if len(contents) == 2 else (),
    )


def _explanation(record: Record) -> str:
    if record.state == RecordState.ABSENT:
        return _("De bron geeft dit record niet meer door.")
    if record.state == RecordState.ACCEPTED:
        return _("Het product is hiervan gemaakt.")
    if record.refused_payload is not None:
        return _("De laatste inhoud is geweigerd; het product is nog gemaakt van wat eerder is opgenomen.")
    return _("De inhoud is geweigerd; er is geen product van gemaakt.")


def _facts(record: Record) -> list[tuple[str, str]]:
    facts = [
        (_("Bron"), record.source.name),
        (_("Recordkenmerk"), record.identifier),
        (_("Schema"), record.schema or _("onbekend")),
        (_("Uitgever"), record.publisher.name if record.publisher else _("onbekend")),
        (_("Voor het eerst gezien"), formatting.moment(record.first_seen_at)),
        (_("Voor het laatst gezien"), formatting.moment(record.last_seen_at)),
    ]
    if record.missing_since:
        facts.append((_("Niet aangetroffen sinds"), formatting.moment(record.missing_since)))
    version = str(record.mapping_version)
    if record.mapping_version != MAPPING_VERSION:
        version = _("%(version)s (de regels van nu zijn versie %(current)d)") % {
            "version": version,
            "current": MAPPING_VERSION,
        }
    facts.append((_("Gelezen met versie"), version))
    return facts


def _contents(record: Record) -> list[Content]:
    first = read_payload(record.payload)
    if record.refused_payload is None:
        title = _("Geweigerde inhoud") if record.state == RecordState.QUARANTINED else _("Inhoud")
        return [_content(record, title, "inhoud", first)]
    return [
        _content(record, _("Opgenomen inhoud"), "inhoud", first),
        _content(record, _("Geweigerde inhoud, later ontvangen"), "geweigerd", read_payload(record.refused_payload)),
    ]


def _content(record: Record, title: str, which: str, payload: Payload) -> Content:
    return Content(
        title=title,
        anchor=f"record-{record.pk}-{which}",
        payload=payload,
        download_url=reverse("ingest:record-download", args=[record.pk, which]),
    )
