"""The invented schools whose teachers review: names and places that are nobody's.

A BRIN that begins with 99 is given to no school by DUO; those of accounts.demo.people begin with 99AA to 99DD.
"""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class ReviewingSchool:
    """An institution. province: as DUO writes it, for "docent wiskunde, vo, Overijssel"."""

    code: str
    name: str
    place: str
    province: str
    sectors: tuple[str, ...]


_PLACES: Final = (
    ("Oeverdrecht", "Zuid-Holland"), ("Zandkade", "Zeeland"), ("Veenlanden", "Drenthe"), ("Molenrade", "Gelderland"),
    ("Kloosterbeek", "Noord-Brabant"), ("Terpenwoude", "Friesland"), ("Hoogzand", "Groningen"), ("Kromdijk", "Utrecht"),
    ("Wilgenhaven", "Noord-Holland"), ("Essenburg", "Overijssel"), ("Mergelberg", "Limburg"),
    ("Polderwijk", "Flevoland"),
    # More of one province: only where it has five schools of a sector is it told beside a role.
    ("Zilverkade", "Zuid-Holland"), ("Spiegelmeer", "Zuid-Holland"), ("Nieuwesloot", "Zuid-Holland"),
    ("Kastanjedijk", "Zuid-Holland"), ("Waterschoot", "Zuid-Holland"),
)  # fmt: skip
_VO: Final = (
    "Wilgenroode College", "Het Baken Lyceum", "Scholengemeenschap Driestroom", "Esdoorn College", "De Vuurtoren Mavo",
    "Lyceum Rozenhage", "Merelveld College", "Vakcollege De Smidse", "Gymnasium Arcadië aan Zee", "Sterrewacht College",
    "Dalton Zilverstroom", "Praktijkschool De Werkbank", "Kastanjehof Lyceum", "Noorderlicht Vmbo", "IJsvogel College",
    "Lindewaarde College", "Montessori Kersenberg", "Duinpan College",
)  # fmt: skip
_PO: Final = (
    "Basisschool De Ransuil", "De Vlinderhof", "Basisschool Het Kompasje", "De Klimtoren", "De Regenboogbrug",
    "Daltonschool De Schakelring", "De Boomhut", "Basisschool Zonnewijzer", "Jenaplan De Zwermvlucht",
    "Basisschool De Stapsteen", "De Waterlelie", "Basisschool Merelnest", "Montessorischool Kiekeboom",
    "De Vliegerweide",
)  # fmt: skip
_MBO: Final = (
    "Mbo Stroomdal", "Beroepscollege De Kade", "Mbo Zorgpoort", "Vakschool Technum", "Mbo Horizonlanden",
    "Groencollege Weidezicht",
)  # fmt: skip


def _schools() -> tuple[ReviewingSchool, ...]:
    kinds = [("vo", name) for name in _VO] + [("po", name) for name in _PO] + [("mbo", name) for name in _MBO]
    found = []
    for number, (sector, name) in enumerate(kinds):
        place, province = _PLACES[number * 5 % len(_PLACES)]
        code = f"99{chr(ord('G') + number // 20)}{chr(ord('A') + number % 20)}"
        # Some schools for vo have vso beside it, as there are.
        sectors = ("vo", "vso") if sector == "vo" and number % 6 == 5 else (sector,)
        found.append(ReviewingSchool(code, name, place, province, sectors))
    return tuple(found)


SCHOOLS: Final = _schools()
