"""Schools as address files tell them: stored in bulk, and ended when the whole list of their sector leaves them out.

A school that was ended or merged here stays so though a file still names it: files are late, and who ended it knew
something. `reopen` says that the file is right; a merged school never comes back by a file.
"""

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby
from typing import NamedTuple

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.duo.addresses import Address
from accounts.duo.names import search_key
from accounts.exceptions import SchoolsStopped
from accounts.models import School
from accounts.models.school import INSTITUTION_LENGTH
from accounts.services.school_ends import end_school
from catalogus.brake import needs_agreement
from catalogus.locks import Lock, lock_until_commit
from catalogus.models import Concept, Scheme

_BATCH = 1_000
"""About as many schools in one transaction, so that stopping waits for less than a second."""

_TOLD = ("name", "place", "province", "board_code", "sectors", "search_key", "ended_on", "listed_on")


class _Facts(NamedTuple):
    """What a row tells of a school, and what a school is in the same words."""

    name: str
    place: str
    province: str
    board_code: str


@dataclass(slots=True)
class Stored:
    """Rows by what became of them, and beside them the institutions that were made of their locations.

    closed: codes of schools that the file names and that were ended here; they stay so.
    """

    new: int = 0
    changed: int = 0
    same: int = 0
    institutions: int = 0
    closed: list[str] = field(default_factory=list)

    def __iadd__(self, other: "Stored") -> "Stored":
        self.new += other.new
        self.changed += other.changed
        self.same += other.same
        self.institutions += other.institutions
        self.closed += other.closed
        return self


@dataclass(frozen=True, slots=True)
class Absence:
    """present: open schools of the sectors that the file could have named; due: those it leaves out, to be ended.

    partly: schools that it leaves out but that have other sectors still; they lose these.
    """

    present: int
    due: Sequence[int]
    partly: Sequence[int]

    @property
    def needs_agreement(self) -> bool:
        return needs_agreement(gone=len(self.due) + len(self.partly), of=self.present)


def store_schools(
    *,
    addresses: Sequence[Address],
    sectors: Sequence[str],
    on: date,
    reopen: bool = False,
    watch: Callable[[int], None] = lambda _done: None,
    should_stop: Callable[[], bool] = lambda: False,
) -> Stored:
    """Store what an address file of these sectors says on this day. May be run again, also after it was stopped.

    A location makes sure of its institution, whose name is what the file calls it, or else that of its first location.
    watch: told how many rows are done. Raises ValidationError for an unknown sector, SchoolsStopped between batches.
    """
    _check_sectors(sectors)
    stored, done = Stored(), 0
    for batch in _batches(addresses):
        if should_stop():
            raise SchoolsStopped(
                _("Gestopt na %(done)d van %(all)d rijen; wat gelezen is, staat er. Begin opnieuw om verder te gaan.")
                % {"done": done, "all": len(addresses)}
            )
        stored += _store(batch, sectors, on, reopen=reopen)
        done += len(batch)
        watch(done)
    return stored


def find_absence(*, named: Collection[str], sectors: Sequence[str]) -> Absence:
    """The open schools of these sectors that a whole list leaves out. named: all codes in it, refused rows' as well.

    A location names its institution too. A list without locations says nothing of locations.
    """
    known = set(named) | {code[:INSTITUTION_LENGTH] for code in named}
    found = School.objects.filter(ended_on=None, sectors__overlap=list(sectors))
    if all(len(code) == INSTITUTION_LENGTH for code in named):
        found = found.filter(code__regex=rf"^.{{{INSTITUTION_LENGTH}}}$")
    absent = list(found.exclude(code__in=known).order_by("-code").values_list("pk", "sectors"))
    due = [pk for pk, own in absent if set(own) <= set(sectors)]
    partly = [pk for pk, own in absent if not set(own) <= set(sectors)]
    return Absence(found.count(), due, partly)


def end_absent(
    *,
    absence: Absence,
    sectors: Sequence[str],
    on: date,
    watch: Callable[[int], None] = lambda _done: None,
    should_stop: Callable[[], bool] = lambda: False,
) -> int:
    """End the schools that a whole list leaves out; the number of them. May be run again after it was stopped."""
    with transaction.atomic():
        lock_until_commit(Lock.SCHOOLS)
        partly = list(School.objects.filter(pk__in=absence.partly))
        for school in partly:
            school.sectors = [code for code in school.sectors if code not in sectors]
        School.objects.bulk_update(partly, ["sectors"], batch_size=_BATCH)
    for done, pk in enumerate(absence.due, 1):
        if should_stop():
            raise SchoolsStopped(
                _("Gestopt na het opheffen van %(done)d van %(all)d scholen. Begin opnieuw om verder te gaan.")
                % {"done": done - 1, "all": len(absence.due)}
            )
        end_school(school=School.objects.get(pk=pk), on=on)
        watch(done)
    return len(absence.due)


