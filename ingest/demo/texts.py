"""Descriptions, authors and addresses, with the white space that the real feed has in them."""

from typing import Final

from ingest.demo.dice import Dice
from ingest.demo.methods import Method
from ingest.demo.publishers import Publisher
from ingest.demo.variants import Variant

_INDENT: Final = "\n                        "
"""A value as somebody's formatter broke it: on a line of its own, deep inside the document."""

_SURNAMES: Final = (
    "Brugveen", "Kiezelaar", "Otterhof", "Waterplas", "Zandhuizer", "Molenkamper", "Duinwaarder", "Lindestam",
    "Korenbeld", "Vlasakkers", "Rietbroeker", "Heideloop", "Sluiswachter", "Torenvlied", "Eikenschors", "Poldervaar",
)  # fmt: skip
_INITIALS: Final = (
    "A.",
    "B.J.",
    "C.M.",
    "D.",
    "E.",
    "F.L.",
    "G.",
    "H.W.",
    "I.",
    "J.P.",
    "K.",
    "L.S.M.",
    "M.",
    "N.T.",
    "R.",
)
_PARTICLES: Final = ("", "", "", " van", " de", " van der")
_PERSON_SHARE: Final = 0.4

_OPENINGS: Final = (
    "{name} is een methode {subject} waarin leerlingen in kleine stappen werken.",
    "Met {name} werkt iedere leerling op zijn eigen niveau aan {subject}.",
    "{name} biedt {subject} in korte lessen met veel oefening en directe feedback.",
    "In {name} staan vaardigheden in samenhang voorop.",
    "{name} combineert boek en online materiaal voor {subject}.",
)
_CLOSINGS: Final = (
    "Geschikt voor {label}.",
    "De docent volgt de voortgang en past de opdrachten aan.",
    "Elk hoofdstuk sluit af met een toets en een herhaling.",
    "Dit deel hoort bij {label} en kan ook los worden gebruikt.",
    "Te gebruiken met boek, digitaal of beide.",
)

_SAME_AS_TITLE: Final = 0.66
_WITHOUT: Final = 0.09
_BROKEN_ADDRESS: Final = 0.3


def authors_of(publisher: Publisher, dice: Dice) -> tuple[str, ...]:
    """Often the publisher itself, in a spelling of its own; else one to four people who do not exist."""
    if not dice.chance(_PERSON_SHARE):
        return (publisher.name.lower() if dice.chance(0.2) else publisher.name.split(" (")[0],)
    count = 1 + int(dice.fraction() ** 2 * 4)
    found = (f"{dice.pick(_SURNAMES)}, {dice.pick(_INITIALS)}{dice.pick(_PARTICLES)}" for _ in range(count))
    return tuple(dict.fromkeys(found))


def description_of(title: str, method: Method, variant: Variant, dice: Dice) -> str:
    """The title again, a text in two lines, or nothing."""
    throw = dice.fraction()
    if throw < _SAME_AS_TITLE:
        return title
    if throw < _SAME_AS_TITLE + _WITHOUT:
        return ""
    words = {"name": method.name, "subject": method.subject.word, "label": variant.label}
    text = _INDENT.join((dice.pick(_OPENINGS).format(**words), dice.pick(_CLOSINGS).format(**words)))
    return f"{text}\n{' ' * 20}" if dice.chance(0.3) else text


def address(url: str, dice: Dice) -> str:
    """The address, in three of ten cases on a line of its own."""
    return f"{_INDENT}{url}\n{' ' * 20}" if dice.chance(_BROKEN_ADDRESS) else url
