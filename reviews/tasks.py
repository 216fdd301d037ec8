"""What the worker does for reviews. All of it comes back by itself, so nothing is tried again."""

import logging
from collections import Counter

from celery import shared_task

from reviews.services.checking import Checked, differences_of_prior
from reviews.services.expiring import erase_withdrawn, forget_drafts
from reviews.services.mending import look_over, restate_when_alone

logger = logging.getLogger(__name__)


@shared_task(ignore_result=True, acks_late=True)
def restate_prior() -> None:
    """Bring sort values in line with what all reviews say now, where that has drifted; one process at a time."""
    changed = restate_when_alone()
    if changed:
        logger.info("the prior was restated: the sort values of %d methods changed", changed)


@shared_task(ignore_result=True, acks_late=True)
def check_reviews() -> None:
    """Compare all that is stored of reviews with their rows, and mend nothing: a difference is a fault to look for."""
    found = Counter(one.checked for step in look_over(is_mending=False) for one in step.differences)
    # It drifts between two times of its own task; a fault is only what stays so. Summaries were looked at before.
    del found[Checked.PRIOR]
    restate_when_alone()
    found.update(one.checked for one in differences_of_prior())
    if found:
        counts = ", ".join(f"{kind} {count}" for kind, count in sorted(found.items()))
        logger.error("what is stored of reviews differs from their rows: %s; run manage.py reviews recount", counts)


@shared_task(ignore_result=True, acks_late=True)
def forget_old_drafts() -> None:
    """Every night: erase drafts that nobody went on with, and reviews that were taken back long ago."""
    logger.info("%d drafts and %d withdrawn reviews were erased", forget_drafts(), erase_withdrawn())
