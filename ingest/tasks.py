"""Work in the background; each task takes ids and may run twice."""

import logging

from celery import shared_task

from ingest.exceptions import HarvestBusy, RemapBusy, SourceError
from ingest.models import Source
from ingest.services import reports
from ingest.services.harvest import harvest
from ingest.services.remap import requested_remap
from ingest.services.schedule import due_sources, tell_of_failures

logger = logging.getLogger(__name__)


@shared_task(acks_late=True)
def harvest_source(source_id: int) -> None:
    """Read a source whole, going on where an earlier pass was broken off; nothing where another process does."""
    try:
        one_pass = harvest(Source.objects.get(pk=source_id), lock_wait_seconds=0)
    except HarvestBusy as busy:
        logger.info("%s", busy)
    except SourceError as error:
        # The pass says so too, and the schedule tries again; a source's fault is none of this program's.
        logger.warning("harvest of source %d was broken off: %s", source_id, error)
    else:
        logger.info("harvest %d of source %d ended as %s", one_pass.pk, source_id, one_pass.state)


@shared_task(acks_late=True)
def harvest_due_sources() -> None:
    """Start a pass of each source whose time has come, and tell staff of those that keep failing."""
    for source in due_sources():
        harvest_source.delay(source.pk)
    for source in tell_of_failures():
        logger.warning("source %d has failed three times in a row", source.pk)


@shared_task(acks_late=True)
def reread_requested_records() -> None:
    """Read stored records again where an alias, a concept or a publisher was changed since; nothing where none was."""
    try:
        done = requested_remap()
    except RemapBusy as busy:
        logger.info("%s", busy)
    else:
        if done is not None:
            logger.info("remap %d read %d records and changed %d", done.pk, done.read, done.changed)


@shared_task(acks_late=True)
def forget_old_reports() -> None:
    """Take the addresses out of reports that nobody handled in time, and delete those that were closed long ago."""
    logger.info("addresses of %d reports were forgotten", reports.forget_reply_addresses())
    logger.info("%d reports were deleted, a year after they were closed", reports.delete_old_reports())
