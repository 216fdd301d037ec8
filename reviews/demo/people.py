"""The invented teachers who review, by name; each teaches one subject at one school."""

from dataclasses import dataclass
from typing import Final

from reviews.demo.dice import Dice

_FIRST: Final = (
    "Anouk", "Bram", "Carlijn", "Daan", "Elif", "Floor", "Gijs", "Hatice", "Imane", "Jasper", "Karim", "Liesbeth",
    "Mirjam", "Niels", "Olga", "Pieter", "Quinten", "Roos", "Samira", "Thijs", "Ursula", "Vera", "Wessel", "Xander",
    "Yasmin", "Zeger", "Maaike", "Rachid", "Simone", "Koen", "Fatma", "Hugo", "Ingrid", "Joost", "Lieke", "Marouane",
    "Nadia", "Ruth", "Steven", "Tessa",
)  # fmt: skip
_BEFORE: Final = ("Wilg", "Distel", "Kiezel", "Brem", "Vlier", "Zand", "Mos", "Elzen", "Riet", "Kwarts", "Hazel", "Lis",
                  "Varen", "Klaver", "Iep", "Gors", "Wulp", "Meer", "Duin", "Ganzen")  # fmt: skip
_AFTER: Final = ("enhof", "kamp", "zoom", "wold", "veer", "stee", "broek", "horst", "gaarde", "mare", "tuin", "schans")


@dataclass(frozen=True, slots=True)
class Teacher:
    """number: by which the account is known; subject: its code, "" for who teaches all of them to one group.

    is_by_mail: known by the school's mail alone. is_recent: made the account for the one review.
    """

    number: int
    name: str
    school: str
    sector: str
    subject: str
    role: str
    is_by_mail: bool
    is_recent: bool = False

    @property
    def account(self) -> str:
        """The subject by which the account is known at its issuer."""
        return f"beoordelaar-{self.number:04d}"


def invent_teacher(number: int, *, school: str, sector: str, subject: str, is_recent: bool = False) -> Teacher:
    dice = Dice("teacher", str(number))
    name = f"{dice.pick(_FIRST)} {dice.pick(_BEFORE)}{dice.pick(_AFTER)}"
    role = dice.weighed(("teacher", 88), ("coordinator", 8), ("support", 3), ("other", 1))
    return Teacher(number, name, school, sector, subject, role, dice.chance(0.15), is_recent)
