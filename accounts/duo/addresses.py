"""Address files: one school a row, a location of an institution or the institution as a whole."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from django.utils.translation import gettext as _

from accounts.duo.columns import (
    ADDRESS_FIELDS,
    ADDRESS_NEEDS,
    BOARD,
    INSTITUTION,
    INSTITUTION_NAME,
    LOCATION,
    NAME,
    PLACE,
    PROVINCE,
    Field,
    find_columns,
)
from accounts.duo.names import written_place
from accounts.duo.refusals import Refusal, RowRefused
from accounts.duo.tables import Row, Table, read_table
from accounts.duo.values import board_code, institution_code, location_code, plain_text
from accounts.models import School
from accounts.models.school import INSTITUTION_LENGTH

_NAME_LENGTH = School._meta.get_field("name").max_length or 0
_PLACE_LENGTH = School._meta.get_field("place").max_length or 0
_PROVINCE_LENGTH = School._meta.get_field("province").max_length or 0


@dataclass(frozen=True, slots=True)
class Address:
    """A school as a row tells it. code: 4 or 6 characters; what a row does not tell is ""."""

    row: int
    code: str
    name: str
    place: str
    board_code: str
    institution_name: str
    province: str = ""

    @property
    def institution_code(self) -> str:
        return self.code[:INSTITUTION_LENGTH]


@dataclass(frozen=True, slots=True)
class AddressFile:
    """received: all rows; each is among the addresses or among the refusals."""

    addresses: tuple[Address, ...]
    refusals: tuple[Refusal, ...]

    @property
    def received(self) -> int:
        return len(self.addresses) + len(self.refusals)


def read_addresses(path: Path, given: Mapping[str, str]) -> AddressFile:
    """Read an address file. given: name of a field -> column, where the file has a name that is not known.

    Raises AddressFileRefused for a file that cannot be read at all; a bad row is refused by itself.
    """
    table = read_table(path)
    found = find_columns(table.columns, ADDRESS_FIELDS, ADDRESS_NEEDS, given)
    return _addresses(table, found)


def _addresses(table: Table, found: Mapping[Field, int]) -> AddressFile:
    addresses: dict[str, Address] = {}
    kept: list[Address] = []
    refusals = list(table.refusals)
    for row in table.rows:
        code = ""
        try:
            code = _code(row, found)
            address = _address(row, found, code)
            first = addresses.setdefault(code, address)
            _refuse_another(first, address)
        except RowRefused as refused:
            refusals.append(Refusal(row.number, refused.field, refused.value, refused.remedy, code))
        else:
            kept.append(address)
    return AddressFile(tuple(kept), tuple(sorted(refusals, key=lambda refusal: refusal.row)))


def _code(row: Row, found: Mapping[Field, int]) -> str:
    institution = location = ""
    if INSTITUTION in found:
        institution = institution_code(INSTITUTION, row.values[found[INSTITUTION]])
    if LOCATION in found:
        location = location_code(LOCATION, row.values[found[LOCATION]], institution)
    return location or institution


def _address(row: Row, found: Mapping[Field, int], code: str) -> Address:
    def told(field: Field, longest: int) -> str:
        return plain_text(field, row.values[found[field]], longest) if field in found else ""

    institution_name = told(INSTITUTION_NAME, _NAME_LENGTH)
    name = told(NAME, _NAME_LENGTH) or institution_name
    if not name:
        field = NAME if NAME in found else INSTITUTION_NAME
        raise RowRefused(str(field.label), "", _("ontbreekt. Vul de naam van de school in."))
    place = written_place(told(PLACE, _PLACE_LENGTH))
    board = board_code(BOARD, row.values[found[BOARD]]) if BOARD in found else ""
    province = written_place(told(PROVINCE, _PROVINCE_LENGTH))
    return Address(row.number, code, name, place, board, institution_name, province)


def _refuse_another(first: Address, address: Address) -> None:
    """One school may stand in two rows that say the same; of two that differ nobody knows which is right."""
    if _facts(first) != _facts(address):
        label = str(LOCATION.label) if len(address.code) > INSTITUTION_LENGTH else str(INSTITUTION.label)
        told = _(
            "staat ook op rij %(row)d, met een andere naam, plaats, provincie of bestuur. Laat de rij staan die klopt."
        )
        raise RowRefused(label, address.code, told % {"row": first.row})


def _facts(address: Address) -> tuple[str, ...]:
    return address.name, address.place, address.province, address.board_code
