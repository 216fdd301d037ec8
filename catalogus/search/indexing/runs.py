"""What a rebuild has done, kept so that the next one goes on there, and whether it may.

It may where what was filled is still true and still there: drainers have written to it all along, as to the live index,
so it is wrong only where documents are made otherwise now.
"""

import hashlib
import json
from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta

from django.db import DatabaseError
from django.utils import timezone
from django.utils.translation import gettext as _
from elasticsearch import ApiError, Elasticsearch, TransportError

from catalogus.exceptions import WorkStopped
from catalogus.models import OutboxKind, RebuildRequest, RebuildRun, RebuildState
from catalogus.search import indices
from catalogus.search.documents import versions
from catalogus.search.words import word_list_for_documents

Tell = Callable[[str], None]
"""Called with a sentence for people."""

LONGEST_BREAK = timedelta(days=1)
"""An older rebuild starts anew: its indexes forget deletions an hour later, see indices._WHILE_FILLING."""

_LONGEST_FAILURE = 500


def unfinished() -> RebuildRun | None:
    """The rebuild that is under way, or was broken off."""
    return RebuildRun.objects.filter(state=RebuildState.FILLING).first()


def names_of(run: RebuildRun) -> dict[OutboxKind, str]:
    """The indexes that it fills, by kind."""
    return {OutboxKind.PRODUCT: run.product_index, OutboxKind.METHOD: run.method_index}


def take_up(client: Elasticsearch, *, is_fresh: bool, tell: Tell) -> RebuildRun | None:
    """The run to go on with; None where one must start anew, and why is told where that is not plain.

    Whoever calls this holds the lock. Indexes of runs that nobody will go on with are dropped.
    """
    run = unfinished()
    reason = "" if run is None else _why_anew(client, run, is_fresh=is_fresh)
    if run is not None and not reason:
        tell(
            _("Gaat verder met de opbouw van %(at)s: %(done)d van %(total)d documenten staan er al.")
            % {"at": f"{timezone.localtime(run.started_at):%d-%m-%Y %H:%M}", "done": run.done, "total": run.total}
        )
        indices.drop(client, set(indices.leftovers(client)) - set(names_of(run).values()))
        return run
    if run is not None:
        tell(_("De onderbroken opbouw gaat niet verder: %(reason)s.") % {"reason": reason})
        close(run, RebuildState.DROPPED, reason)
    indices.drop(client, indices.leftovers(client))
    return None


def _why_anew(client: Elasticsearch, run: RebuildRun, *, is_fresh: bool) -> str:
    """Why a run cannot go on; empty where it can."""
    later = RebuildRequest.objects.exclude(pk__in=run.answers).first()
    reasons = (
        (is_fresh, _("er is om een nieuwe gevraagd")),
        (timezone.now() - run.heartbeat_at > LONGEST_BREAK, _("zij is langer dan een dag geleden onderbroken")),
        (run.definition != definition_now(), _("de indeling van de index is veranderd")),
        (run.words != words_now(), _("de woordenlijst is veranderd")),
        (later is not None, _("er is daarna om gevraagd (%(request)s)") % {"request": later}),
        (not _has_its_indexes(client, run), _("haar indexen staan er niet meer, of zijn al in gebruik")),
    )
    return next((reason for is_so, reason in reasons if is_so), "")


def _has_its_indexes(client: Elasticsearch, run: RebuildRun) -> bool:
    building = indices.standing(client).building
    return all(building[kind] == {name: versions(kind)} for kind, name in names_of(run).items())


def begin(*, answers: list[int]) -> RebuildRun:
    """A new run, with names for indexes that are still to be made. The words must be up to date."""
    now = timezone.now()
    names = indices.new_names()
    return RebuildRun.objects.create(
        definition=definition_now(),
        words=words_now(),
        product_index=names[OutboxKind.PRODUCT],
        method_index=names[OutboxKind.METHOD],
        answers=answers,
        started_at=now,
        heartbeat_at=now,
    )


def note(run: RebuildRun) -> None:
    """Write down how far it is."""
    run.heartbeat_at = timezone.now()
    run.save(update_fields=["last_method_id", "done", "total", "heartbeat_at"])


def interrupt(run: RebuildRun, fault: BaseException) -> None:
    """Keep it for the next one. What cannot be written, for the database is away, was written with the last chunk."""
    with suppress(DatabaseError):
        is_asked = isinstance(fault, WorkStopped | KeyboardInterrupt | SystemExit)
        RebuildRun.objects.filter(pk=run.pk).update(failure=_("gestopt") if is_asked else _text(fault))


def close(run: RebuildRun, state: RebuildState, failure: str = "") -> None:
    """It ends so, and is never gone on with."""
    run.state, run.failure, run.finished_at = state, failure[:_LONGEST_FAILURE], timezone.now()
    run.save(update_fields=["state", "failure", "finished_at"])


def fail(client: Elasticsearch, run: RebuildRun, fault: BaseException) -> None:
    """Drop what it has filled, which would fail again; the live indexes stay."""
    with suppress(DatabaseError):
        close(run, RebuildState.FAILED, _text(fault))
    # Not those behind a live alias: the move itself may have been done although its answer was lost.
    with suppress(ApiError, TransportError):
        indices.drop(client, indices.leftovers(client))


def definition_now() -> str:
    """By which definition of both kinds this code makes indexes."""
    return "-".join(versions(kind).definition for kind in OutboxKind)


def words_now() -> str:
    """By which rules compounds fall apart in documents that are made now, editors' exceptions included."""
    splitter = word_list_for_documents().splitter
    rules = [sorted(splitter.anywhere), sorted(splitter.first), sorted(splitter.exceptions.items())]
    return hashlib.blake2b(json.dumps(rules).encode(), digest_size=16).hexdigest()


def _text(fault: BaseException) -> str:
    return (str(fault) or type(fault).__name__)[:_LONGEST_FAILURE]
