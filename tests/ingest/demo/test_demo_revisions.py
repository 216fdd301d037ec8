"""A catalogue that changes: what a harvest of the next revision should find."""

import pytest

from ingest.demo.revisions import Catalogue, difference
from ingest.demo.server import DemoKoppelpunt
from tests.ingest.demo.asking import ask


@pytest.mark.parametrize("records", [500, 2_000])
def test_a_revision_changes_removes_and_adds(records: int) -> None:
    found = difference(Catalogue(records), Catalogue(records, revision=1))
    assert len(found.changed) == pytest.approx(records / 40, abs=2)
    assert len(found.removed) == pytest.approx(records / 200, abs=1)
    assert len(found.added) == -(-records // 200)


def test_revisions_follow_one_another() -> None:
    first, second, third = (Catalogue(800, revision=revision) for revision in (0, 1, 2))
    assert difference(first, second) != difference(second, third)
    gone = difference(first, second).removed
    assert not gone & third.identifiers(), "what is gone stays gone"
    assert difference(first, second).added <= third.identifiers() | difference(second, third).removed


def test_a_change_shows_in_price_or_title_and_not_always_in_the_date() -> None:
    before, after = Catalogue(4_000), Catalogue(4_000, revision=1)
    pairs = [(before.entry(number), after.entry(number)) for number in after.numbers() if number < 4_000]
    changed = [(old, new) for old, new in pairs if old != new]
    assert all((old.price, old.title) != (new.price, new.title) for old, new in changed)
    assert all(old.identifier == new.identifier for old, new in changed)
    assert 0.2 < sum(old.modified == new.modified for old, new in changed) / len(changed) < 0.5


def test_a_server_can_go_on_to_the_next_revision() -> None:
    with DemoKoppelpunt(records=90, seed=4) as server:
        url, before = server.url, ask(server.url, maximumRecords=100).identifiers
        server.change(revision=3)
        after = ask(url, maximumRecords=100).identifiers
        assert set(before) == Catalogue(90, seed=4).identifiers()
        assert set(after) == server.catalogue.identifiers() == Catalogue(90, seed=4, revision=3).identifiers()
        assert set(before) != set(after)
