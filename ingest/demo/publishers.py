"""The invented publishers, in the sizes of the real feed, and the suppliers through which their records come.

The counts are those of the drilldown of 20,830 real records; the names are nobody's.
"""

from dataclasses import dataclass
from typing import Final

SHELF: Final = 20_830
"""Records in the real feed, and in one round of the invented one."""


@dataclass(frozen=True, slots=True)
class Supplier:
    """One source of records. style: how it writes courses and levels, "upper" ("MBO ZORG") or "plain" ("Nederlands").

    dates: how it writes moments: "zulu", "offset", "date" or "local". site: host of its pages.
    """

    name: str
    style: str
    dates: str
    site: str


LEERBRON = Supplier("leerbron", "upper", "zulu", "leerbron.example")
METHODENET = Supplier("methodenet", "upper", "date", "methodenet.example")
VAKBANK = Supplier("vakbank", "plain", "offset", "vakbank.example")
SCHOOLHAVEN = Supplier("schoolhaven", "plain", "offset", "schoolhaven.example")
LOSBLAD = Supplier("losblad", "plain", "local", "losblad.example")
SUPPLIERS: Final = (LEERBRON, METHODENET, VAKBANK, SCHOOLHAVEN, LOSBLAD)


@dataclass(frozen=True, slots=True)
class Publisher:
    """sectors: weights of what its families are made for; a comma in a name is a sector written as one text.

    same_as: the other spelling of this name, whose families this one carries on.
    """

    name: str
    size: int
    supplier: Supplier
    sectors: tuple[tuple[str, float], ...]
    same_as: str = ""

    @property
    def label(self) -> str:
        """The name as it stands in addresses: "Haak & Linnen" -> "haaklinnen"."""
        return "".join(sign for sign in self.name.lower() if sign.isascii() and sign.isalnum())


def _only(sector: str) -> tuple[tuple[str, float], ...]:
    return ((sector, 1.0),)


_VO, _MBO, _PO = _only("VO"), _only("MBO"), _only("PO")
_BOTH = _only("VO+MBO")
_GENERAL = (("VO", 0.62), ("VO+MBO", 0.23), ("MBO", 0.15))
_VOCATIONAL = (("MBO", 0.82), ("VO+MBO", 0.18))

