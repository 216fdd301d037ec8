"""The faults by name, each tried on a scene that stands."""

import logging
from collections.abc import Callable, Mapping, Sequence

from bench.harvest import fill
from bench.own_services import Own
from bench.site import served
from faults import engine_away, index_wrong, work_cut
from faults.scene import Scene
from faults.telling import Story

Trial = Callable[[Scene], None]

TRIALS: Mapping[str, tuple[str, Trial]] = {
    "stopped": ("The engine is stopped (SIGTERM)", engine_away.stopped),
    "killed": ("The engine is killed (kill -9)", engine_away.killed),
    "frozen": ("The engine is frozen (SIGSTOP, SIGCONT)", engine_away.frozen),
    "slow": ("The engine is slow", engine_away.slow),
    "disk": ("The disk is full (flood-stage watermark)", index_wrong.disk_full),
    "mapping": ("The live index is of another definition", index_wrong.wrong_mapping),
    "alias": ("The live alias is missing", index_wrong.missing_alias),
    "half-built": ("An index is half built", index_wrong.half_built),
    "valkey": ("Valkey goes during a drain", work_cut.valkey_gone),
    "two-drainers": ("Two drainers at once", work_cut.two_drainers),
    "killed-rebuild": ("kill -9 in a rebuild", work_cut.killed_rebuild),
    "killed-drain": ("kill -9 in a drain", work_cut.killed_drain),
}


def try_all(names: Sequence[str], *, records: int, engine: Own, valkey: Own) -> int:
    """Fill a catalogue, serve it, try these faults; 0 when all went well, else 1."""
    logging.disable(logging.WARNING)  # What the commands warn of is told by their last line.
    story = Story()
    with story.doing(f"a catalogue of {records} records was filled and indexed"):
        fill(records)
    with served() as site:
        scene = Scene(story, engine, valkey, site)
        for name in names:
            title, trial = TRIALS[name]
            with story.of(title):
                scene.stand_up_again()
                trial(scene)
    return story.end()
