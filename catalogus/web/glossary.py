"""The words that a page explains where they stand: what a teacher or a buyer need not know."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class Term:
    """code: also of the element on the page, so a page explains a word once."""

    code: str
    name: str | Promise
    explanation: str | Promise


_TERMS = (
    Term(
        "ean",
        _("EAN"),
        _(
            "Het nummer van dertien cijfers onder de streepjescode. Wie het bij een bestelling opgeeft,"
            " krijgt precies dit product. Bij boeken is het gelijk aan het ISBN."
        ),
    ),
    Term(
        "availability",
        _("Leverbaarheid"),
        _(
            "Of het product nu te bestellen is, zoals de uitgever het opgeeft. “Beperkt” is zolang er"
            " voorraad is; “tijdelijk niet” komt terug; “niet meer” is voorgoed."
        ),
    ),
    Term(
        "indicative-price",
        _("Richtprijs"),
        _(
            "De prijs die de uitgever als richtlijn geeft. Wat uw school betaalt, hangt af van de leverancier"
            " en van wat er is afgesproken."
        ),
    ),
    Term(
        "sale-unit",
        _("Verkoopeenheid"),
        _(
            "Hoeveel stuks er ten minste in één bestelling zitten. “Per 25 stuks” betekent dat u er geen vijf"
            " kunt kopen."
        ),
    ),
    Term(
        "product-code",
        _("Productcode"),
        _("Het nummer dat de uitgever zelf aan dit product geeft, naast of in plaats van een EAN."),
    ),
    Term(
        "consumable",
        _("Verbruiksmateriaal"),
        _("Materiaal waarin een leerling schrijft of dat opraakt, zodat het elk jaar opnieuw nodig is."),
    ),
    Term(
        "successor",
        _("Opvolger"),
        _("Het product dat volgens de uitgever de plaats van dit product inneemt, meestal een nieuwe druk."),
    ),
    Term(
        "license",
        _("Licentie"),
        _("Het recht om digitaal leermateriaal een bepaalde tijd te gebruiken. Daarna houdt de toegang op."),
    ),
    Term(
        "license-start",
        _("Ingang en einde"),
        _(
            "Of u zelf kiest wanneer de licentie ingaat, en of zij een vaste tijd duurt of op een vaste dag"
            " eindigt. Loopt zij tot een vaste dag, dan is later beginnen korter gebruiken."
        ),
    ),
    Term(
        "activation",
        _("Activeren"),
        _("Voor die dag moet de code van de licentie zijn ingevoerd; daarna is zij niets meer waard."),
    ),
    Term(
        "license-options",
        _("Ook verkrijgbaar als"),
        _("Wat de uitgever naast de gewone licentie biedt, zoals een exemplaar om voor de keuze in te kijken."),
    ),
    Term(
        "open",
        _("Open leermateriaal"),
        _("Materiaal dat iedereen gratis mag gebruiken en vaak ook mag aanpassen en delen, onder een open licentie."),
    ),
    Term(
        "folio",
        _("Folio"),
        _("Leermateriaal op papier, zoals een leerboek of een werkboek."),
    ),
    Term(
        "digital",
        _("Digitaal"),
        _("Leermateriaal op een scherm, meestal in de browser en met een licentie."),
    ),
    Term(
        "lifo",
        _("LIFO (licentie met folio)"),
        _(
            "De leerling krijgt een licentie voor een vaste tijd en ook het boek erbij, dat hij daarna meestal"
            " mag houden."
        ),
    ),
    Term(
        "combi",
        _("Combinatie"),
        _("Een boek en digitaal materiaal die samen als één product worden verkocht."),
    ),
    Term(
        "level",
        _("Niveau en leerroute"),
        _("Voor welke schoolsoort, leerweg of mbo-niveau de uitgever het materiaal maakte, zoals vmbo-tl of havo."),
    ),
    Term(
        "rubric",
        _("Rubriek van de uitgever"),
        _("Waar de uitgever het product in zijn eigen catalogus plaatst. Elke uitgever heeft eigen rubrieken."),
    ),
    Term(
        "scope",
        _("Omvang"),
        _("Hoe groot het geheel is dat u koopt, van één les tot een hele cursus."),
    ),
    Term(
        "edition",
        _("Uitgave"),
        _(
            "De druk of jaargang van de methode. Delen van verschillende uitgaven passen vaak niet bij"
            " elkaar, dus gebruik er in één klas één."
        ),
    ),
    Term(
        "accessibility",
        _("Toegankelijkheidsverklaring"),
        _(
            "Waarin de uitgever zegt of mensen met een beperking het materiaal kunnen gebruiken, bijvoorbeeld"
            " met een schermlezer of alleen met het toetsenbord."
        ),
    ),
    Term(
        "eck",
        _("ECK"),
        _(
            "Educatieve Contentketen: de afspraken waarmee uitgevers en distributeurs gegevens over"
            " leermateriaal uitwisselen. De gegevens op deze pagina zijn zo aangeleverd."
        ),
    ),
)

GLOSSARY = {term.code: term for term in _TERMS}
"""Code -> term, in the order in which a page of a product names them."""
