"""A source through the seasons, with an editor's work in it: whole, changed, partial, shrunk, moving, misbehaving."""

from collections.abc import Iterator

import pytest
import stamina
from django.db.models import Count

from catalogus.models import Method, Product
from catalogus.services.corrections import correct_product
from catalogus.services.editing import merge_methods
from ingest.demo.server import DemoKoppelpunt
from ingest.models import Harvest, HarvestState, Record, RecordState, Source
from ingest.services.harvest import harvest
from ingest.services.remap import remap
from ingest.services.sources import register_source
from ingest.services.withdrawal import accept_withdrawals
from tests.ingest.passes import a_day_passes, adds_up

pytestmark = pytest.mark.django_db

RECORDS = 500
WHO = {"actor": "R. Edacteur", "reason": "De uitgever noemt het zelf één methode."}


@pytest.fixture(autouse=True)
def _no_waiting() -> Iterator[None]:
    with stamina.set_testing(True, attempts=3):
        yield


class Editor:
    """Merges two methods and corrects a title and a price; knows whether that still stands."""

    def __init__(self) -> None:
        methods = Method.objects.annotate(size=Count("products")).filter(size__gte=3).order_by("publisher", "public_id")
        by_publisher: dict[int, list[Method]] = {}
        for method in methods:
            by_publisher.setdefault(method.publisher_id, []).append(method)
        self.source, self.target = next(found[:2] for found in by_publisher.values() if len(found) > 1)
        self.moved = set(self.source.products.values_list("pk", flat=True))
        merge_methods(source=self.source, target=self.target, **WHO)
        priced = Product.objects.exclude(price_cents=None).exclude(pk__in=self.moved).order_by("public_id")
        self.corrected = list(priced[:40])
        for number, product in enumerate(self.corrected):
            correct_product(product=product, field="title", value=f"Naam van de redactie {number}", **WHO)
            correct_product(product=product, field="price_cents", value=12_345 + number, **WHO)

    def check(self) -> None:
        self.source.refresh_from_db()
        assert self.source.merged_into == self.target
        assert not self.source.products.exists()
        standing = Product.objects.filter(pk__in=self.moved, merged_into=None)
        assert set(standing.values_list("method", flat=True)) <= {self.target.pk}
        for number, product in enumerate(self.corrected):
            product.refresh_from_db()
            assert (product.title, product.price_cents) == (f"Naam van de redactie {number}", 12_345 + number)


def passes(source: Source, state: HarvestState, editor: Editor) -> Harvest:
    one_pass = harvest(source)
    assert one_pass.state == state, one_pass.message
    assert adds_up(one_pass)
    editor.check()
    present = Record.objects.filter(source=source).exclude(state=RecordState.ABSENT).count()
    if state in HarvestState.whole():
        assert present == one_pass.received + one_pass.missing - one_pass.withdrawn
    return one_pass


def test_an_editors_work_stands_through_all_seasons():
    with DemoKoppelpunt(records=RECORDS, seed=4, ceiling=200) as server:
        source = register_source(code="demo", url=server.url)
        assert harvest(source).state == HarvestState.COMPLETE
        editor = Editor()
        editor.check()

        same = passes(source, HarvestState.COMPLETE, editor)
        assert (same.unchanged + same.refused, same.changed) == (same.received, 0)

        server.change(revision=1)
        a_day_passes(source)
        changed = passes(source, HarvestState.COMPLETE, editor)
        assert changed.changed > 0
        assert changed.missing > 0

        server.misbehave(bad_records=dict.fromkeys((40, 41, 300), "cut"))
        a_day_passes(source)
        partial = passes(source, HarvestState.PARTIAL, editor)
        assert (partial.faults.count(), partial.withdrawn) == (3, 0)

        server.misbehave()
        passes(source, HarvestState.COMPLETE, editor)
        server.drop(0.3)
        passes(source, HarvestState.COMPLETE, editor)
        a_day_passes(source)
        held = passes(source, HarvestState.HELD, editor)
        assert accept_withdrawals(harvest=held, actor="R. Edacteur") == held.held > RECORDS / 5
        editor.check()

        server.drop(0)
        back = passes(source, HarvestState.COMPLETE, editor)
        assert back.missing == 0
        assert not Product.objects.exclude(withdrawn_at=None).filter(records__state=RecordState.ACCEPTED).exists()

        done = remap(reason="proef")
        assert (done.changed, done.read) == (0, back.received)
        editor.check()


def test_an_editors_work_stands_while_the_feed_moves():
    with DemoKoppelpunt(records=RECORDS, seed=4, ceiling=200, step=3) as server:
        source = register_source(code="demo", url=server.url)
        harvest(source)
        editor = Editor()
        for _pass in range(3):
            one_pass = harvest(source)
            assert one_pass.state in {HarvestState.COMPLETE, HarvestState.PARTIAL}, one_pass.message
            assert adds_up(one_pass)
            editor.check()
