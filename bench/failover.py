"""From an engine that goes to the first answer in basic mode, and from its return to the first whole answer.

On an engine of the bench's own, which is stopped and frozen; searches go over HTTP to a gunicorn of the demonstration's
settings, one after another. There is no bare peer: these are seconds that people wait.
"""

import os
import subprocess
import sys
import time

from bench.ground import REPOSITORY
from bench.own_services import Own, own_engine
from bench.report import Row, show
from bench.site import Mode, Site, served

TEXT = "wiskunde"
FREEZES = 3
AIM_SECONDS = 1.0
"""0.8 s for an engine that says nothing, and the database's own answer."""

MOST_SECONDS = 60.0

IN_A_ROW = 12
"""Whole answers one after another: then each process of the site has seen that the engine is there."""


def measure() -> None:
    """Stop and start the engine once, freeze and thaw it some times, and tell."""
    engine = own_engine()
    try:
        engine.start()
        subprocess.run(
            [sys.executable, "manage.py", "search", "rebuild"],
            cwd=REPOSITORY,
            check=True,
            env={**os.environ, "ELASTICSEARCH_URL": engine.url},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        with served({"ELASTICSEARCH_URL": engine.url}) as site:
            _settle(site)
            rows = [*_stopped(engine, site), *_frozen(engine, site)]
    finally:
        engine.stop()
    show("An engine that goes and comes back", rows)


def _settle(site: Site) -> None:
    """Every process of the site has searched, so that none of them counts its start."""
    site.wait_for(Mode.FULL, TEXT, seconds=MOST_SECONDS, in_a_row=IN_A_ROW)


def _stopped(engine: Own, site: Site) -> list[Row]:
    engine.stop()
    away = site.wait_for(Mode.BASIC, TEXT, seconds=MOST_SECONDS)
    engine.start()
    back = site.wait_for(Mode.FULL, TEXT, seconds=MOST_SECONDS)
    all_back = back + site.wait_for(Mode.FULL, TEXT, seconds=MOST_SECONDS, in_a_row=IN_A_ROW)
    return [
        _row("stopped: first answer in basic mode", [away]),
        _row("ready again: first whole answer", [back]),
        _row("ready again: every process of the site", [all_back]),
    ]


def _frozen(engine: Own, site: Site) -> list[Row]:
    away, back = [], []
    for _ in range(FREEZES):
        _settle(site)
        engine.freeze()
        try:
            away.append(site.wait_for(Mode.BASIC, TEXT, seconds=MOST_SECONDS))
            time.sleep(1)
        finally:
            engine.thaw()
        back.append(site.wait_for(Mode.FULL, TEXT, seconds=MOST_SECONDS))
    return [
        _row(f"frozen, worst of {FREEZES}: first answer in basic mode", away),
        _row("goes on: first whole answer", back),
    ]


def _row(what: str, seconds: list[float]) -> Row:
    worst = max(seconds)
    aim = f"aim ≤ {AIM_SECONDS:.0f} s" + ("" if worst <= AIM_SECONDS else ", not met")
    return what, f"{worst:.2f} s", aim if "basic" in what else "a probe asks whether it is back"
