"""What the worker does for what people keep."""

import logging

from celery import shared_task

from catalogus.exceptions import SearchUnavailable
from selection.models import DigestProgress
from selection.services.digest import forget_letters
from selection.services.digest import write_digests as write_digests_now
from selection.services.news import settled_seq

logger = logging.getLogger(__name__)

PEOPLE_AT_ONCE = 200
"""Of one task: enough for equal searches to be asked once, and few enough that a worker that dies repeats minutes."""

SEEN_SECONDS = 30
"""How long after the index was written its searches surely show it."""


@shared_task(ignore_result=True, acks_late=True)
def send_digests() -> None:
    """Begin the weekly letters: a task for so many people at once. Run again, it goes on where people are."""
    logger.info("%d old letters were erased", forget_letters())
    upto = settled_seq()
    waiting = DigestProgress.objects.filter(told_seq__lt=upto).order_by("pk").values_list("pk", flat=True)
    ids = list(waiting)
    for start in range(0, len(ids), PEOPLE_AT_ONCE):
        write_digests.apply_async((ids[start : start + PEOPLE_AT_ONCE], upto), countdown=SEEN_SECONDS)
    logger.info("digests up to %d for %d people", upto, len(ids))


# While the engine is away: after one, two, four … minutes, at most an hour, for most of a day; then next week's run.
@shared_task(
    ignore_result=True,
    acks_late=True,
    autoretry_for=(SearchUnavailable,),
    retry_backoff=60,
    retry_backoff_max=3600,
    max_retries=20,
)
def write_digests(user_ids: list[int], upto: int) -> None:
    """Write these people's letters; who has theirs already gets no other."""
    write_digests_now(user_ids=user_ids, upto=upto)
