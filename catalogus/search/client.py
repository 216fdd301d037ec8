"""The one place that speaks to the engine: the official client, made from the settings, and its faults as ours."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache

from django.conf import settings
from django.utils.translation import gettext as _
from elastic_transport import TransportError
from elasticsearch import ApiError, Elasticsearch
from elasticsearch.serializer import OrjsonSerializer

from catalogus.exceptions import SearchUnavailable
from catalogus.search.engine_node import TimedNode

_BAD_REQUEST = 400

LONG_WORK_SECONDS = 120.0
"""How long one call of a rebuild may take: a bulk of megabytes on a busy disk outlasts any search."""


def get_client(*, timeout_seconds: float | None = None) -> Elasticsearch:
    """The client of this process; a call that outlasts timeout_seconds (default: the setting) is given up.

    Raises SearchUnavailable where no engine is set.
    """
    if not settings.ELASTICSEARCH_URL:
        raise SearchUnavailable(
            _("Er is geen zoekmachine ingesteld. Zet ELASTICSEARCH_URL, of start alles met “make run”.")
        )
    client = _client(settings.ELASTICSEARCH_URL, settings.ELASTICSEARCH_TIMEOUT_SECONDS, os.getpid())
    return _patient_for(client, timeout_seconds) if timeout_seconds else client


# The process is part of the key: a worker that was forked must not share its parent's connections.
@lru_cache(maxsize=4)
def _client(url: str, timeout_seconds: float, _process: int) -> Elasticsearch:
    # A search that failed is told at once, and the outbox tries again by itself: retries here would add up silently.
    return Elasticsearch(
        url,
        request_timeout=timeout_seconds,
        max_retries=0,
        retry_on_timeout=False,
        serializer=OrjsonSerializer(),
        node_class=TimedNode,
    )


# A client with another timeout shares the connections, but takes longer to make than many an answer to come.
@lru_cache(maxsize=8)
def _patient_for(client: Elasticsearch, timeout_seconds: float) -> Elasticsearch:
    return client.options(request_timeout=timeout_seconds)


@contextmanager
def engine_faults() -> Iterator[None]:
    """Turn what the engine cannot help at this moment, and an index that is not there, into SearchUnavailable."""
    try:
        yield
    except TransportError as error:
        raise SearchUnavailable(
            _("De zoekmachine antwoordt niet op %(url)s. Ga na of zij draait en of ELASTICSEARCH_URL klopt.")
            % {"url": _without_password(settings.ELASTICSEARCH_URL)}
        ) from error
    except ApiError as error:
        if error.meta.status == _BAD_REQUEST:
            raise  # What we asked is wrong, and would be wrong again.
        if error.error == "index_not_found_exception":
            raise no_index() from error
        raise SearchUnavailable(
            _("De zoekmachine kan of wil het nu niet (status %(status)d: %(reason)s). Probeer het straks opnieuw.")
            % {"status": error.meta.status, "reason": error.error}
        ) from error


def no_index() -> SearchUnavailable:
    """What to raise, and what to do, where the engine answers but holds no index of ours."""
    return SearchUnavailable(_("Er is nog geen zoekindex. Maak hem met “manage.py search rebuild”."))


def _without_password(url: str) -> str:
    scheme, separator, rest = url.rpartition("://")
    return f"{scheme}{separator}{rest.rpartition('@')[2]}"
