"""Names of methods that are nobody's: two words put together that no publisher ever put together.

Words for school subjects ("taal", "reken", "lees") are left out, for those compounds are the real methods' names.
"""

from typing import Final

_FIRST: Final = (
    "Kiezel", "Meeuw", "Varen", "Gletsjer", "Lantaarn", "Duinroos", "Wilgen", "Kraaien", "Bever", "Otter", "Schelp",
    "Molshoop", "Eiken", "Zeehond", "Bries", "Koraal", "Zwaluw", "Hagel", "Tulpen", "Kaars", "Egel", "Nevel", "Berken",
    "Spreeuw", "Barnsteen", "Krekel", "Walnoot", "Distel", "Oever", "Vuursteen", "Garnaal", "Heide", "Bosbes", "Reiger",
    "Kastanje", "Zandbank", "Libel", "Kwikstaart", "Moeras", "Klaproos", "Wier", "Karper", "Dennen", "Braam", "Rivier",
    "Salamander", "Hooi", "IJsvogel", "Kompas", "Lavendel", "Mosterd", "Narcis", "Oker", "Papaver", "Riet", "Saffraan",
    "Terp", "Uilen", "Vlier", "Zuring",
)  # fmt: skip
_LAST: Final = (
    "spoor", "kade", "brug", "veld", "toren", "boog", "baken", "gang", "werf", "plein", "sprong", "wijk", "tij",
    "vlucht", "trap", "molen", "gaarde", "sluis", "luik", "raam", "hoek", "vaart", "kamer", "zolder", "schuur",
    "ladder", "dijk", "kring", "mantel", "ketting", "doek", "roer", "kiel", "anker", "horizon", "steiger", "drempel",
    "erker", "laan", "kwartier",
)  # fmt: skip

# For the modern languages, in the language itself.
_FOREIGN: Final[dict[str, tuple[tuple[str, ...], tuple[str, ...]]]] = {
    "en": (
        ("Copper", "Willow", "Amber", "Thistle", "Heron", "Pebble", "Cobalt", "Bramble", "Lantern", "Juniper", "Otter"),
        (" Yard", " Crossing", " Quay", " Hollow", " Harbour", " Stairs", " Orchard", " Causeway", " Lodge"),
    ),
    "de": (
        ("Kiesel", "Schilf", "Nebel", "Bernstein", "Hasel", "Wacholder", "Reiher", "Kupfer", "Distel", "Laternen"),
        ("steg", "hof", "ufer", "treppe", "garten", "turm", "werft", "bogen"),
    ),
    "fr": (
        ("Le sentier", "Le phare", "Le jardin", "Le pont", "Le hibou", "Le moulin", "Le galet", "Le rivage"),
        (" bleu", " vert", " clair", " tranquille", " voisin", " ouvert", " gris", " perdu"),
    ),
    "es": (
        ("Puerto", "Sendero", "Olivo", "Molino", "Faro", "Patio", "Barrio"),
        (" claro", " abierto", " sereno", " lejano", " dorado", " nuevo"),
    ),
    "la": (("Silva", "Ripa", "Aura", "Porta", "Insula", "Turris"), (" clara", " longa", " alta", " quieta", " nova")),
}

DUTCH_BRANDS: Final = tuple(first + last for last in _LAST for first in _FIRST)
_FOREIGN_BRANDS: Final = {
    language: tuple(first + last for last in lasts for first in firsts)
    for language, (firsts, lasts) in _FOREIGN.items()
}

_STRIDE: Final = 1_009
"""A prime that divides no count of brands: stepping by it meets every brand before any comes back."""


def brand(language: str, ordinal: int) -> str:
    """The name of method `ordinal`; language is that of the subject, "nl" for all that are taught in Dutch."""
    # Methods for a language often have a Dutch name all the same: every third one here.
    brands = DUTCH_BRANDS if ordinal % 3 == 0 else _FOREIGN_BRANDS.get(language, DUTCH_BRANDS)
    return brands[ordinal * _STRIDE % len(brands)]
