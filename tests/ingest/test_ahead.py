"""Reading ahead changes when items are made, and nothing else."""

import threading
from collections.abc import Iterator

import pytest

from ingest.services.ahead import read_ahead

DEPTH = 3


class Source:
    """Counts to `size`, and tells how many it made and in which threads; fails after `failing`."""

    def __init__(self, size: int, failing: int | None = None) -> None:
        self.made = 0
        self.threads: set[str] = set()
        self._size, self._failing = size, failing

    def items(self) -> Iterator[int]:
        for number in range(self._size):
            if number == self._failing:
                raise RuntimeError("the source fails")
            self.made += 1
            self.threads.add(threading.current_thread().name)
            yield number


@pytest.mark.parametrize("size", [0, 1, DEPTH, 50])
def test_all_items_in_order_from_one_other_thread(size):
    source = Source(size)
    assert list(read_ahead(source.items(), DEPTH)) == list(range(size))
    assert len(source.threads) == min(size, 1)
    assert threading.current_thread().name not in source.threads


def test_it_is_never_further_ahead_than_asked():
    source = Source(50)
    for number in read_ahead(source.items(), DEPTH):
        assert source.made <= number + 1 + DEPTH


def test_a_failure_comes_after_the_items_before_it():
    reading = read_ahead(Source(50, failing=5).items(), DEPTH)
    assert [next(reading) for _ in range(5)] == [0, 1, 2, 3, 4]
    with pytest.raises(RuntimeError, match="the source fails"):
        next(reading)


def test_who_stops_reading_stops_the_source():
    source = Source(50)
    reading = read_ahead(source.items(), DEPTH)
    assert next(reading) == 0
    reading.close()
    assert source.made <= 1 + DEPTH + 1
    assert not any(thread.name.startswith("ahead") for thread in threading.enumerate())
