"""What the worker does for the catalogue. Both tasks come back every few seconds, so neither is tried again."""

import logging

from celery import shared_task

from catalogus.exceptions import SearchUnavailable
from catalogus.locks import Lock, try_lock
from catalogus.search.indexing import drain
from catalogus.services.sequence import assign_sequence as assign_sequence_now

logger = logging.getLogger(__name__)


@shared_task(ignore_result=True, acks_late=True)
def drain_outbox() -> None:
    """Index what is stale, unless another drain does. While the engine is away everything waits in the outbox."""
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
