"""Ask a pass to stop; the process that runs it looks after each batch."""

from ingest.models import Harvest, HarvestState


def request_stop(*, harvest: Harvest, actor: str) -> bool:
    """Note who wants this pass to stop; whether it could still be asked. The first who asks is the one who is named."""
    open_pass = Harvest.objects.filter(pk=harvest.pk, state__in=HarvestState.open(), stop_requested_by="")
    return bool(open_pass.update(stop_requested_by=actor[:200]))
