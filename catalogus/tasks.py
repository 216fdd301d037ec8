"""What the worker does for the catalogue. All of it comes back by itself, so nothing is tried again."""

import logging
from datetime import timedelta

from celery import shared_task
from django.conf import settings

from catalogus.covers import fetching, upkeep
from catalogus.exceptions import IndexMismatch, RebuildRunning, SearchUnavailable
from catalogus.locks import Lock, try_lock
from catalogus.models import RebuildRequest
from catalogus.search.indexing import check, drain, rebuild, request_rebuild_for_words
from catalogus.search.overview import refresh_overview
from catalogus.search.words.refreshing import refresh_words as refresh_words_now
from catalogus.services.current_editions import refresh_waiting_editions
from catalogus.services.search_rows import RowDifferences, check_search_rows
from catalogus.services.sequence import assign_sequence as assign_sequence_now

logger = logging.getLogger(__name__)


@shared_task(ignore_result=True, acks_late=True)
def drain_outbox() -> None:
    """Index what is stale, unless another drain does. While the engine is away everything waits in the outbox.

    Where none is set too: one row for each document at most, until the first rebuild of an engine that comes.
    """
    if not settings.ELASTICSEARCH_URL:
        refresh_waiting_editions()  # A drain begins with that, and pages in basic mode show it as well.
        return
    try:
        with try_lock(Lock.DRAIN) as is_ours:
            if is_ours:
                drain()
    except SearchUnavailable as error:
        # One line and no traceback every few seconds: the outbox is where this shows.
        logger.warning("the outbox waits: %s", error)


@shared_task(ignore_result=True, acks_late=True)
def assign_sequence() -> None:
    """Number the changes that were committed since the last time."""
    assign_sequence_now()


@shared_task(ignore_result=True, acks_late=True)
def rebuild_search() -> None:
    """Build the indexes anew where somebody asked for it, or go on with that where it was broken off.

    Where that fails the request stays for the next run. Without an engine it stays too, and the first rebuild answers
    it.
    """
    if not settings.ELASTICSEARCH_URL:
        return
    try:
        request_rebuild_for_words()
    except SearchUnavailable as error:
        logger.debug("with what words the index was made cannot be told now: %s", error)
    if not RebuildRequest.objects.exists():
        return
    try:
        rebuild(max_rate=settings.SEARCH_REBUILD_MAX_RATE or None, tell=logger.info)
    except RebuildRunning:
        # It may have begun before the request; the next run sees whether it answered that.
        logger.info("a rebuild is running already; the requests wait for its end")
    except (SearchUnavailable, IndexMismatch) as error:
        logger.warning("the rebuild that was asked for has to wait: %s", error)


@shared_task(ignore_result=True, acks_late=True)
def check_search() -> None:
    """Compare index, rows of search and database, and mend what differs; without an engine the rows alone."""
    if not settings.ELASTICSEARCH_URL:
        _tell_of_rows(check_search_rows(repair=True))
        return
    try:
        report = check(is_repairing=True)
    except SearchUnavailable as error:
        logger.warning("the search index was not checked: %s", error)
        _tell_of_rows(check_search_rows(repair=True))
        return
    _tell_of_rows(report.rows)
    if report.repaired:
        logger.warning("%d documents of the search index differed from the database and were mended", report.repaired)
    if not report.is_equal:
        logger.error("the search index differs from the database; run manage.py search check")


def _tell_of_rows(found: RowDifferences) -> None:
    if found:
        logger.warning("rows of search differed from their products and were mended: %s", found)


@shared_task(ignore_result=True, acks_late=True)
def refresh_words() -> None:
    """Count the words of the catalogue anew; where compounds fall apart otherwise now, a rebuild is asked for."""
    refresh_words_now()


@shared_task(ignore_result=True, acks_late=True)
def count_catalogue() -> None:
    """Count for the home page what the catalogue holds, where it has changed; during a harvest that is all the time."""
    try:
        refresh_overview(apart=timedelta(minutes=5))
    except SearchUnavailable as error:
        logger.warning("the catalogue was not counted: %s", error)


@shared_task(ignore_result=True, acks_late=True)
def refresh_covers() -> None:
    """Bring the rows of covers in line with the products, and hand what is due to fetch_covers."""
    if not settings.COVERS_ENABLED:
        return
    with try_lock(Lock.COVERS) as is_ours:
        if not is_ours:
            return  # A fetch goes on; what is due now is due in a minute.
        upkeep.keep_up()
        due = fetching.due_covers()
    if due:
        fetch_covers.delay(due)


@shared_task(ignore_result=True, acks_late=True)
def fetch_covers(cover_ids: list[int]) -> None:
    """Fetch those of these rows (CoverImage) that are due still, unless another fetch goes on."""
    if not settings.COVERS_ENABLED:
        return
    with try_lock(Lock.COVERS) as is_ours:
        if is_ours:
            run = fetching.fetch_covers(cover_ids)
            logger.info("covers: %d held, %d to be tried again, %d given up", run.held, run.failed, run.refused)
