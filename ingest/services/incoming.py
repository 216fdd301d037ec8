"""A record on its way in, and what is stored of it already."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

from catalogus.product_data import ProductData
from catalogus.vocabulary import Vocabulary
from ingest.exceptions import RecordRejected
from ingest.issues import Issue, IssueCode
from ingest.koppelpunt.eck import Entry
from ingest.koppelpunt.sru import RawRecord
from ingest.mapping import MAPPING_VERSION, Mapped, map_entry
from ingest.models import RecordState

NAMELESS = "zonder-kenmerk"
"""What the identifier of a record without one begins with; its content's hash follows, so it is stored once."""

MAX_IDENTIFIER = 255


_PASSING = frozenset({IssueCode.EAN_CONFLICT.value, IssueCode.NOT_STORED.value})


@dataclass(frozen=True, slots=True)
class Stored:
    """What the database holds of a record; harvest_id is the last pass that met it, reason why it was refused."""

    digest: bytes
    mapping_version: int
    state: str
    product_id: int | None
    harvest_id: int | None
    reason: str = ""

    def says(self, digest: bytes) -> bool:
        """Whether content with this hash would change nothing.

        What was refused for others' sake is judged again: they may have gone, or been found to be the same publisher.
        """
        is_read = self.mapping_version == MAPPING_VERSION and self.state != RecordState.ABSENT
        return self.digest == digest and is_read and self.reason not in _PASSING


@dataclass(slots=True)
class Incoming:
    """A record that is new or changed. Exactly one of mapped and refusal is set once it was read.

    product_key is the public id of the product that it describes, product_id that product's row, publisher_id the row
    of the publisher that it names.
    """

    raw: RawRecord
    identifier: str
    digest: bytes
    stored: Stored | None
    mapped: Mapped | None = None
    refusal: Issue | None = None
    product_key: str = ""
    product_id: int | None = None
    publisher_id: int | None = None
    is_new_product: bool = False

    @property
    def data(self) -> ProductData:
        """What the record says; only for one that could be read."""
        if self.mapped is None:
            raise ValueError(f"record {self.identifier} could not be read")
        return self.mapped.data

    @property
    def publisher_name(self) -> str:
        """What the record calls its publisher, also where it cannot be used; empty where it names none."""
        if self.mapped is not None:
            return self.mapped.data.publisher_name
        return "" if self.raw.entry is None else " ".join(Entry(self.raw.entry).text("Publisher").split())

    @property
    def issues(self) -> list[Issue]:
        return ([self.refusal] if self.refusal else []) + list(self.mapped.issues if self.mapped else [])

    def read(self, vocabulary: Vocabulary) -> None:
        """Map the record, or find why it cannot be used."""
        if self.raw.fault or self.raw.entry is None:
            self.refusal = Issue.about(IssueCode.NOT_WELL_FORMED, "recordData", self.raw.fault)
        elif not self.raw.identifier or len(self.raw.identifier) > MAX_IDENTIFIER:
            self.refusal = Issue.about(IssueCode.NO_IDENTIFIER, "recordIdentifier", self.raw.identifier)
        else:
            try:
                self.mapped = map_entry(Entry(self.raw.entry), vocabulary)
            except RecordRejected as rejected:
                self.refusal = rejected.issue

    def refuse(self, code: IssueCode, field: str, value: str) -> None:
        self.refusal = Issue.about(code, field, value)

    @property
    def outcome(self) -> str:
        """The counter of a harvest that this record belongs to."""
        if self.refusal is not None:
            return "refused"
        if self.stored is not None and self.stored.product_id is not None:
            return "changed"
        return "created" if self.is_new_product else "merged"


def unique(raws: Iterable[RawRecord]) -> dict[str, RawRecord]:
    """Identifier -> record, the last of those that share one."""
    return {_identifier(raw): raw for raw in raws}


def _identifier(raw: RawRecord) -> str:
    if raw.identifier and len(raw.identifier) <= MAX_IDENTIFIER:
        return raw.identifier
    return f"{NAMELESS}:{digest(raw)[:16].hex()}"


def digest(raw: RawRecord) -> bytes:
    """SHA-256 of the record as it was sent."""
    return hashlib.sha256(raw.payload).digest()
