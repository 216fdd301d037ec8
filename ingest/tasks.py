"""Work in the background; each task takes ids and may run twice."""

import logging

from celery import shared_task

from ingest.exceptions import HarvestBusy
from ingest.models import Source
from ingest.services.harvest import harvest

logger = logging.getLogger(__name__)


@shared_task(acks_late=True)
def harvest_source(source_id: int) -> None:
    """Read a source whole, going on where an earlier pass was broken off; nothing where another process does."""
    try:
        one_pass = harvest(Source.objects.get(pk=source_id))
    except HarvestBusy as busy:
        logger.info("%s", busy)
    else:
        logger.info("harvest %d of source %d ended as %s", one_pass.pk, source_id, one_pass.state)
