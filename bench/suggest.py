"""Suggestions while somebody types: the endpoint of the page, against the same body sent by the bare client.

What is typed are the beginnings of the catalogue's own names, letter by letter, also with a slip.
"""

import random
import statistics
import time
from collections.abc import Callable
from http import HTTPStatus
from urllib.parse import urlencode

import urllib3
from django.conf import settings
from elasticsearch import Elasticsearch

from bench.ground import free_port, running
from bench.report import ratio, show
from catalogus.models import Concept, Method, Product, Publisher, Scheme
from catalogus.search.suggest_queries import suggest_searches

AIM = 2.0
MOST_MS = 30.0
"""At the server, for 95 of 100: what a person types on is asked anew, and the network comes on top."""

COUNT = 300
SEED = 7
ROUNDS = 3
"""Each text is timed so often and its best counts, as in the search part."""


def typed_texts() -> list[str]:
    """Beginnings of names of all kinds, from two letters on; every fifth with two neighbours that changed places."""
    dice = random.Random(SEED)
    kinds = (
        list(Method.objects.order_by("public_id").values_list("name", flat=True)),
        list(Product.objects.order_by("public_id").values_list("title", flat=True)),
        list(Publisher.objects.order_by("slug").values_list("name", flat=True)),
        list(Concept.objects.filter(scheme=Scheme.SUBJECT).order_by("code").values_list("label_nl", flat=True)),
    )
    texts = []
    for number in range(COUNT):
        name = dice.choice(dice.choice(kinds))
        text = name[: dice.randint(2, max(2, min(30, len(name))))]
        place = len(text) - 2
        texts.append(text if number % 5 or place < 3 else f"{text[:place]}{text[place + 1]}{text[place]}")
    return texts


def measure() -> None:
    """Time them through the endpoint and bare, turn by turn, and tell."""
    port = free_port()
    site = f"http://127.0.0.1:{port}"
    server = ("-m", "gunicorn", "config.wsgi:application", "--bind", f"127.0.0.1:{port}", "--threads", "4",
              "--log-level", "warning")  # fmt: skip
    ours, theirs = [], []
    with running(*server, ready=f"{site}/healthz"), urllib3.HTTPConnectionPool("127.0.0.1", port, timeout=30) as http:
        bare = Elasticsearch(settings.ELASTICSEARCH_URL)
        for text in typed_texts():
            mine, other = _through_endpoint(text, http), _bare(text, bare)
            mine()
            other()  # The first answer warms the engine's caches for both alike.
            times = [(_timed(mine), _timed(other)) for _ in range(ROUNDS)]
            ours.append(min(one for one, _ in times))
            theirs.append(min(one for _, one in times))
    rows = []
    for name, share in (("p50", 50), ("p95", 95)):
        mine_ms, other_ms = (1e3 * statistics.quantiles(times, n=100)[share - 1] for times in (ours, theirs))
        figure, remark = ratio(mine_ms, other_ms, AIM)
        aim = f"aim ≤ {MOST_MS:.0f} ms" + ("" if mine_ms <= MOST_MS else ", not met")
        rows.append(
            (f"{name}: endpoint / bare client", f"{mine_ms:.1f} / {other_ms:.1f} ms", aim if share == 95 else "")
        )
        rows.append((f"{name}: ratio", figure, remark))
    show(f"Suggestions, {COUNT} texts", rows)


def _through_endpoint(text: str, http: urllib3.HTTPConnectionPool) -> Callable[[], None]:
    address = f"/zoeken/suggesties/?{urlencode({'q': text})}"

    def ask() -> None:
        response = http.request("GET", address)
        if response.status != HTTPStatus.OK:
            raise RuntimeError(f"{address}: status {response.status}")
        response.json()

    return ask


def _bare(text: str, bare: Elasticsearch) -> Callable[[], None]:
    searches = suggest_searches(text, timeout_seconds=1)

    def ask() -> None:
        bare.msearch(searches=searches)

    return ask


def _timed(ask: Callable[[], None]) -> float:
    started = time.perf_counter()
    ask()
    return time.perf_counter() - started
