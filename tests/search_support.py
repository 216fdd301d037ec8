"""Indexes for tests that search: empty at the start of a test, filled when it asks, gone at the end of the run.

A test that needs the real engine takes the fixture `search_index` and is marked `search`; it makes its objects, calls
`search_index.rebuild()` and searches, through the backend, a page or the API:

    @pytest.mark.search
    def test_search_page(client, search_index):
        make_product(title="Kompas havo 3")
        search_index.rebuild()
        assert "Kompas havo 3" in client.get("/", {"q": "kompas"}).content.decode()

`rebuild()` makes the indexes, and the rows of search in the database, hold what the catalogue holds, whatever is in the
outbox; `drain()` indexes what is in the outbox alone, as the worker does; both show their result at once. The names
carry the worker's prefix, so parallel runs do not meet. The fixture brings `db` with it; a test that commits asks for
`transactional_db` besides.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

import pytest
from django.db import connection
from django.test import override_settings

from catalogus import memory
from catalogus.locks import Lock
from catalogus.models import OutboxKind, Product
from catalogus.search import indices, named
from catalogus.search.client import get_client
from catalogus.search.guarding import slots
from catalogus.search.indexing import drain
from catalogus.search.indexing.bulk import Write, write
from catalogus.search.loading import Document, documents_in_chunks
from catalogus.search.serving import require_known_index
from catalogus.services.current_editions import refresh_current_editions
from catalogus.services.search_rows import refresh_search_rows
from catalogus.services.search_words import refresh_search_words

_AT_ONCE = 10_000
"""Hits: as many as the engine gives in one answer."""


class SearchIndex:
    """The live indexes of this worker and the ways to fill and empty them."""

    def __init__(self) -> None:
        self.client = get_client(timeout_seconds=60)

    def create(self) -> None:
        """New, empty indexes behind the live aliases, in the place of whatever was there."""
        self.drop()
        names = indices.new_names()
        indices.create_building_indexes(self.client, names)
        indices.make_searchable(self.client, names.values())
        indices.go_live(self.client, names)

    def is_good(self) -> bool:
        """Whether both are there; what a test that failed has left, half-built or of another definition, is not."""
        found = indices.standing(self.client)
        return found.is_there and found.is_known and not found.is_building

    def empty(self) -> None:
        """Take every document away; making indexes anew would cost each test a second."""
        if self.is_good():
            self._replace([])
        else:
            self.create()

    def rebuild(self) -> None:
        """Hold the documents of the database, and no others; the words of the catalogue are counted first."""
        refresh_search_words()
        refresh_current_editions()
        # Tests write products past the services that keep these.
        refresh_search_rows(Product.objects.values_list("pk", flat=True))
        self._replace(entry for chunk in documents_in_chunks() for entry in chunk.documents)

    def drain(self) -> None:
        """Index what waits in the outbox, as the worker does."""
        drain()
        self.refresh()

    def refresh(self) -> None:
        """Make visible to searches what was written; labels and the lists of words are read anew as well."""
        named.forget()
        memory.forget_all()
        self.client.indices.refresh(index=[indices.live_alias(kind) for kind in OutboxKind])
        # Asked twice a minute in a process, so a search of a test is one call of the engine as it is elsewhere.
        require_known_index()

    def ids(self, kind: OutboxKind) -> set[int]:
        """The rows that have a document."""
        found: set[int] = set()
        after: list[int] | None = None
        while True:
            hits = self.client.search(
                index=indices.live_alias(kind), size=_AT_ONCE, source=False, sort=[{"id": "asc"}], search_after=after
            ).body["hits"]["hits"]
            found |= {int(hit["_id"]) for hit in hits}
            if len(hits) < _AT_ONCE:
                return found
            after = hits[-1]["sort"]

    def next_version(self) -> int:
        """A version above what was written before and below what is enqueued after."""
        with connection.cursor() as cursor:
            cursor.execute("SELECT nextval('catalogus_outbox_revision')")
            return int(cursor.fetchone()[0])

    def drop(self) -> None:
        indices.drop_all(self.client)

    def _replace(self, documents: Iterable[tuple[OutboxKind, int, Document]]) -> None:
        version = self.next_version()
        self.refresh()
        writes = [Write(kind, pk, version, document) for kind, pk, document in documents]
        wanted = {(item.kind, item.pk) for item in writes}
        superfluous = {(kind, pk) for kind in OutboxKind for pk in self.ids(kind)} - wanted
        if not writes and not superfluous:
            return  # Before most tests the indexes are as empty as they are asked to be.
        outcome = write(self.client, [*writes, *(Write(kind, pk, version, None) for kind, pk in superfluous)])
        assert not outcome.refused
        assert not outcome.postponed
        self.refresh()


@pytest.fixture(scope="session")
def search_index_session() -> Iterator[SearchIndex]:
    index = SearchIndex()
    index.drop()
    yield index
    index.drop()


@pytest.fixture
def live_index(search_index_session: SearchIndex) -> SearchIndex:
    """Indexes with whatever is in them, for a test that asks how words are read and looks at no document."""
    if not search_index_session.is_good():
        search_index_session.create()
    return search_index_session


@pytest.fixture
def search_index(db: None, search_index_session: SearchIndex) -> SearchIndex:
    """Empty indexes for one test."""
    search_index_session.empty()
    return search_index_session


@contextmanager
def nobody_searches() -> Iterator[None]:
    """Nobody can answer: the engine is away, and all places to search in the database are taken."""
    away = override_settings(ELASTICSEARCH_URL="http://127.0.0.1:9", BASIC_SEARCH_SLOTS=1)  # Nobody listens there.
    with away, pytest.MonkeyPatch.context() as patch:
        patch.setattr(slots, "LONGEST_WAIT_SECONDS", 0.0)
        other = connection.get_new_connection(connection.get_connection_params())
        with other, other.cursor() as cursor:
            for lock in (Lock.BASIC_SEARCH, Lock.BASIC_EXPORT):
                cursor.execute("SELECT pg_advisory_xact_lock(%s, 0)", [lock.value])
            yield


@pytest.fixture
def no_search(db: None) -> Iterator[None]:
    """Nobody can answer, in the whole test."""
    with nobody_searches():
        yield
