"""Time what the site answers against what a bare peer does, turn by turn, and put both into a table."""

import statistics
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager

import urllib3

from bench.ground import free_port, running
from bench.report import Row, ratio

ROUNDS = 3
"""Each question is timed so often and its best counts: what disturbs is seldom there three times."""

Ask = Callable[[], None]


@contextmanager
def asked_site() -> Iterator[urllib3.HTTPConnectionPool]:
    """The site as one process with four threads, by a pool of connections to it."""
    port = free_port()
    server = ("-m", "gunicorn", "config.wsgi:application", "--bind", f"127.0.0.1:{port}", "--threads", "4",
              "--log-level", "warning")  # fmt: skip
    with (
        running(*server, ready=f"http://127.0.0.1:{port}/healthz"),
        urllib3.HTTPConnectionPool("127.0.0.1", port, timeout=30) as http,
    ):
        yield http


def compared(asks: Iterable[tuple[Ask, Ask]], *, peer: str, aim: float, most_ms: float | None = None) -> list[Row]:
    """Ours and the peer's as rows, at p50 and p95. aim: of the ratio; most_ms: what is aimed at for ours at p95."""
    ours, theirs = [], []
    for mine, other in asks:
        mine()
        other()  # The first answer warms caches for both alike.
        times = [(_timed(mine), _timed(other)) for _ in range(ROUNDS)]
        ours.append(min(one for one, _ in times))
        theirs.append(min(one for _, one in times))
    rows = []
    for share in (50, 95):
        mine_ms, other_ms = (1e3 * statistics.quantiles(times, n=100)[share - 1] for times in (ours, theirs))
        figure, remark = ratio(mine_ms, other_ms, aim)
        aimed_at = ""
        if most_ms is not None and share == 95:
            aimed_at = f"aim ≤ {most_ms:.0f} ms" + ("" if mine_ms <= most_ms else ", not met")
        rows.append((f"p{share}: ours / {peer}", f"{mine_ms:.1f} / {other_ms:.1f} ms", aimed_at))
        rows.append((f"p{share}: ratio", figure, remark))
    return rows


def _timed(ask: Ask) -> float:
    started = time.perf_counter()
    ask()
    return time.perf_counter() - started
