"""Which column of a file holds what, under the names of DUO's older and newer files and those a person gives."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.exceptions import AddressFileRefused
from catalogus.naming import normal_form


@dataclass(frozen=True, slots=True, eq=False)  # Each is itself: a hash of the label would change with the language.
class Field:
    """What a file may tell. name: as `--column` takes it; columns: as files call it, the newest first.

    Capitals, underscores, hyphens and spaces do not matter: BEVOEGD_GEZAG_NUMMER is BEVOEGD GEZAG NUMMER.
    """

    name: str
    label: Promise
    columns: tuple[str, ...]


INSTITUTION = Field("institution", gettext_lazy("instellingscode"), ("INSTELLINGSCODE", "BRIN NUMMER", "BRIN"))
LOCATION = Field(
    "location",
    gettext_lazy("vestigingscode"),
    ("VESTIGINGSCODE", "VESTIGINGSNUMMER", "BRIN VESTIGINGSNUMMER"),
)
NAME = Field(
    "name",
    gettext_lazy("naam van de vestiging"),
    ("VESTIGINGSNAAM", "NAAM VESTIGING", "INSTELLINGSNAAM VESTIGING"),
)
INSTITUTION_NAME = Field(
    "institution-name", gettext_lazy("naam van de instelling"), ("INSTELLINGSNAAM", "NAAM INSTELLING")
)
PLACE = Field("place", gettext_lazy("plaats"), ("PLAATSNAAM", "PLAATSNAAM VESTIGING"))
PROVINCE = Field("province", gettext_lazy("provincie"), ("PROVINCIE",))
BOARD = Field(
    "board",
    gettext_lazy("nummer van het bevoegd gezag"),
    ("BEVOEGD GEZAG CODE", "BEVOEGD GEZAG NUMMER", "BEVOEGDGEZAGNUMMER"),
)
ADDRESS_FIELDS = (INSTITUTION, LOCATION, NAME, INSTITUTION_NAME, PLACE, PROVINCE, BOARD)
ADDRESS_NEEDS = ((INSTITUTION, LOCATION), (NAME, INSTITUTION_NAME), (PLACE,))
"""Of each of these, one at least."""

OLD = Field("old", gettext_lazy("oude code"), ("OUDE CODE", "OUD", "BRIN OUD", "INSTELLINGSCODE OUD", "OLD"))
NEW = Field("new", gettext_lazy("nieuwe code"), ("NIEUWE CODE", "NIEUW", "BRIN NIEUW", "INSTELLINGSCODE NIEUW", "NEW"))
DATE = Field("date", gettext_lazy("datum"), ("DATUM", "INGANGSDATUM", "DATUM INGANG", "DATUM FUSIE", "DATE"))
MERGER_FIELDS = (OLD, NEW, DATE)
MERGER_NEEDS = ((OLD,), (NEW,), (DATE,))


def find_columns(
    columns: Sequence[str],
    fields: Sequence[Field],
    needs: Sequence[Sequence[Field]],
    given: Mapping[str, str],
) -> dict[Field, int]:
    """Field -> its place in a row, for each that the file has. given: name of a field -> column, as a person says.

    Raises AddressFileRefused where a field that is needed has no column, where two columns could hold one, and where
    what was given is no field or no column; it names the columns of the file and what to give instead.
    """
    places: dict[str, list[int]] = {}
    for number, column in enumerate(columns):
        places.setdefault(normal_form(column), []).append(number)
    by_name = {field.name: field for field in fields}
    if unknown := [name for name in given if name not in by_name]:
        raise AddressFileRefused(
            _("--column %(unknown)s: dat veld is niet bekend. Kies uit: %(known)s.")
            % {"unknown": ", ".join(unknown), "known": ", ".join(by_name)}
        )
    found: dict[Field, int] = {}
    for field in fields:
        names = (given[field.name],) if field.name in given else field.columns
        place = _place(field, names, places, columns)
        if place is not None:
            found[field] = place
        elif field.name in given:
            raise AddressFileRefused(
                _("--column %(field)s=%(column)s: het bestand heeft die kolom niet.")
                % {"field": field.name, "column": given[field.name]}
                + " "
                + _columns_told(columns)
            )
    for alternatives in needs:
        if not any(field in found for field in alternatives):
            raise AddressFileRefused(_missing(alternatives, columns))
    return found


def _place(field: Field, names: Sequence[str], places: Mapping[str, list[int]], columns: Sequence[str]) -> int | None:
    """Where the first of these names stands; None where none does."""
    for name in names:
        known = places.get(normal_form(name), [])
        if len(known) > 1:
            raise AddressFileRefused(
                _("De kolom “%(column)s” (%(field)s) staat %(count)d keer in het bestand. Geef elk een eigen naam.")
                % {"column": columns[known[0]], "field": field.label, "count": len(known)}
            )
        if known:
            return known[0]
    return None


def _missing(fields: Sequence[Field], columns: Sequence[str]) -> str:
    known = ", ".join(name for field in fields for name in field.columns)
    told = _("Het bestand heeft geen kolom voor %(field)s (bekend als %(known)s).") % {
        "field": _(" of ").join(str(field.label) for field in fields),
        "known": known,
    }
    remedy = _("Zeg welke het is met --column %(field)s=KOLOM.") % {"field": fields[0].name}
    return f"{told} {_columns_told(columns)} {remedy}"


def _columns_told(columns: Sequence[str]) -> str:
    return _("Kolommen in het bestand: %(columns)s.") % {"columns": ", ".join(column or "–" for column in columns)}
