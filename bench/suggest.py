"""Suggestions while somebody types: the endpoint of the page, against the same body sent by the bare client.

What is typed are the beginnings of the catalogue's own names, letter by letter, also with a slip.
"""

import random
from http import HTTPStatus
from urllib.parse import urlencode

import urllib3
from django.conf import settings
from elasticsearch import Elasticsearch

from bench.report import show
from bench.timing import Ask, asked_site, compared
from catalogus.models import Concept, Method, Product, Publisher, Scheme
from catalogus.search.suggest_queries import suggest_searches

AIM = 2.0
MOST_MS = 30.0
"""At the server, for 95 of 100: what a person types on is asked anew, and the network comes on top."""

COUNT = 300
SEED = 7


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
    with asked_site() as http:
        bare = Elasticsearch(settings.ELASTICSEARCH_URL)
        asks = ((_through_endpoint(text, http), _bare(text, bare)) for text in typed_texts())
        rows = compared(asks, peer="bare client", aim=AIM, most_ms=MOST_MS)
    show(f"Suggestions, {COUNT} texts", rows)


def _through_endpoint(text: str, http: urllib3.HTTPConnectionPool) -> Ask:
    address = f"/zoeken/suggesties/?{urlencode({'q': text})}"

    def ask() -> None:
        response = http.request("GET", address)
        if response.status != HTTPStatus.OK:
            raise RuntimeError(f"{address}: status {response.status}")
        response.json()

    return ask


def _bare(text: str, bare: Elasticsearch) -> Ask:
    searches = suggest_searches(text, timeout_seconds=1)

    def ask() -> None:
        bare.msearch(searches=searches)

    return ask
