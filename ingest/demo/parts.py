"""What a method consists of: books, licences and packages, in the shares of the real feed."""

from dataclasses import dataclass
from typing import Final

from ingest.demo.dice import Dice, Weighted

WEB, BOOK, OTHER = "Web browser", "Boek", "Anders"
CD_ROM, DVD, INSTALLER = "CD-ROM", "DVD", "Downloadable installer"
LEARNER, TEACHER, MANAGER = "Onderwijsvolger", "Onderwijsgever", "Beheerder"


@dataclass(frozen=True, slots=True)
class Kind:
    """What the drilldowns count: of 20,830 real records 14,098 are for the browser, 1,070 for teachers."""

    medium: str
    role: str
    is_consumed: bool


_RICH_IN_BOOKS: Final = 0.45
"""Share of the editions that still have printed books; the rest is nearly all digital."""

# The two sides together give 67.7% web browser, 19.1% books, 12.9% other and a trace of discs.
_PRINTED = Weighted((WEB, 0.410), (BOOK, 0.384), (OTHER, 0.200), (CD_ROM, 0.0032), (DVD, 0.0029))
_DIGITAL = Weighted((WEB, 0.896), (BOOK, 0.033), (OTHER, 0.071))
_TEACHER_SHARE: Final = 0.0515
_CONSUMED_SHARE: Final = {WEB: 0.715, BOOK: 0.47, OTHER: 0.60, CD_ROM: 0.0, DVD: 0.0}
_CONSUMED_BY_TEACHERS: Final = 0.2


def is_rich_in_books(dice: Dice) -> bool:
    return dice.chance(_RICH_IN_BOOKS)


def throw_kind(has_books: bool, dice: Dice) -> Kind:
    medium = (_PRINTED if has_books else _DIGITAL).pick(dice)
    is_teacher = dice.chance(_TEACHER_SHARE)
    is_consumed = dice.chance(_CONSUMED_BY_TEACHERS if is_teacher else _CONSUMED_SHARE[medium])
    return Kind(medium, TEACHER if is_teacher else LEARNER, is_consumed)


_LABELS: Final[dict[Kind, tuple[str, ...]]] = {
    Kind(WEB, LEARNER, True): (
        "licentie 1 jaar", "LIFO 1 jaar", "licentie 4 jaar", "online licentie", "licentie 2 jaar", "LIFO 4 jaar",
        "oefenportaal", "licentie halfjaar", "digitaal werkboek", "schoollicentie vanaf 300 leerlingen",
        "proeflicentie", "leerlinglicentie",
    ),
    Kind(WEB, LEARNER, False): (
        "digitaal leerboek", "e-book", "online leeromgeving", "bladerboek", "kennisclips", "digitale samenvatting",
        "woordjestrainer",
    ),
    Kind(WEB, TEACHER, True): ("docentlicentie 1 jaar", "toetsenlicentie", "leerkrachtlicentie"),
    Kind(WEB, TEACHER, False): ("docentlicentie", "digibordsoftware", "digitale toetsen", "docentenportaal"),
    Kind(BOOK, LEARNER, True): ("werkboek", "leerwerkboek", "opdrachtenboek", "oefenschrift", "examenkatern"),
    Kind(BOOK, LEARNER, False): ("leerboek", "theorieboek", "antwoordenboek", "uitwerkingen", "tekstboek"),
    Kind(BOOK, TEACHER, True): ("kopieermap",),
    Kind(BOOK, TEACHER, False): ("docentenhandleiding", "handleiding", "toetsboek"),
    Kind(OTHER, LEARNER, True): (
        "combipakket werkboek + licentie", "werkboek inclusief 1 jaar licentie", "voordeelpakket", "flexpakket",
        "werkbladen",
    ),
    Kind(OTHER, LEARNER, False): ("leerboek + online", "spelmateriaal", "posterset", "woordkaarten", "huurpakket"),
    Kind(OTHER, TEACHER, True): ("kopieerbladen",),
    Kind(OTHER, TEACHER, False): ("docentenpakket", "toetsmap", "wandkaarten"),
    Kind(CD_ROM, LEARNER, False): ("luister-cd", "cd-rom"),
    Kind(CD_ROM, TEACHER, False): ("cd-rom docent",),
    Kind(DVD, LEARNER, False): ("dvd",),
    Kind(DVD, TEACHER, False): ("dvd docent",),
}  # fmt: skip
_PRICES: Final = {
    WEB: (450, 4_500),
    BOOK: (900, 7_800),
    OTHER: (650, 9_500),
    CD_ROM: (1_200, 9_000),
    DVD: (1_200, 9_000),
}
"""Lowest and highest price of a learner's part, in cents with VAT."""

_FOR_SCHOOLS: Final = ("schoollicentie", "docent", "digibord", "toets", "leerkracht")
_SCHOOL_PRICES: Final = (12_000, 90_000)


def labels(kind: Kind) -> tuple[str, ...]:
    """The words for parts of this kind, the usual ones first."""
    found = _LABELS.get(kind)
    return found if found is not None else _LABELS[Kind(kind.medium, kind.role, False)]


def price_range(kind: Kind, label: str) -> tuple[int, int]:
    if label.startswith(_FOR_SCHOOLS) and kind.medium in (WEB, OTHER):
        return _SCHOOL_PRICES
    return _PRICES[kind.medium]
