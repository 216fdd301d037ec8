"""What invented teachers say: by criterion what is good and what is not, and what a subject is about.

{topic} stands for something of the subject, {pupils} for whom it is taught to, {work} for what they do in it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Words:
    """Sentences about a criterion: of who judges it well, and of who does not."""

    good: tuple[str, ...]
    poor: tuple[str, ...]


CRITERIA: Final[Mapping[str, Words]] = {
    "didactiek": Words(
        good=(
            "De uitleg over {topic} is stap voor stap opgebouwd en {pupils} kunnen haar zelf teruglezen.",
            "Elke paragraaf begint met een duidelijk lesdoel en eindigt met een korte controle.",
            "De opgaven over {topic} lopen goed op, van oefenen naar toepassen.",
            "Voorkennis wordt echt opgehaald voordat {topic} begint; dat scheelt mij een les.",
            "De voorbeelden bij {topic} sluiten aan bij wat {pupils} kennen.",
            "Er zit veel afwisseling in de verwerking, ook bij {topic}.",
            "De formatieve toetsjes laten precies zien wie {topic} nog niet beheerst.",
            "Oude stof komt later in het jaar weer terug, zodat {topic} blijft hangen.",
        ),
        poor=(
            "De uitleg van {topic} gaat te snel; ik maak er zelf een werkblad bij.",
            "Lesdoelen staan er wel, maar de opgaven over {topic} toetsen iets anders.",
            "Er is te weinig oefenstof bij {topic}; na één les zijn wij erdoorheen.",
            "De stappen tussen de eerste en de laatste opgave van {topic} zijn te groot.",
            "Feedback blijft steken bij goed of fout, dus {pupils} weten niet wat zij moeten doen.",
            "De toetsen passen niet bij hoe {topic} in het boek is uitgelegd.",
            "Alles wordt in hetzelfde stramien aangeboden; halverwege het jaar is de aandacht weg.",
        ),
    ),
    "curriculum": Words(
        good=(
            "Alle eindtermen zijn gedekt en per hoofdstuk is te zien welke.",
            "De opbouw over de leerjaren klopt: {topic} komt op het goede moment.",
            "Vakinhoudelijk in orde en bij de tijd, ook het deel over {topic}.",
            "De hoeveelheid stof past bij drie lesuren per week.",
            "De verwijzing naar de doelen is volledig; handig voor ons vakwerkplan.",
        ),
        poor=(
            "Er is te weinig ruimte voor {topic}, terwijl het wel bij de doelen hoort.",
            "Te veel stof voor de lestijd; wij slaan elk jaar twee hoofdstukken over.",
            "In het deel over {topic} staan fouten die in de tweede oplage nog niet weg zijn.",
            "De doelen staan erbij, maar de koppeling klopt bij {topic} niet.",
            "De voorbeelden zijn verouderd; cijfers van jaren geleden.",
        ),
    ),
    "differentiatie": Words(
        good=(
            "Er zijn drie routes, en {pupils} wisselen daar zelf tussen.",
            "Voor wie sneller gaat is er echte verdieping over {topic}, geen extra rijtjes.",
            "De hulpkaarten bij {topic} zijn goud waard voor wie meer uitleg nodig heeft.",
            "Ik zie per leerling waar het bij {topic} vastloopt en kan daarop plannen.",
            "De taal is eenvoudig gehouden, ook {pupils} die thuis iets anders spreken komen mee.",
        ),
        poor=(
            "Voor snelle leerlingen is er alleen meer van hetzelfde.",
            "Wie moeite heeft met {topic}, krijgt geen andere uitleg maar dezelfde nog een keer.",
            "De teksten zijn te talig voor {pupils}; de helft haakt af bij {topic}.",
            "De adaptieve route stuurt iedereen naar dezelfde opgaven.",
            "Het volgsysteem toont percentages waar ik niets mee kan.",
        ),
    ),
    "toegankelijkheid": Words(
        good=(
            "De voorleesfunctie werkt goed, ook bij de opgaven over {topic}.",
            "Rustige bladzijden met een groot lettertype; fijn voor leerlingen met dyslexie.",
            "Alle filmpjes zijn ondertiteld.",
            "De teksten zijn ook als bewerkbaar bestand te krijgen.",
        ),
        poor=(
            "Formules en tabellen worden niet voorgelezen.",
            "Grijze letters op een gekleurde ondergrond: voor slechtziende leerlingen niet te doen.",
            "Zonder muis is het digitale deel niet te bedienen.",
            "De filmpjes hebben geen ondertiteling.",
        ),
    ),
    "gebruik": Words(
        good=(
            "De handleiding is compleet; een invaller kan er morgen mee lesgeven.",
            "{Pupils} vinden zonder hulp hun weg in boek en leeromgeving.",
            "Inloggen gaat via onze elektronische leeromgeving en werkt gewoon.",
            "De helpdesk belde dezelfde dag terug.",
            "Het antwoordenboek klopt, en dat is weleens anders.",
        ),
        poor=(
            "De leeromgeving is traag; met een hele klas tegelijk valt zij uit.",
            "Je klikt je suf voor je bij {topic} bent.",
            "In de antwoorden staan veel fouten.",
            "Op onze tablets werkt de helft van {work} niet.",
            "Elk jaar moeten wij klassen opnieuw aanmaken, en de helpdesk reageert na een week.",
        ),
    ),
    "privacy": Words(
        good=(
            "De verwerkersovereenkomst lag er meteen, met een leesbare bijsluiter.",
            "Er wordt niet meer gevraagd dan een pseudoniem.",
            "Geen reclame en geen trackers; onze privacy officer was snel klaar.",
        ),
        poor=(
            "Waarom een geboortedatum nodig is, kan niemand uitleggen.",
            "Hoe de adaptieve opgaven kiezen, is nergens te lezen.",
            "Gegevens meenemen bij een overstap kan alleen als losse schermafdrukken.",
        ),
    ),
    "prijs": Words(
        good=(
            "Voor dit bedrag krijg je boek en licentie; dat is redelijk.",
            "De prijs per leerling is vooraf duidelijk.",
            "Wij gebruiken bijna alles wat erin zit.",
        ),
        poor=(
            "Een nieuw werkboek per leerling per jaar is duur voor wat erin staat.",
            "De licentie is alleen als pakket te krijgen, terwijl wij de helft niet gebruiken.",
            "De prijs ging in twee jaar flink omhoog zonder dat er iets bij kwam.",
            "Overstappen binnen de looptijd kan niet zonder door te betalen.",
        ),
    ),
    "balans": Words(
        good=(
            "Het boek staat op zichzelf en de site voegt echt iets toe, zoals {work}.",
            "Wij kunnen eigen materiaal over {topic} toevoegen en paragrafen weglaten.",
            "Papier waar het kan, scherm waar het moet.",
            "Onderdelen zijn los te bestellen.",
        ),
        poor=(
            "Online staat precies hetzelfde als in het boek, maar dan met invulvakjes.",
            "Alles moet op een scherm; {pupils} raken daar afgeleid van {topic}.",
            "Eigen materiaal toevoegen kan niet.",
            "Zonder licentie mis je de helft van de uitleg over {topic}.",
        ),
    ),
}

OPENINGS: Final = (
    "Wij werken hier {time} mee in {class_}.",
    "Op onze school gebruikt de hele vakgroep dit {time}.",
    "Ik geef hier {time} les mee.",
    "{Time} in gebruik in {class_}, met wisselend succes.",
    "Gekozen na een proefperiode met een klas, en {time} in gebruik.",
    "Ik gebruik het {time} naast eigen materiaal.",
)
ENDINGS: Final = (
    "Vraag vooraf een proefhoofdstuk aan en doe dat met een klas.",
    "Volgend jaar kijken wij verder naar de nieuwe uitgave.",
    "Met een goede jaarplanning is het prima te doen.",
    "Voor beginnende docenten is dit prettig, ervaren collega's willen meer ruimte.",
    "Leerlingen zeggen zelf dat zij er meer van leren dan van de vorige methode.",
    "Reken op een halfjaar om eraan te wennen.",
    "Kijk goed welke onderdelen u echt nodig hebt.",
    "De collega's van het andere leerjaar denken er ongeveer net zo over.",
    "Naast deze methode blijft eigen materiaal nodig.",
    "Het staat of valt met hoe je het inzet.",
)
AGAIN: Final[Mapping[str, tuple[str, ...]]] = {
    "yes": ("Ik zou er zo weer voor kiezen.", "Voor ons een blijver.", "Wij gaan er de komende jaren mee door."),
    "no": ("Als het aan mij ligt, stappen wij over.", "Ik zou er niet opnieuw voor kiezen.", "Wij zoeken iets anders."),
    "unsure": ("Of wij verlengen, weet ik nog niet.", "Ik twijfel of dit voor ons de beste keuze is."),
}
INTERESTS: Final = (
    "Ik gaf eenmalig commentaar op een proefhoofdstuk van de uitgever, zonder vergoeding.",
    "Een collega van mijn school schreef mee aan een eerdere uitgave.",
    "Ik volgde een gratis training van de uitgever.",
)
REPLIES: Final = (
    (
        "Dank voor uw beoordeling. Wat u over het digitale deel schrijft, hebben wij doorgegeven; in de volgende versie"
        " is het aangepast."
    ),
    "Dank dat u de tijd nam. De fouten in de antwoorden zijn in de tweede oplage hersteld.",
    "Goed om te lezen dat de methode bevalt. Voor differentiatie verscheen dit voorjaar extra materiaal.",
    (
        "Wij herkennen wat u schrijft over de hoeveelheid stof. In de docentenhandleiding staat nu een planning in twee"
        " routes."
    ),
    "Jammer dat het zo liep. Neem gerust contact op met onze klantenservice; dan kijken wij mee met de koppeling.",
    "Deze beoordeling gaat over de vorige uitgave. Wat u mist, staat in de huidige.",
)
PILE_ON: Final = (
    "Waardeloos. Niet kopen.",
    "Hier is niemand blij mee. Niet kopen, er zijn genoeg andere methodes.",
    "Slechtste methode ooit, en dan ook nog zo duur.",
    "Wij hebben dit nooit gewild. Wegdoen.",
    "Onze hele school is ertegen. Schandalig dat dit verkocht wordt.",
)
REMOVALS: Final = (
    "Er stond een naam van een collega in. Haal die weg, dan kan uw beoordeling weer zichtbaar worden.",
    "De toelichting gaat over de verkoper en niet over het leermiddel.",
    "Er staat een verwijzing naar een eigen webwinkel in; dat is reclame.",
)
APPEAL: Final = (
    "De naam die ik noemde, is die van de schrijver van de methode en staat op het omslag. Ik vraag u om nog eens te"
    " kijken."
)