PUBLISHERS: Final = (
    Publisher("Zonneveer", 5599, METHODENET, (("VO", 0.64), ("VO+MBO", 0.14), ("PO", 0.14), ("MBO", 0.08))),
    Publisher(
        "Kadewerk Uitgevers",
        5392,
        LEERBRON,
        (("VO", 0.60), ("VO+MBO", 0.12), ("PO", 0.06), ("MBO", 0.165), ("HBO", 0.045), ("HBO+WO", 0.01)),
    ),
    Publisher("Eikendalberoepsonderwijs", 2137, VAKBANK, (("MBO", 0.91), ("VO+MBO", 0.06), ("MBO+HBO", 0.03))),
    Publisher("Waddenzand Uitgevers", 2090, LEERBRON, (("VO", 0.95), ("VO+MBO", 0.05))),
    Publisher("Vonkentech", 909, VAKBANK, _VOCATIONAL),
    Publisher("Rijwerk", 869, VAKBANK, (("MBO", 0.92), ("VO+MBO", 0.08))),
    Publisher("Educatieve Uitgeverij Lindekade", 449, SCHOOLHAVEN, _PO),
    Publisher("Uitgeverij Zijstroom bv", 257, VAKBANK, _BOTH),
    Publisher("Makersgroep", 231, VAKBANK, _MBO),
    Publisher("Copperlane", 215, LEERBRON, _GENERAL),
    Publisher("Willowgate Learning Press", 202, LEERBRON, _GENERAL),
    Publisher("Educatieve Uitgeverij Morgenduin", 191, SCHOOLHAVEN, _BOTH),
    Publisher("KaartHuis B.V.", 187, LOSBLAD, _VO),
    Publisher("Eikendal beroepsonderwijs", 175, VAKBANK, _MBO, same_as="Eikendalberoepsonderwijs"),
    Publisher("PROCESTRA", 146, VAKBANK, _MBO),
    Publisher("Ontwikkelkas", 138, VAKBANK, _MBO),
    Publisher("Codekade", 136, METHODENET, _VO),
    Publisher("Glimp", 132, METHODENET, _VO),
    Publisher("Denkprieel BV", 88, LOSBLAD, _BOTH),
    Publisher("SlotGracht Educatief", 86, METHODENET, _VO),
    Publisher("KVU", 81, VAKBANK, _MBO),
    Publisher("MBeducatief", 81, VAKBANK, _MBO),
    Publisher("Peinzer Educatie", 74, LOSBLAD, _VO),
    Publisher("VO-bronnen", 64, LOSBLAD, _VO),
    Publisher("Forumplein Burgerschap", 61, LOSBLAD, _BOTH),
    Publisher("Zinsbouw Media", 56, LOSBLAD, _VO),
    Publisher("Alkmene Educatieve Uitgeverij B.V.", 52, SCHOOLHAVEN, _VO),
    Publisher("hetwerkplaatsboek.example", 45, LOSBLAD, _MBO),
    Publisher("Kring vmbo DHI", 43, LOSBLAD, _VO),
    Publisher("Kadewerk Voortgezet Onderwijs", 41, LEERBRON, _VO),
    Publisher("WoordTuinders", 41, SCHOOLHAVEN, _MBO),
    Publisher("Haak & Linnen", 40, LOSBLAD, _VO),
    Publisher("Spreekwater (Lumidee)", 36, LOSBLAD, _BOTH),
    Publisher("Cobalt Heron Learning", 36, LEERBRON, _VO),
    Publisher("Stichting Oefenfirma", 35, VAKBANK, _MBO),
    Publisher("Consortium Vakmuur", 30, VAKBANK, _MBO),
    Publisher("Vidorix", 30, LOSBLAD, _PO),
    Publisher("Beeldruis", 30, LOSBLAD, _VO),
    Publisher("Sommenstroom", 29, LOSBLAD, _BOTH),
    Publisher("Edufonkel", 29, LOSBLAD, _VO),
    Publisher("Lesbaken", 27, LOSBLAD, _VO),
    Publisher("Bright Bench Tools", 23, LOSBLAD, _PO),
    Publisher("KOELNET", 22, VAKBANK, _MBO),
    Publisher("Uitgeverij Rugtas", 21, LOSBLAD, _only("VO, MBO, HBO")),
    Publisher("Codewoord Morgen", 19, LOSBLAD, _VO),
    Publisher("Applewick's", 19, LEERBRON, _VO),
    Publisher("CD-WIS Multimedia", 18, LOSBLAD, _MBO),
    Publisher("Instituut Kijkvenster", 17, LOSBLAD, _only("MBO+HBO")),
    Publisher("Exomare Media", 14, LOSBLAD, _VO),
    Publisher("Holodroom B.V.", 12, LOSBLAD, _MBO),
    Publisher("Bureau Leerkompaan", 10, LOSBLAD, _only("MBO, HBO")),
    Publisher("Wilgenpraktijk", 10, LOSBLAD, _only("MBO, HBO")),
    Publisher("Stichting Open Lesgoed", 9, LOSBLAD, _only("PO, VO, MBO, HBO, WO")),
    Publisher("Taalveer", 9, SCHOOLHAVEN, _VO),
    Publisher("Schakelwerk Zorg", 8, LOSBLAD, _MBO),
    Publisher("Koerskajuit", 7, LOSBLAD, _only("VO, MBO")),
    Publisher("Rekentorenhuis", 6, LOSBLAD, _PO),
    Publisher("Academie Zandloper", 6, LOSBLAD, _only("MBO, WO, VO")),
    Publisher("Toneelkist", 5, LOSBLAD, _VO),
    Publisher("Kookschrift", 5, LOSBLAD, _MBO),
)  # fmt: skip
