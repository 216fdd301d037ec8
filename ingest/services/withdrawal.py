"""Withdrawal: records that whole passes no longer meet, and the products that nothing describes any more.

The feed has no tombstones. A record that two whole passes missed, at least a day apart, is absent; a source that seems
to lose more than a twentieth of its records at once has more likely a fault, so a person must agree.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from catalogus.brake import needs_agreement
from catalogus.locks import Lock, lock_until_commit
from catalogus.models import Cause, Product
from catalogus.services.products import upsert_products
from catalogus.services.withdrawal import withdraw_products
from catalogus.vocabulary import Vocabulary
from ingest.exceptions import NothingHeld
from ingest.models import Harvest, HarvestState, Record, RecordState, Source
from ingest.selectors.harvests import waits_for_agreement
from ingest.selectors.withdrawals import due_records, missing_records
from ingest.services.described import described_products

_BATCH = 1_000


@dataclass(frozen=True, slots=True)
class Absence:
    """present: records of the source before the pass; missing: those it did not meet; due: rows of those to go."""

    present: int
    missing: int
    due: Sequence[int]

    @property
    def needs_agreement(self) -> bool:
        return needs_agreement(gone=len(self.due), of=self.present)


def find_absence(one_pass: Harvest) -> Absence:
    """What a whole pass did not meet; that it is missing is noted from now on."""
    missing_records(one_pass).filter(missing_since=None).update(missing_since=one_pass.started_at)
    present = Record.objects.filter(source=one_pass.source_id).exclude(state=RecordState.ABSENT).count()
    due = list(due_records(one_pass).order_by("pk").values_list("pk", flat=True))
    return Absence(present, missing_records(one_pass).count(), due)


def withdraw_missing(one_pass: Harvest, absence: Absence) -> int:
    """Withdraw what is due; the number of records. May be run again after it was broken off."""
    vocabulary = Vocabulary.load()
    starts = range(0, len(absence.due), _BATCH)
    return sum(_withdraw(one_pass, absence.due[start : start + _BATCH], vocabulary) for start in starts)


def accept_withdrawals(*, harvest: Harvest, actor: str) -> int:
    """Withdraw what a pass held back, as a person (actor) agreed; the number of records.

    Raises NothingHeld where the pass holds nothing, or where its source has a later pass: that one knows better.
    """
    with transaction.atomic():
        # A pass of the source that begins meanwhile waits for nobody; two people who agree at once do.
        Source.objects.select_for_update().get(pk=harvest.source_id)
        one_pass = Harvest.objects.select_for_update().get(pk=harvest.pk)
        if not waits_for_agreement(one_pass):
            raise NothingHeld(_("Deze oogst wacht niet (meer) op akkoord; kijk bij de laatste oogst van de bron."))
        due = list(due_records(one_pass).order_by("pk").values_list("pk", flat=True))
        withdrawn = withdraw_missing(one_pass, Absence(0, 0, due))
        one_pass.state = HarvestState.COMPLETE
        one_pass.withdrawn, one_pass.held = withdrawn, 0
        one_pass.message = _("%(actor)s ging akkoord met het terugtrekken.") % {"actor": actor}
        one_pass.save(update_fields=["state", "withdrawn", "held", "message"])
    return withdrawn


@transaction.atomic
def _withdraw(one_pass: Harvest, rows: Sequence[int], vocabulary: Vocabulary) -> int:
    lock_until_commit(Lock.IDENTIFY)
    records = Record.objects.filter(pk__in=rows).exclude(state=RecordState.ABSENT).select_for_update()
    found = dict(records.values_list("pk", "product_id"))
    Record.objects.filter(pk__in=found).update(state=RecordState.ABSENT)
    products = {product_id for product_id in found.values() if product_id is not None}
    public_ids = dict(Product.objects.filter(pk__in=products).values_list("public_id", "pk"))
    still_told = described_products({key: [] for key in public_ids}, public_ids, vocabulary)
    source = one_pass.source.code
    upsert_products(still_told, cause=Cause.HARVEST, source=source, run=one_pass.run, vocabulary=vocabulary)
    gone = [pk for key, pk in public_ids.items() if key not in still_told]
    withdraw_products(gone, cause=Cause.HARVEST, source=source, run=one_pass.run)
    return len(found)
