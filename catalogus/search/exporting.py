"""A whole answer, from its first hit to its last, as an export needs it.

The index is held still by a point in time, so that what is written meanwhile neither doubles a hit nor hides one, and
read on with `search_after`, which costs the same for the last chunk as for the first. Query and order are those of the
page (`search_body`); which page was being looked at does not matter.
"""

from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import replace
from typing import Any

from django.utils.translation import gettext as _

from catalogus.exceptions import SearchUnavailable
from catalogus.models import OutboxKind
from catalogus.search.backend import Hit, HitWalk, ProductHit
from catalogus.search.client import engine_faults, get_client
from catalogus.search.criteria import SearchCriteria, View
from catalogus.search.elasticsearch import is_to_be_loosened, preference
from catalogus.search.hits import method_hit, product_hit
from catalogus.search.indices import live_alias
from catalogus.search.queries import Request, search_body
from catalogus.search.serving import known_index

HITS_PER_CHUNK = 1000
"""What is held in memory at once, some 1.5 MB. Larger chunks were no faster."""

CHUNK_TIMEOUT_SECONDS = 30.0
"""A thousand hits take tens of milliseconds. A machine that needs longer than this has other things to do."""

_KEPT = "2m"
"""How long the index is held still after each chunk. Who reads a chunk, some 300 KB, in two minutes is in time; and
what nobody closed, for its process was killed, is forgotten soon."""


class Walk(HitWalk):
    """The answer to a search in chunks; `total` is the number of its hits. To be closed, read to its end or not.

    Method hits say how many products fit, and give none of them.
    """

    def __init__(self, criteria: SearchCriteria) -> None:
        """Ask for the first chunk. Raises SearchUnavailable."""
        self.criteria = criteria
        self._client = get_client(timeout_seconds=CHUNK_TIMEOUT_SECONDS)
        request = Request.of(replace(criteria.with_page(1), page_size=HITS_PER_CHUNK), with_facets=False)
        self._body = _body(request)
        self._point = ""
        kind = OutboxKind.METHOD if criteria.view == View.METHODS else OutboxKind.PRODUCT
        with known_index():
            # No more than a search may take: what is wrong with the engine shows before the first long call.
            opened = get_client().open_point_in_time(
                index=live_alias(kind), keep_alive=_KEPT, preference=preference(criteria)
            )
            self._point = opened["id"]
            try:
                answer = self._ask()
                if is_to_be_loosened(request, answer):
                    self._body = _body(request.loosened())
                    answer = self._ask()
            except BaseException:
                self.close()
                raise
        self._first = answer["hits"]
        self.total: int = self._first["total"]["value"]

    def chunks(self) -> Iterator[list[Hit]]:
        """The hits in their order, each once; may be read once. Raises SearchUnavailable where the engine goes away."""
        read = method_hit if self.criteria.view == View.METHODS else _product
        # Nothing need be counted again.
        self._body["track_total_hits"] = False
        self._body.pop("aggs", None)
        found = self._first["hits"]
        while found:
            after = found[-1]["sort"]
            yield [read(hit) for hit in found]
            if len(found) < HITS_PER_CHUNK:
                return
            self._body["search_after"] = after
            found = self._ask()["hits"]["hits"]

    def close(self) -> None:
        """Let the index go. An engine that is away has let go by itself."""
        if self._point:
            with suppress(SearchUnavailable), engine_faults():
                self._client.close_point_in_time(id=self._point)
            self._point = ""

    def _ask(self) -> Mapping[str, Any]:
        with engine_faults():
            answer: dict[str, Any] = self._client.search(
                body=self._body | {"pit": {"id": self._point, "keep_alive": _KEPT}}, allow_partial_search_results=False
            ).body
        # The engine may give the point another name with any answer, and the last one is the one to go on with.
        self._point = answer["pit_id"]
        if answer["timed_out"]:
            raise SearchUnavailable(_("De zoekmachine had te veel tijd nodig. Probeer het opnieuw."))
        return answer


def _body(request: Request) -> dict[str, Any]:
    body = search_body(request, timeout_seconds=CHUNK_TIMEOUT_SECONDS)
    del body["from"]
    _leave_out_samples(body["query"])
    return body


def _leave_out_samples(query: Any) -> None:
    """Let a method come with the number of its products that fit, without examples: these cost more than all else."""
    for inner in query.values() if isinstance(query, dict) else query if isinstance(query, list) else ():
        _leave_out_samples(inner)
    if isinstance(query, dict) and "inner_hits" in query:
        query["inner_hits"] = {"size": 0, "_source": False}


def _product(hit: Mapping[str, Any]) -> ProductHit:
    return product_hit(hit["_source"])
