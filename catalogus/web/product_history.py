"""What became of a product, as anybody may read it: what changed, when and by which way, and never by whom."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from catalogus.models import Cause, ProductVersion, VersionKind
from catalogus.web.change_words import Difference, change_values, differences, kind_label
from catalogus.web.field_words import Names

_OF_OUR_OWN = frozenset({"form_confidence", "origin_method_id", "is_placement_locked", "merged_into", "withdrawn_at"})
"""What says how we work, or what the kind of change and its moment say already."""

_COMING_AND_GOING = (VersionKind.WITHDRAWN, VersionKind.RESTORED)


@dataclass(frozen=True, slots=True)
class HistoryEntry:
    at: datetime
    kind: str
    cause: str
    differences: tuple[Difference, ...]


def history_entries(versions: Sequence[ProductVersion]) -> list[HistoryEntry]:
    """In the order given. A query for each kind of row that the changes mention: methods, editions, publishers."""
    names = Names.of(version.changes for version in versions)
    return [_entry(version, names) for version in versions]


def _entry(version: ProductVersion, names: Names) -> HistoryEntry:
    values = {name: pair for name, pair in change_values(version, names).items() if name not in _OF_OUR_OWN}
    return HistoryEntry(version.at, kind_label(version.kind), _cause_text(version), differences(values))


def _cause_text(version: ProductVersion) -> str:
    """What brought it about, for who does not know how catalogues are made."""
    if version.cause == Cause.HARVEST and version.kind in _COMING_AND_GOING:
        is_gone = version.kind == VersionKind.WITHDRAWN
        return _("de bron geeft het niet meer door") if is_gone else _("de bron geeft het weer door")
    texts: dict[str, str] = {
        Cause.HARVEST: _("overgenomen van de bron"),
        Cause.PUSH: _("aangeleverd door de uitgever"),
        Cause.REMAP: _("opnieuw gelezen uit dezelfde gegevens, met betere leesregels"),
        Cause.EDITOR: _("door de redactie van de catalogus"),
        Cause.MERGE: _("doordat twee producten hetzelfde bleken"),
    }
    return texts.get(version.cause, version.cause)
