"""Indexes of thousands of documents, written straight into the engine: copies of one that differ in their ids."""

from catalogus.models import OutboxKind
from catalogus.search.indexing.bulk import Write, write
from catalogus.search.loading import load_documents
from tests.factories import make_method, make_product


def fill_index(search_index, kind: OutboxKind, count: int) -> None:
    """Documents 0 to count of one kind, all found by "kompas" and all alike: their public ids are their order."""
    model = make_product(method=make_method(name="Kompas"), title="Kompas")
    pk = model.pk if kind == OutboxKind.PRODUCT else model.method_id
    document = load_documents(kind, [pk])[pk]
    version = search_index.next_version()
    outcome = write(
        search_index.client,
        [
            Write(kind, 1 + number, version, document | {"id": 1 + number, "public_id": public_id})
            for number, public_id in enumerate(public_ids(count))
        ],
    )
    assert not outcome.refused
    search_index.refresh()


def public_ids(count: int) -> list[str]:
    """Those of the documents of fill_index, in their order."""
    return [f"{number:013}" for number in range(count)]
