"""People with different rights, and one small world of which they may see different parts."""

from collections.abc import Callable
from dataclasses import dataclass

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import PublisherMember, User
from catalogus.models import Cause, Product, ProductVersion, Publisher
from catalogus.vocabulary import Vocabulary
from ingest.koppelpunt.sru import RawRecord
from ingest.models import Harvest, HarvestState, Record, Source
from ingest.services.sources import register_source
from ingest.services.store import store_records
from tests.factories import valid_ean
from tests.ingest.entries import raw_record
from tests.people import sign_in as begin_visit

EAN = valid_ean(1)


@dataclass(frozen=True)
class World:
    """A product of De Linde made of a record, a refused record of De Linde, and one that names no publisher."""

    source: Source
    one_pass: Harvest
    product: Product
    record: Record
    refused: Record
    nobodys: Record


def make_pass(source: Source, state: str = HarvestState.COMPLETE, **fields: object) -> Harvest:
    now = timezone.now()
    is_ended = state not in HarvestState.open()
    defaults = {"started_at": now, "heartbeat_at": now, "finished_at": now if is_ended else None}
    return Harvest.objects.create(source=source, state=state, **(defaults | fields))


def bring_in(source: Source, one_pass: Harvest, *raws: RawRecord) -> None:
    """Store records as a part of a pass, its counts and the history of products included."""
    counts = store_records(source=source, harvest=one_pass, raws=raws, vocabulary=Vocabulary.load())
    numbers = ("received", "created", "changed", "unchanged", "merged", "refused")
    Harvest.objects.filter(pk=one_pass.pk).update(**{name: getattr(counts, name) for name in numbers})
    ProductVersion.objects.filter(run="", cause=Cause.HARVEST).update(run=f"harvest-{one_pass.pk}")
    one_pass.refresh_from_db()


@pytest.fixture
def world(db: None) -> World:
    source = register_source(code="bron", name="Een bron", url="https://bron.example/sru")
    one_pass = make_pass(source)
    bring_in(
        source,
        one_pass,
        raw_record("b:1", {"ProductId": EAN}),
        raw_record("b:2", {"ProductId": EAN, "SaleUnitSize": "5", "Medium": "perkament"}),
        raw_record("b:3", without=("Publisher",)),
    )
    linde = Publisher.objects.get()
    Record.objects.filter(identifier__in=["b:1", "b:2"]).update(publisher=linde)
    return World(
        source=source,
        one_pass=one_pass,
        product=Product.objects.get(),
        record=Record.objects.get(identifier="b:1"),
        refused=Record.objects.get(identifier="b:2"),
        nobodys=Record.objects.get(identifier="b:3"),
    )


@pytest.fixture
def sign_in(db: None) -> Callable[..., Client]:
    """sign_in("docent", is_staff=True), sign_in("lid", publisher=...): a client of such a person."""

    def sign_in(who: str = "iemand", *, publisher: Publisher | None = None, is_staff: bool = False) -> Client:
        client = Client()
        user = User.objects.create_user(sign_in_name=who, display_name=who.title(), is_staff=is_staff)
        if publisher is not None:
            PublisherMember.objects.create(user=user, publisher=publisher)
        begin_visit(client, user)
        return client

    return sign_in


@pytest.fixture
def editor(sign_in: Callable[..., Client]) -> Client:
    """A client of somebody who works for the catalogue, called Redacteur."""
    return sign_in("redacteur", is_staff=True)
