"""The catalogue of the moment and how it gives way to the next one, while requests in hand keep the one they have."""

import threading
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace

from ingest.demo.revisions import Catalogue
from ingest.demo.store import Progress, Store


class Snapshot:
    """One catalogue with its store. users: how many requests it is answering."""

    def __init__(self, catalogue: Catalogue, store: Store) -> None:
        self.catalogue = catalogue
        self.store = store
        self.users = 0

    def following(self, catalogue: Catalogue) -> "Snapshot":
        """Another catalogue of the same seed and size: a copy of this store, brought in line with it."""
        step = self.catalogue.step_to(catalogue)
        fresh = (catalogue.entry(number) for number in step.fresh)
        return Snapshot(catalogue, Store(fresh, base=self.store, gone=step.gone))


class Feed:
    """What is served now. step: after so many pages it goes on to the next revision; 0 never.

    The next revision is made ahead, in a thread of its own, so that no page waits for it but where pages come faster.
    """

    def __init__(self, catalogue: Catalogue, *, step: int = 0, progress: Progress = lambda _count: None) -> None:
        self._step = step
        self._pages = 0
        self._lock = threading.Lock()
        self._changing = threading.Lock()
        self._builder = ThreadPoolExecutor(1, thread_name_prefix="demo-koppelpunt-next")
        self._next: Future[Snapshot] | None = None
        self._now = Snapshot(catalogue, Store(catalogue, progress))
        self._prepare()

    @property
    def catalogue(self) -> Catalogue:
        with self.lease(is_page=False) as snapshot:
            return snapshot.catalogue

    @contextmanager
    def lease(self, *, is_page: bool) -> Iterator[Snapshot]:
        """What one request is about, to the end of that request. is_page: whether it counts as a step."""
        with self._lock:
            if self._next is not None and self._pages >= self._step:
                self._turn(self._next.result())
            snapshot = self._now
            snapshot.users += 1
            self._pages += is_page
        try:
            yield snapshot
        finally:
            with self._lock:
                snapshot.users -= 1
                self._release(snapshot)

    def change(self, catalogue: Catalogue) -> None:
        """Serve another catalogue of the same seed and size from now on; the steps are counted anew."""
        with self._changing:
            self._forget_next()
            with self.lease(is_page=False) as snapshot:
                following = snapshot.following(catalogue)
            with self._lock:
                self._turn(following)

    def close(self) -> None:
        with self._changing:
            self._forget_next()
            self._builder.shutdown()
            self._now.store.close()

    def _prepare(self) -> None:
        if self._step:
            snapshot = self._now
            catalogue = replace(snapshot.catalogue, revision=snapshot.catalogue.revision + 1)
            self._next = self._builder.submit(snapshot.following, catalogue)

    def _turn(self, following: Snapshot) -> None:
        old, self._now = self._now, following
        self._pages = 0
        self._prepare()
        self._release(old)

    def _release(self, snapshot: Snapshot) -> None:
        """The store of a snapshot goes with the last request that is about it."""
        if snapshot is not self._now and not snapshot.users:
            snapshot.store.close()

    def _forget_next(self) -> None:
        with self._lock:
            pending, self._next = self._next, None
        if pending is not None and pending.exception() is None:
            pending.result().store.close()
