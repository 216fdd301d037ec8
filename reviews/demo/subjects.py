"""What a teacher of a subject writes about: its topics, and what pupils do in it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Talk:
    """topics: as they stand after "over" or "bij", without an article; work: what pupils do on a screen."""

    topics: tuple[str, ...]
    work: tuple[str, ...] = ("de oefeningen op maat", "de digitale opdrachten")


_NUMBERS = Talk(("breuken", "verhoudingen", "meten en meetkunde", "verbanden", "kansrekening", "procenten"),
                ("tekenen in een assenstelsel", "oefenen met directe terugkoppeling"))  # fmt: skip
_LANGUAGE = Talk(("woordenschat", "grammatica", "leesvaardigheid", "luistervaardigheid", "spreekvaardigheid"),
                 ("de uitspraakoefeningen", "de luisterfragmenten"))  # fmt: skip
_DUTCH = Talk(("werkwoordspelling", "begrijpend lezen", "fictie", "zinsontleding", "argumenteren"),
              ("de schrijfopdrachten met terugkoppeling", "de spellingoefeningen"))  # fmt: skip
_PHYSICS = Talk(("krachten", "elektriciteit", "optica", "straling", "practicumvaardigheden"),
                ("de simulaties", "de filmpjes van proeven"))  # fmt: skip
_CHEMISTRY = Talk(("zuren en basen", "redox", "koolstofchemie", "rekenen aan reacties", "veilig proeven doen"),
                  ("de simulaties", "de filmpjes van proeven"))  # fmt: skip
_BIOLOGY = Talk(("ecologie", "erfelijkheid", "gaswisseling", "ordening", "onderzoek doen"),
                ("de animaties", "de practicumfilmpjes"))  # fmt: skip
_SOCIETY = Talk(("bronnen lezen", "staatsinrichting", "klimaat", "globalisering", "schaarste", "de twintigste eeuw"),
                ("de interactieve kaarten", "het werken met bronnen"))  # fmt: skip
_ARTS = Talk(("kleur en compositie", "ritme", "beschouwen", "presenteren"), ("het portfolio", "de luistervoorbeelden"))
_CARE = Talk(("observeren", "rapporteren", "persoonlijke basiszorg", "gesprekstechniek", "verpleegtechniek"),
             ("de videocasussen", "de vaardigheidsfilmpjes"))  # fmt: skip
_TRADE = Talk(("materialenkennis", "veilig werken", "technisch tekenen", "meten", "storing zoeken"),
              ("de instructiefilmpjes", "het digitale portfolio"))  # fmt: skip
_OFFICE = Talk(("verkoopgesprekken", "de balans", "marketing", "planning", "correspondentie"),
               ("de simulatie van een bedrijf", "de boekhoudopdrachten"))  # fmt: skip
_READING = Talk(("vlot lezen", "woordenschat", "letterkennis", "leesplezier", "verhalende teksten"),
                ("de voorleesverhalen", "de leesspelletjes"))  # fmt: skip
_WORLD = Talk(("topografie", "ridders en steden", "het weerbericht", "dieren en planten", "energie om ons heen"),
              ("de quizzen", "de filmpjes"))  # fmt: skip
_OTHER = Talk(("de basisbegrippen", "samenwerken", "de praktijkopdrachten", "reflecteren", "de thema's"))

_GROUPS: Final[tuple[tuple[Talk, str], ...]] = (
    (_NUMBERS, "rekenen wiskunde wiskunde-a wiskunde-b wiskunde-c wiskunde-d statistiek medisch-rekenen"),
    (_LANGUAGE, ("engels duits frans spaans italiaans russisch turks arabisch chinees latijn grieks fries nt2"
                " moderne-vreemde-talen klassieke-talen")),
    (_DUTCH, "nederlands literatuur schrijfvaardigheid mondelinge-taalvaardigheid taal spelling"),
    (_PHYSICS, "natuurkunde nask nask1 nlt anw science"),
    (_CHEMISTRY, "scheikunde nask2"),
    (_BIOLOGY, "biologie mens-natuur biologie-verzorging"),
    (_SOCIETY, ("aardrijkskunde geschiedenis maatschappijleer maatschappijwetenschappen maatschappijkunde economie"
               " bedrijfseconomie burgerschap mens-maatschappij filosofie godsdienst-levensbeschouwing")),
    (_ARTS, "muziek kunst kunst-algemeen beeldende-vorming tekenen handvaardigheid ckv drama dans kunst-muziek"),
    (_CARE, ("zorg welzijn z-en-w verpleging-verzorging maatschappelijke-zorg pedagogisch-werk helpende"
            " doktersassistent anatomie-fysiologie verpleegkunde gehandicaptenzorg verzorging sociaal-werk"
            " onderwijsassistent")),
    (_TRADE, ("techniek pie bwi m-en-t installatietechniek elektrotechniek metaaltechniek procestechniek mobiliteit"
             " bouw timmeren mechatronica werktuigbouwkunde laboratorium veiligheid groen")),
    (_OFFICE, ("e-en-o handel marketing boekhouden secretarieel juridisch logistiek economie-administratie horeca"
              " ondernemerschap toerisme-recreatie")),
    (_READING, "lezen technisch-lezen aanvankelijk-lezen begrijpend-lezen woordenschat handschrift kleuteronderwijs"),
    (_WORLD, "wereldorientatie natuur-techniek topografie verkeer digitale-geletterdheid"),
)  # fmt: skip
_BY_CODE: Final[Mapping[str, Talk]] = {code: talk for talk, codes in _GROUPS for code in codes.split()}


def talk_of(subject: str) -> Talk:
    """subject: a code; what everybody could say for one that is not here."""
    return _BY_CODE.get(subject, _OTHER)


PUPILS: Final[Mapping[str, tuple[str, ...]]] = {
    "po": ("kinderen", "leerlingen"),
    "vo": ("leerlingen", "brugklassers", "bovenbouwleerlingen"),
    "vso": ("leerlingen",),
    "so": ("leerlingen",),
    "mbo": ("studenten", "eerstejaars"),
}
