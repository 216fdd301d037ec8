"""What editors did survives every later harvest, and undoing it leaves what harvests alone would have made."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from django.db import transaction

from catalogus.models import Correction, Edit, Method, Product, Publisher, RereadRequest
from catalogus.services import editing
from catalogus.services.corrections import correct_product, withdraw_correction
from ingest.demo.revisions import difference
from ingest.demo.server import DemoKoppelpunt
from ingest.mapping import MAPPING_VERSION
from ingest.models import Harvest, HarvestState, Source
from ingest.services import incoming, records
from ingest.services.harvest import harvest
from ingest.services.sources import register_source

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

WHO = {"actor": "redactie", "reason": "Zo is het."}
COLUMNS = (
    "public_id", "title", "ean", "publisher__name", "method__public_id", "method__name", "edition__label",
    "edition__ordinal", "origin_method__public_id", "is_placement_locked", "state", "price_cents", "subjects",
    "search_text", "merged_into__public_id",
)  # fmt: skip


@pytest.fixture
def server() -> Iterator[DemoKoppelpunt]:
    with DemoKoppelpunt(records=900, seed=3) as running:
        yield running


@pytest.fixture
def source(server: DemoKoppelpunt) -> Source:
    return register_source(code="demo", url=server.url)


def catalogue() -> dict[str, dict[str, Any]]:
    return {row["public_id"]: row for row in Product.objects.order_by("public_id").values(*COLUMNS)}


def read_all_again(source: Source, patch: pytest.MonkeyPatch, step: int) -> Harvest:
    """A pass after a rise of the mapping version: every record is read anew."""
    for module in (incoming, records):
        patch.setattr(module, "MAPPING_VERSION", MAPPING_VERSION + step)
    one_pass = harvest(source)
    assert one_pass.unchanged == 0
    return one_pass


class Editor:
    """Does one of everything on a harvested catalogue, and knows what must be true ever after."""

    def __init__(self, server: DemoKoppelpunt) -> None:
        largest = Publisher.objects.get(name="Zonneveer")
        families = Method.objects.filter(publisher=largest).exclude(key__startswith="=").order_by("pk")
        self.gone, self.into, self.renamed, self.locked, self.home, *_rest = families
        self.alone = Method.objects.filter(publisher=largest, key__startswith="=").order_by("pk")[0]
        self.came = set(self.gone.products.values_list("public_id", flat=True)) | set(
            self.alone.products.values_list("public_id", flat=True)
        )
        self.moved = list(self.home.products.order_by("pk")[:2])
        self.kept = set(self.locked.products.values_list("public_id", flat=True))
        self.edition = self.renamed.products.order_by("pk")[0].edition
        # The demonstration will give these another price or title.
        records = difference(server.catalogue, replace(server.catalogue, revision=1)).changed
        self.changing = list(Product.objects.filter(records__identifier__in=records, merged_into=None).distinct())
        self.edits: list[Edit] = []
        self.corrections: list[Correction] = []

    def work(self) -> None:
        self.edits += [
            editing.merge_methods(source=self.alone, target=self.gone, **WHO),
            editing.merge_methods(source=self.gone, target=self.into, **WHO),
            editing.rename_method(method=self.renamed, name="Nieuwe naam", **WHO),
            editing.lock_method(method=self.locked, **WHO),
            editing.move_products(products=self.moved, method=self.into, edition="99e druk", **WHO),
        ]
        if not self.edition.is_unknown:
            self.edits.append(editing.rename_edition(edition=self.edition, label="Eigen druk", ordinal=77, **WHO))
        source, target = Publisher.objects.filter(name__in=["Rijwerk", "Vonkentech"]).order_by("name")
        self.edits.append(editing.merge_publishers(source=source, target=target, **WHO))
        self.edits.append(editing.rename_publisher(publisher=target, name="Vonkenwerk", **WHO))
        for number, product in enumerate(self.changing):
            values: dict[str, str | int] = {"title": f"Titel van de redactie {number}"}
            if product.price_cents:
                values["price_cents"] = 123_45
            self.corrections += [
                correct_product(product=product, field=field, value=value, **WHO) for field, value in values.items()
            ]

    def check(self) -> None:
        now = catalogue()
        assert {now[key]["method__public_id"] for key in self.came} == {self.into.public_id}
        assert {row["method__name"] for row in now.values() if row["method__public_id"] == self.renamed.public_id} == {
            "Nieuwe naam"
        }
        for product in self.moved:
            row = now[product.public_id]
            assert (row["method__public_id"], row["edition__label"]) == (self.into.public_id, "99e druk")
        assert {now[key]["method__public_id"] for key in self.kept} == {self.locked.public_id}
        assert not Product.objects.filter(publisher__name__in=["Rijwerk", "Vonkentech"]).exists()
        assert Product.objects.filter(publisher__name="Vonkenwerk").exists()
        for correction in Correction.objects.select_related("product"):
            assert getattr(correction.product, correction.field) == correction.value
        assert Correction.objects.count() == len(self.corrections) > 20

    def undo(self) -> None:
        for correction in self.corrections:
            withdraw_correction(correction=correction, **WHO)
        for edit in reversed(self.edits):
            editing.undo(edit=edit, **WHO)


def test_nothing_that_an_editor_did_is_undone_by_a_harvest(server, source, monkeypatch):
    harvest(source)
    editor = Editor(server)
    editor.work()
    editor.check()
    done = catalogue()
    second = harvest(source)
    assert (second.state, second.changed, second.created) == (HarvestState.COMPLETE, 0, 0)
    assert catalogue() == done
    reread = read_all_again(source, monkeypatch, 1)
    assert reread.state == HarvestState.COMPLETE
    assert catalogue() == done, "the same records read anew say the same"
    server.change(revision=1)
    changed = harvest(source)
    assert changed.changed > 10
    editor.check()
    said = {found.pk: found.source_value for found in editor.corrections}
    assert any(found.source_value != said[found.pk] for found in Correction.objects.all()), (
        "the sources changed under it"
    )
    read_all_again(source, monkeypatch, 2)
    editor.check()


def test_what_is_undone_leaves_what_harvests_alone_would_have_made(server, source, monkeypatch):
    """The same passes twice: without an editor, and with one whose work is undone in the end."""
    harvest(source)
    with transaction.atomic():
        server.change(revision=1)
        harvest(source)
        alone = catalogue()
        transaction.set_rollback(True)
    server.change(revision=0)
    editor = Editor(server)
    editor.work()
    server.change(revision=1)
    harvest(source)
    editor.undo()
    assert {request.publisher.name for request in RereadRequest.objects.all() if request.publisher} >= {
        "Rijwerk", "Vonkentech",
    }  # fmt: skip
    # Whoever keeps the records does as it was asked.
    read_all_again(source, monkeypatch, 1)
    assert catalogue() == alone