def _check_sectors(sectors: Sequence[str]) -> None:
    known = list(Concept.objects.filter(scheme=Scheme.SECTOR).order_by("position").values_list("code", flat=True))
    if unknown := [code for code in sectors if code not in known]:
        raise ValidationError(
            _("Sector “%(sector)s” bestaat niet. Kies uit: %(known)s.")
            % {"sector": ", ".join(unknown), "known": ", ".join(known) or _("nog geen; doe eerst manage.py seed")}
        )
    if not sectors:
        raise ValidationError(_("Noem de sector van het bestand."))


def _batches(addresses: Sequence[Address]) -> Iterator[list[Address]]:
    """By code, and all of one institution together, for its own row is made of them."""
    batch: list[Address] = []
    by_code = sorted(addresses, key=lambda address: (address.code, address.row))
    for _institution, own in groupby(by_code, key=lambda address: address.institution_code):
        batch += own
        if len(batch) >= _BATCH:
            yield batch
            batch = []
    if batch:
        yield batch


@transaction.atomic
def _store(batch: Sequence[Address], sectors: Sequence[str], on: date, *, reopen: bool) -> Stored:
    lock_until_commit(Lock.SCHOOLS)
    institutions = {address.institution_code for address in batch}
    known = {school.code: school for school in School.objects.filter(institution_code__in=institutions)}
    was = {code: _own(school) for code, school in known.items()}
    stored, rows = Stored(), _Rows(known, sectors, on, reopen=reopen)
    for address in batch:
        state = rows.tell(address.code, _told(address))
        stored.new += state == "new"
        stored.changed += state == "changed"
        stored.same += state == "same"
    own_rows = {address.code for address in batch}
    for code, (main, *_others) in _by_institution(batch):
        if code not in own_rows:
            facts = _institution(main, known.get(code), was.get(main.code))
            stored.institutions += rows.tell(code, facts) == "new"
    rows.save()
    stored.closed = sorted(code for code in rows.named if not known[code].is_open)
    return stored


def _by_institution(batch: Sequence[Address]) -> Iterator[tuple[str, list[Address]]]:
    for code, own in groupby(batch, key=lambda address: address.institution_code):
        yield code, list(own)


def _told(address: Address) -> _Facts:
    return _Facts(address.name, address.place, address.province, address.board_code)


def _own(school: School) -> _Facts:
    return _Facts(school.name, school.place, school.province, school.board_code)


def _institution(main: Address, known: School | None, was: _Facts | None) -> _Facts:
    """What is told of an institution that has no row of its own, by its first location.

    What it once took from that location follows it; what it has from elsewhere (a file of institutions) stays.
    """
    told = _told(main)._replace(name=main.institution_name or main.name)
    if known is None:
        return told
    own = _own(known)
    if was is not None:
        own = _Facts(*(new if mine == old else mine for new, mine, old in zip(told, own, was, strict=True)))
    return own._replace(
        name=main.institution_name or own.name,
        # Institutions of before provinces were kept have none to stay with.
        province=own.province or main.province,
        board_code=main.board_code or own.board_code,
    )


class _Rows:
    """The schools of a batch as they become: what is told of them, and what must be written."""

    def __init__(self, known: dict[str, School], sectors: Sequence[str], on: date, *, reopen: bool) -> None:
        self.known, self.sectors, self.on, self.reopen = known, sectors, on, reopen
        self.named: set[str] = set()
        self.to_write: dict[str, School] = {}

    def tell(self, code: str, told: _Facts) -> str:
        """Take over what a row says; "new", "changed" or "same". What it leaves open, or its file has not, stays."""
        self.named.add(code)
        school = self.known.get(code)
        is_new = school is None
        if school is None:
            school = self.known[code] = School(code=code, institution_code=code[:INSTITUTION_LENGTH], sectors=[])
        before = self._facts(school)
        school.name = told.name
        school.place = told.place or school.place
        school.province = told.province or school.province
        school.board_code = told.board_code or school.board_code
        school.sectors = [*school.sectors, *(each for each in self.sectors if each not in school.sectors)]
        school.search_key = search_key(code, school.name, school.place)
        if self.reopen and school.merged_into_id is None:
            school.ended_on = None
        is_changed = is_new or self._facts(school) != before
        if is_changed:
            self.to_write[code] = school
        return "new" if is_new else "changed" if is_changed else "same"

    def save(self) -> None:
        for school in self.to_write.values():
            school.listed_on = self.on
        School.objects.bulk_create(
            self.to_write.values(), update_conflicts=True, unique_fields=["code"], update_fields=_TOLD
        )
        unchanged = self.named - set(self.to_write)
        School.objects.filter(code__in=unchanged).exclude(listed_on=self.on).update(listed_on=self.on)

    @staticmethod
    def _facts(school: School) -> tuple[object, ...]:
        return *_own(school), tuple(school.sectors), school.search_key, school.ended_on
