"""Where the time of a first pass goes: seconds by part of the program, as Python's own profiler counts them.

Profiling makes calls dearer than they are, so the shares are what counts.
"""

import cProfile
import pstats
from collections import defaultdict

from bench.ground import free_port, running
from bench.report import show
from ingest.services.harvest import harvest
from ingest.services.sources import register_source

RECORDS = 4_000

PARTS = (
    ("_thread.lock", "waiting for the source"),
    ("psycopg/connection.py", "waiting for PostgreSQL"),
    ("ingest/koppelpunt/", "reading XML"),
    ("ingest/mapping/", "mapping"),
    ("ingest/values.py", "mapping"),
    ("catalogus/families/", "mapping"),
    ("catalogus/naming.py", "mapping"),
    ("catalogus/vocabulary.py", "mapping"),
    ("ingest/services/", "records: identity, hashing, merging"),
    ("catalogus/", "products: placing, comparing, history"),
    ("psycopg/", "sending to and from PostgreSQL"),
    ("django/", "Django's ORM"),
)
"""The first that a function's file and name hold says which part its own time belongs to."""


def measure() -> None:
    """Profile a first pass over an invented catalogue of other records than the rest of the bench uses, and tell."""
    port = free_port()
    url = f"http://127.0.0.1:{port}/sru"
    server = ("manage.py", "demo_koppelpunt", "--records", str(RECORDS), "--port", str(port), "--seed", "99")
    with running(*server, ready=f"{url}?operation=searchRetrieve&version=1.2&query=*&maximumRecords=0"):
        source = register_source(code="profiel", url=url)
        profiler = cProfile.Profile()
        profiler.enable()
        harvest(source)
        profiler.disable()
    seconds = _by_part(profiler)
    total = sum(seconds.values())
    rows = sorted(seconds.items(), key=lambda pair: -pair[1])
    show(
        f"Where a first pass over {RECORDS} records spends its time",
        [(part, f"{spent:.2f} s", f"{100 * spent / total:.0f}%") for part, spent in rows],
    )


def _by_part(profiler: cProfile.Profile) -> dict[str, float]:
    seconds: dict[str, float] = defaultdict(float)
    for (file, _line, name), (_calls, _all_calls, own, _whole, _callers) in pstats.Stats(profiler).stats.items():  # type: ignore[attr-defined]
        seconds[_part_of(f"{file} {name}")] += own
    return seconds


def _part_of(place: str) -> str:
    return next((part for sign, part in PARTS if sign in place), "the rest of Python")
