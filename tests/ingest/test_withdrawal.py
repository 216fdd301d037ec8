"""What is gone from a source: noted, withdrawn a day later, held back where it is too much, and restored."""

from collections.abc import Iterator

import pytest

from catalogus.models import Cause, OutboxEntry, Product, ProductVersion, VersionKind
from ingest.demo.revisions import difference
from ingest.demo.server import DemoKoppelpunt
from ingest.exceptions import NothingHeld
from ingest.models import HarvestState, Record, RecordState, Source
from ingest.services.harvest import harvest
from ingest.services.sources import register_source
from ingest.services.withdrawal import accept_withdrawals
from tests.ingest.passes import a_day_passes, adds_up

pytestmark = pytest.mark.django_db

RECORDS = 400


@pytest.fixture
def server() -> Iterator[DemoKoppelpunt]:
    with DemoKoppelpunt(records=RECORDS, seed=5, ceiling=150) as running:
        yield running


@pytest.fixture
def source(server: DemoKoppelpunt) -> Source:
    return register_source(code="demo", url=server.url)


def gone_products() -> set[str]:
    return set(Product.objects.exclude(withdrawn_at=None).values_list("public_id", flat=True))


def test_a_record_is_withdrawn_after_two_whole_passes_a_day_apart(server, source):
    harvest(source)
    before = server.catalogue
    server.change(revision=1)
    removed = difference(before, server.catalogue).removed
    assert removed

    first = harvest(source)
    assert (first.state, first.missing, first.withdrawn) == (HarvestState.COMPLETE, len(removed), 0), first.message
    assert not gone_products()
    again = harvest(source)
    assert (again.missing, again.withdrawn) == (len(removed), 0), "an hour later is no day later"

    a_day_passes(source)
    second = harvest(source)
    assert (second.state, second.withdrawn) == (HarvestState.COMPLETE, len(removed))
    absent = Record.objects.filter(state=RecordState.ABSENT)
    assert set(absent.values_list("identifier", flat=True)) == removed
    assert gone_products() <= set(absent.values_list("product__public_id", flat=True))
    for product in Product.objects.filter(public_id__in=gone_products()):
        assert not product.records.exclude(state=RecordState.ABSENT).exists(), "something still describes it"
        version = product.versions.order_by("-id")[0]
        assert (version.kind, version.cause, version.run) == (VersionKind.WITHDRAWN, Cause.HARVEST, second.run)
        assert OutboxEntry.objects.filter(kind="product", object_id=product.pk).exists()
    kept = Product.objects.filter(records__in=absent, withdrawn_at=None)
    assert all(one.records.exclude(state=RecordState.ABSENT).exists() for one in kept), "nothing describes it any more"


def test_what_comes_back_is_restored_under_its_address(server, source):
    harvest(source)
    server.drop(0.04)
    harvest(source)
    a_day_passes(source)
    harvest(source)
    gone = gone_products()
    assert gone

    server.drop(0)
    back = harvest(source)
    assert back.state == HarvestState.COMPLETE
    assert adds_up(back)
    assert not gone_products()
    assert not Record.objects.filter(state=RecordState.ABSENT).exists()
    assert not Record.objects.exclude(missing_since=None).exists()
    kinds = ProductVersion.objects.filter(product__public_id__in=gone, run=back.run).values_list("kind", flat=True)
    assert set(kinds) == {VersionKind.RESTORED}


def test_what_is_missed_once_and_met_again_starts_anew(server, source):
    harvest(source)
    server.drop(0.04)
    harvest(source)
    server.drop(0)
    a_day_passes(source)
    harvest(source)
    server.drop(0.04)
    a_day_passes(source)
    once_more = harvest(source)
    assert (once_more.missing > 0, once_more.withdrawn) == (True, 0)


def test_a_third_gone_waits_for_a_person(server, source):
    harvest(source)
    server.drop(0.3)
    first = harvest(source)
    assert (first.state, first.held) == (HarvestState.COMPLETE, 0), "nothing is due yet"
    assert first.missing > RECORDS / 5

    a_day_passes(source)
    second = harvest(source)
    assert (second.state, second.withdrawn, second.held) == (HarvestState.HELD, 0, second.missing)
    assert "--accept-withdrawals" in second.message
    assert not gone_products()

    third = harvest(source)
    assert third.state == HarvestState.HELD, "it asks until somebody answers"
    with pytest.raises(NothingHeld):
        accept_withdrawals(harvest=second, actor="R. Edacteur")
    assert accept_withdrawals(harvest=third, actor="R. Edacteur") == third.held
    third.refresh_from_db()
    assert (third.state, third.withdrawn, third.held) == (HarvestState.COMPLETE, second.held, 0)
    assert "R. Edacteur" in third.message
    assert gone_products()
    with pytest.raises(NothingHeld):
        accept_withdrawals(harvest=third, actor="R. Edacteur")


def test_who_agrees_beforehand_is_not_asked(server, source):
    harvest(source)
    server.drop(0.3)
    harvest(source)
    a_day_passes(source)
    accepted = harvest(source, accept_withdrawals=True)
    assert (accepted.state, accepted.withdrawn) == (HarvestState.COMPLETE, accepted.missing)


def test_a_partial_pass_withdraws_nothing_and_notes_nothing(server, source):
    harvest(source)
    server.drop(0.04)
    harvest(source)
    noted = Record.objects.exclude(missing_since=None).count()
    a_day_passes(source)
    # The source counts more than it gives.
    server.misbehave(lie_every=1, lie_by=50)
    partial = harvest(source)
    assert (partial.state, partial.withdrawn) == (HarvestState.PARTIAL, 0), partial.message
    assert Record.objects.exclude(missing_since=None).count() == noted
    assert not gone_products()


def test_a_product_that_another_source_still_delivers_stays(server, source):
    other = register_source(code="ander", url=server.url)
    harvest(source)
    harvest(other)
    server.drop(0.04)
    for _pass in range(2):
        harvest(source)
        a_day_passes(source)
    shared = Record.objects.filter(source=source, state=RecordState.ABSENT, product__records__source=other)
    assert shared.exists()
    assert not gone_products() & set(shared.values_list("product__public_id", flat=True))
