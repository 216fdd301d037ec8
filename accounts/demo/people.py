"""The invented people, schools and sections of the demonstration, in one table. It imports nothing but Python.

Schools have a BRIN that begins with 99, which DUO gives to nobody; every address is at a host under `.example`.
"""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class DemoSchool:
    """An institution (code of 4) or a location of it (6); the places are invented, the provinces there are.

    domain: of its mail, and its realm at a federation.
    """

    code: str
    name: str
    place: str
    province: str
    domain: str
    sectors: tuple[str, ...]
    merged_into: str = ""


SCHOOLS: Final = (
    DemoSchool("99AA", "Lantaarnveen College", "Zandkade", "Overijssel", "lantaarnveen.example", ("vo",)),
    DemoSchool(
        "99AA01", "Lantaarnveen College, Dorpskring", "Oeverdrecht", "Gelderland", "lantaarnveen.example", ("vo",)
    ),
    DemoSchool("99BB", "Mbo-college Garnaalwerf", "Zandkade", "Overijssel", "garnaalwerf.example", ("mbo",)),
    DemoSchool("99CC", "Basisschool De Kiezelboog", "Oeverdrecht", "Gelderland", "kiezelboog.example", ("po",)),
    DemoSchool(
        "99DD", "Distelhorst Lyceum", "Zandkade", "Overijssel", "distelhorst.example", ("vo",), merged_into="99AA"
    ),
)


@dataclass(frozen=True, slots=True)
class DemoSection:
    """A section by the code of its school and of its subject (a Concept)."""

    school: str
    subject: str


WISKUNDE: Final = DemoSection("99AA", "wiskunde")
NEDERLANDS: Final = DemoSection("99AA", "nederlands")
REKENEN: Final = DemoSection("99BB", "rekenen")

SECTIONS: Final = (WISKUNDE, NEDERLANDS, REKENEN)


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Who somebody is in the demonstration.

    key: what they are called on command lines and in tests. role: in words. school: the code of where they work or
    learn. affiliation: their eduPersonAffiliation. email: of those who sign in here; the others sign in at the
    demonstration federation. is_known: whether they have been here before, so that an account waits for them.
    publisher_role: what they are at the largest publisher.
    """

    key: str
    name: str
    role: str
    school: str = ""
    affiliation: str = ""
    section: DemoSection | None = None
    is_lead: bool = False
    is_known: bool = True
    email: str = ""
    publisher_role: str = ""
    is_moderator: bool = False
    is_superuser: bool = False

    @property
    def is_federated(self) -> bool:
        return not self.email


PEOPLE: Final = (
    Person(key="leerling", name="Sterre Wilgenoord", role="leerling", school="99AA", affiliation="student"),
    Person(key="docent", name="Ruben Molshoek", role="docent", school="99AA", affiliation="employee"),
    Person(
        key="nieuw",
        name="Amira Braamhout",
        role="docent die hier voor het eerst komt",
        school="99BB",
        affiliation="employee",
        is_known=False,
    ),
    Person(
        key="betrokkene",
        name="Teun Vlierbos",
        role="betrokkene die op goedkeuring wacht",
        school="99AA01",
        affiliation="affiliate",
    ),
    Person(
        key="lid",
        name="Yara Zwaluwdal",
        role="lid van een vaksectie",
        school="99AA",
        affiliation="employee",
        section=WISKUNDE,
    ),
    Person(
        key="voorzitter",
        name="Joris Heidekamp",
        role="voorzitter van een vaksectie",
        school="99AA",
        affiliation="employee",
        section=WISKUNDE,
        is_lead=True,
    ),
    Person(
        key="voorzitter-mbo",
        name="Lotte Kreekzoom",
        role="voorzitter van een vaksectie in het mbo",
        school="99BB",
        affiliation="employee",
        section=REKENEN,
        is_lead=True,
    ),
    Person(
        key="mail",
        name="Sjoerd Dennenrode",
        role="docent, bekend door het maildomein van de school",
        school="99CC",
        affiliation="employee",
        email="s.dennenrode@kiezelboog.example",
    ),
    Person(
        key="lezer",
        name="Ilse Koraalman",
        role="lezer bij een uitgever",
        email="lezer@uitgever.example",
        publisher_role="reader",
    ),
    Person(
        key="redacteur",
        name="Bas Tulpkamp",
        role="redacteur bij een uitgever",
        email="redacteur@uitgever.example",
        publisher_role="editor",
    ),
    Person(
        key="eigenaar",
        name="Femke Schelpwijk",
        role="eigenaar bij een uitgever",
        email="eigenaar@uitgever.example",
        publisher_role="owner",
    ),
    Person(
        key="moderator",
        name="Wout Nevelgaard",
        role="moderator van beoordelingen",
        email="moderator@keuzecatalogus.example",
        is_moderator=True,
    ),
    Person(
        key="beheerder",
        name="Hanna Kompaswerf",
        role="medewerker van de catalogus",
        email="beheerder@keuzecatalogus.example",
        is_superuser=True,
    ),
)

_SCHOOL_BY_CODE: Final = {school.code: school for school in SCHOOLS}
_PERSON_BY_KEY: Final = {person.key: person for person in PEOPLE}


def school_of(person: Person) -> DemoSchool | None:
    """Where the person works or learns; None for who belongs to no school."""
    return _SCHOOL_BY_CODE.get(person.school)


def person_by_key(key: str) -> Person | None:
    return _PERSON_BY_KEY.get(key)


def federated_people() -> tuple[Person, ...]:
    """Those whom the demonstration federation knows."""
    return tuple(person for person in PEOPLE if person.is_federated)
