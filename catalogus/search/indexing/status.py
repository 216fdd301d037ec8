"""How the indexes stand, and whether they must be built anew."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from catalogus.locks import Lock, is_held
from catalogus.models import OutboxEntry, OutboxKind, RebuildRequest, RebuildRun, SearchCheck
from catalogus.search.client import engine_faults, get_client
from catalogus.search.documents import versions
from catalogus.search.indexing import runs
from catalogus.search.indices import live_alias, standing
from catalogus.services.rebuilds import request_rebuild


@dataclass(frozen=True, slots=True)
class KindStatus:
    """indexes: names of what is live, empty where nothing is; waiting: rows in the outbox."""

    kind: OutboxKind
    indexes: tuple[str, ...]
    has_same_definition: bool
    has_same_words: bool
    documents: int
    waiting: int


@dataclass(frozen=True, slots=True)
class Status:
    """requests: why a rebuild was asked for; run: one that is under way (is_running) or was broken off.

    is_writable: whether what changes reaches the indexes; it waits while another version's half-filled ones stand.
    """

    kinds: tuple[KindStatus, ...]
    requests: tuple[str, ...]
    run: RebuildRun | None
    is_running: bool
    is_writable: bool
    last_check: SearchCheck | None

    @property
    def needs_rebuild(self) -> bool:
        """Whether search is worse until the indexes are built anew, or answers nothing."""
        is_good = all(kind.indexes and kind.has_same_definition and kind.has_same_words for kind in self.kinds)
        return bool(self.requests) or not is_good or not (self.is_writable or self.is_running)


def status() -> Status:
    """By three calls of the engine. Raises SearchUnavailable where it is away; an index that is not there is told."""
    client = get_client()
    with engine_faults():
        found = standing(client)
        kinds = []
        for kind in OutboxKind:
            live = found.live[kind]
            ours = versions(kind)
            kinds.append(
                KindStatus(
                    kind=kind,
                    indexes=tuple(sorted(live)),
                    has_same_definition=all(one.definition == ours.definition for one in live.values()),
                    has_same_words=all(one.words == ours.words for one in live.values()),
                    documents=int(client.count(index=live_alias(kind)).body["count"]) if live else 0,
                    waiting=OutboxEntry.objects.filter(kind=kind).count(),
                )
            )
    return Status(
        kinds=tuple(kinds),
        requests=tuple(RebuildRequest.objects.values_list("reason", flat=True)),
        run=runs.unfinished(),
        is_running=is_held(Lock.REBUILD),
        is_writable=found.is_writable,
        last_check=SearchCheck.objects.first(),
    )


def request_rebuild_for_words() -> bool:
    """Ask for a rebuild where the live index was made with other words than this code ships; whether so.

    One of another definition is left alone: old and new processes of a deploy would build it in turn.
    Raises SearchUnavailable.
    """
    with engine_faults():
        found = standing(get_client())
    if not found.is_there or not found.is_known or found.has_same_words or RebuildRequest.objects.exists():
        return False
    request_rebuild(reason=_("De index is gemaakt met andere meegeleverde woorden"))
    return True
