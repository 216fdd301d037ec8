"""One pass over a source: opened, or gone on with where it was broken off, read, and ended."""

from collections.abc import Callable
from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from catalogus.http import Fetcher
from catalogus.locks import Lock, try_lock
from ingest.exceptions import HarvestBusy, HarvestCancelled, SourceError
from ingest.koppelpunt.sru import MAX_ANSWER_BYTES, SruClient
from ingest.models import Harvest, HarvestState, Source
from ingest.quality.snapshots import take_snapshots
from ingest.services.finishing import close_pass, finish_pass
from ingest.services.reading import CellReader, Watcher
from ingest.services.suggestions import refresh_suggestions

RESUME_WITHIN = timedelta(hours=24)
"""An older pass is begun anew: too much has changed at the source for its count to mean anything."""

LOCK_WAIT_SECONDS = 10.0
"""How long a pass waits for the one before it to let go: a killed one does so within its last statement."""


def harvest(
    source: Source,
    *,
    watch: Watcher = lambda _harvest: None,
    should_stop: Callable[[], bool] = lambda: False,
    lock_wait_seconds: float = LOCK_WAIT_SECONDS,
    accept_withdrawals: bool = False,
) -> Harvest:
    """Read a source whole, going on with a pass that was broken off; the pass as it ended.

    watch is called after each batch, should_stop asked before it. accept_withdrawals: somebody agrees beforehand to
    withdrawing more than a source loses in the ordinary way. Raises HarvestBusy where another process harvests this
    source, HarvestStopped where should_stop said so and SourceError where the source fails; what was read until then is
    stored, and the next call goes on there. A pass that a person stopped ends as STOPPED.
    """
    with try_lock(Lock.HARVEST, source.pk, wait_seconds=lock_wait_seconds) as is_free:
        if not is_free:
            raise HarvestBusy(_("Bron %(source)s wordt al geoogst door een ander proces.") % {"source": source.code})
        with Fetcher(max_bytes=MAX_ANSWER_BYTES) as fetcher:
            client = SruClient(source.url, source.record_schema, fetcher)
            one_pass = _open_pass(source)
            reader = CellReader(source, one_pass, client, watch, should_stop)
            try:
                reader.read_all()
                finish_pass(one_pass, client, accept_withdrawals=accept_withdrawals)
            except HarvestCancelled as cancelled:
                close_pass(one_pass, HarvestState.STOPPED, str(cancelled))
            except BaseException as error:
                _interrupt(one_pass, error, made_progress=reader.made_progress)
                raise
            # The pass is closed; should these fail, `manage.py quality refresh` does them again.
            take_snapshots(one_pass)
            refresh_suggestions()
            return one_pass


def _open_pass(source: Source) -> Harvest:
    """The pass that was broken off, else a new one. The lock is ours, so one that says "running" is dead."""
    now = timezone.now()
    found = Harvest.objects.filter(source=source, state__in=HarvestState.open()).first()
    if found is not None and now - found.heartbeat_at > RESUME_WITHIN:
        close_pass(
            found, HarvestState.PARTIAL, _("Te lang onderbroken om verder te gaan; een nieuwe oogst begint vooraan.")
        )
        found = None
    if found is None:
        return Harvest.objects.create(source=source, started_at=now, heartbeat_at=now)
    found.state = HarvestState.RUNNING
    found.heartbeat_at = now
    found.save(update_fields=["state", "heartbeat_at"])
    return found


def _interrupt(one_pass: Harvest, error: BaseException, *, made_progress: bool) -> None:
    """Note why a pass stopped. One that a source stopped twice at the same place has failed."""
    text = str(error) or type(error).__name__
    one_pass.refresh_from_db()
    if isinstance(error, SourceError) and one_pass.message and not made_progress:
        close_pass(one_pass, HarvestState.FAILED, text)
    else:
        one_pass.state = HarvestState.INTERRUPTED
        one_pass.message = text if isinstance(error, SourceError) else ""
        one_pass.heartbeat_at = timezone.now()
        one_pass.save(update_fields=["state", "message", "heartbeat_at"])
