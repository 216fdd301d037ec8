"""Read ahead: the next items are made while the last ones are used."""

from collections import deque
from collections.abc import Generator, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Final, TypeVar

T = TypeVar("T")


class _End:
    """Stands for the end: a future cannot carry StopIteration."""


_END: Final = _End()


def read_ahead(items: Iterator[T], depth: int) -> Generator[T, None, None]:
    """The items, made in one thread of their own, in order and one at a time, at most depth of them ahead.

    What making an item raises is raised in its place. Who stops before the end closes the generator: then no more items
    are made.
    """
    with ThreadPoolExecutor(max_workers=1, thread_name_prefix="ahead") as pool:
        coming: deque[Future[T | _End]] = deque(pool.submit(_next, items) for _ in range(depth))
        try:
            while not isinstance(item := coming.popleft().result(), _End):
                coming.append(pool.submit(_next, items))
                yield item
        finally:
            for future in coming:
                future.cancel()


def _next(items: Iterator[T]) -> T | _End:
    return next(items, _END)
