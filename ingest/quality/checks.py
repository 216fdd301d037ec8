"""The checks by name: what they find, why that matters, and how a publisher mends it.

Every code of ingest/issues.py is a check on one record by itself; the others are in comparing.py. docs/quality.md shows
this list, and a test holds the two together.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from ingest.issues import IssueCode
from ingest.quality import comparing


class Grade(TextChoices):
    """ERROR: the record is in quarantine for it. WARNING: the record is in the catalogue, less well than it could."""

    ERROR = "error", _("fout")
    WARNING = "warning", _("waarschuwing")


@dataclass(frozen=True, slots=True)
class Check:
    """field: the ECK element that it is about; empty where each finding names another. products: see comparing.py."""

    code: str
    grade: Grade
    name: str | Promise
    why: str | Promise
    remedy: str | Promise
    field: str = ""
    products: Callable[[], comparing.Found] | None = None


def _error(code: IssueCode, name: str | Promise, why: str | Promise, remedy: str | Promise, field: str = "") -> Check:
    return Check(code.value, Grade.ERROR, name, why, remedy, field)


def _warning(code: IssueCode, name: str | Promise, why: str | Promise, remedy: str | Promise, field: str = "") -> Check:
    return Check(code.value, Grade.WARNING, name, why, remedy, field)


def _compared(
    products: Callable[[], comparing.Found],
    name: str | Promise,
    why: str | Promise,
    remedy: str | Promise,
    field: str,
) -> Check:
    return Check(products.__name__, Grade.WARNING, name, why, remedy, field, products)


_ALL = (
    _error(
        IssueCode.NOT_WELL_FORMED,
        _("Onleesbaar record"),
        _("Het record is geen goede XML, dus niets ervan kan worden getoond."),
        _("Controleer het record met een XML-hulpmiddel en lever het opnieuw aan."),
        "recordData",
    ),
    _error(
        IssueCode.NO_IDENTIFIER,
        _("Record zonder kenmerk"),
        _("Zonder kenmerk is bij de volgende oogst niet te zien dat het om hetzelfde record gaat."),
        _("Geef elk record een eigen, blijvende recordIdentifier van hoogstens 255 tekens."),
        "recordIdentifier",
    ),
    _error(
        IssueCode.NO_TITLE,
        _("Titel ontbreekt"),
        _("Een product zonder titel kan niemand vinden of herkennen."),
        _("Vul de titel in zoals die op het omslag staat."),
        "Title",
    ),
    _error(
        IssueCode.NO_PUBLISHER,
        _("Uitgever ontbreekt"),
        _("Zonder uitgever is niet bekend bij wie het product hoort; u ziet het daardoor ook niet op uw eigen pagina."),
        _("Vul de naam van de uitgever in, steeds op dezelfde manier geschreven."),
        "Publisher",
    ),
    _error(
        IssueCode.EAN_CONFLICT,
        _("EAN van een ander product"),
        _("Het EAN hoort al bij een ander product; wie het bestelt, zou het verkeerde kunnen krijgen."),
        _(
            "Geef dit product een eigen EAN. Is het toch hetzelfde product, maak dan het aantal per verkoopeenheid"
            " gelijk of vraag de redactie om hulp."
        ),
        "ProductId",
    ),
    _error(
        IssueCode.NOT_STORED,
        _("Record dat niet op te slaan is"),
        _("Het record breekt een regel van de database en staat daarom niet in de catalogus."),
        _("Meld dit aan de beheerder van de catalogus; bij elke oogst wordt het opnieuw geprobeerd."),
    ),
    _warning(
        IssueCode.UNKNOWN_VALUE,
        _("Waarde die niet op de lijst staat"),
        _("De waarde staat niet in de ECK-waardelijst; het veld geldt daarom als niet ingevuld."),
        _("Gebruik een waarde van de ECK-waardelijst, letterlijk overgenomen."),
    ),
    _warning(
        IssueCode.UNKNOWN_TEXT,
        _("Onbekende sector, niveau, leerjaar of vak"),
        _("De tekst is aan geen begrip te koppelen, dus wie op dat begrip filtert, vindt het product niet."),
        _("Gebruik de gangbare benaming, zoals “havo” of “Wiskunde B”. De redactie kan een tekst ook koppelen."),
        "Sector, Level, Year, Course",
    ),
    _warning(
        IssueCode.BAD_NUMBER,
        _("Getal dat niet te lezen is"),
        _("Het bedrag of aantal is niet te lezen en wordt niet getoond."),
        _("Gebruik een geheel getal zonder tekens erbij; bedragen in centen: 1995 voor € 19,95."),
    ),
    _warning(
        IssueCode.BAD_DATE,
        _("Datum die niet te lezen is"),
        _("De datum is niet te lezen en wordt niet getoond."),
        _("Schrijf datums als 2026-08-01."),
    ),
    _warning(
        IssueCode.BAD_URL,
        _("Adres dat niet te gebruiken is"),
        _("Het adres is geen webadres; er komt dus geen link of omslag bij het product."),
        _("Geef het hele adres op, beginnend met https://."),
    ),
    _warning(
        IssueCode.EAN_CHECK_DIGIT,
        _("EAN met een fout controlecijfer"),
        _("Het controlecijfer klopt niet, dus de code is geen EAN en scholen kunnen er niet op bestellen."),
        _("Controleer het EAN: vaak is een cijfer verwisseld."),
        "ProductId",
    ),
    _warning(
        IssueCode.TOO_LONG,
        _("Te lange tekst"),
        _("De tekst is langer dan past en is afgekapt; het einde ziet niemand."),
        _("Maak de tekst korter."),
    ),
    _warning(
        IssueCode.NO_PRODUCT_ID,
        _("Productcode ontbreekt"),
        _("Zonder code is het product niet te bestellen en niet aan andere records te koppelen."),
        _("Geef het EAN op, of anders uw eigen productcode."),
        "ProductId",
    ),
    _warning(
        IssueCode.EAN_INSIDE_CODE,
        _("EAN verstopt in een andere code"),
        _("Scholen en leveranciers bestellen op het EAN zelf; een code eromheen herkennen zij niet."),
        _("Lever het EAN kaal aan. Is dit een ander product dan dat van het EAN, geef het dan een eigen EAN."),
        "ProductId",
    ),
    _warning(
        IssueCode.DESCRIPTION_IS_TITLE,
        _("Omschrijving herhaalt de titel"),
        _("De omschrijving zegt niets nieuws en wordt daarom niet getoond."),
        _("Beschrijf in een paar zinnen wat het is, voor wie en waarbij het hoort, of laat het veld leeg."),
        "Description",
    ),
    _warning(
        IssueCode.AUTHOR_IS_PUBLISHER,
        _("Uitgever als auteur"),
        _("Docenten zoeken op de namen van makers; de naam van de uitgever helpt hen niet en wordt weggelaten."),
        _("Noem de makers, of laat het veld leeg."),
        "Authors/Author",
    ),
    _warning(
        IssueCode.MARKUP_IN_TEXT,
        _("Opmaakcodes in de tekst"),
        _("Lezers zien de codes letterlijk staan, zoals <b> of &nbsp;."),
        _("Lever gewone tekst zonder HTML."),
        "Title, Description",
    ),
    _warning(
        IssueCode.TITLE_IN_CAPITALS,
        _("Titel in hoofdletters"),
        _("Hoofdletters lezen moeilijker en vallen in een lijst uit de toon."),
        _("Schrijf de titel zoals die op het omslag staat, met gewone letters."),
        "Title",
    ),
    _warning(
        IssueCode.NO_STATE,
        _("Leverbaarheid ontbreekt"),
        _("Scholen zien niet of het product te bestellen is."),
        _("Vul de leverbaarheid in, bijvoorbeeld “Leverbaar”."),
        "ProductState",
    ),
    _warning(
        IssueCode.NO_MEDIUM,
        _("Medium ontbreekt"),
        _("Niet te zien is of het een boek of digitaal materiaal is, en wie daarop filtert, vindt het niet."),
        _("Vul het medium in, bijvoorbeeld “Boek” of “Web browser”."),
        "Medium",
    ),
    _warning(
        IssueCode.NO_CLASSIFICATION,
        _("Indeling ontbreekt"),
        _("Zonder sector, niveau, leerjaar en vak vindt geen enkel filter dit product."),
        _("Vul CurriculumInfo in met sector, vak, niveau en leerjaar."),
        "CurriculumInfo",
    ),
    _warning(
        IssueCode.SECTORS_IN_ONE_ELEMENT,
        _("Meer sectoren in één element"),
        _("Wij splitsen de tekst, maar andere afnemers van uw gegevens lezen er misschien één onbekende sector in."),
        _("Gebruik een eigen element voor elke sector."),
        "Sector",
    ),
    _warning(
        IssueCode.YEAR_OUT_OF_RANGE,
        _("Leerjaar dat de sector niet kent"),
        _("Het leerjaar bestaat niet in deze sector en telt niet mee; wie erop filtert, vindt het product niet."),
        _("Verbeter het leerjaar of de sector."),
        "Year",
    ),
    _warning(
        IssueCode.PRICE_ZERO,
        _("Prijs van nul"),
        _("Een nul zegt niet of het gratis is of dat de prijs ontbreekt; getoond wordt “prijs onbekend”."),
        _("Vul de prijs in centen in, of laat het element weg."),
        "Prices",
    ),
    _warning(
        IssueCode.PRICES_DISAGREE,
        _("Prijzen die niet bij elkaar passen"),
        _("De prijs met btw, die zonder btw en het tarief spreken elkaar tegen; een school kan op geen ervan rekenen."),
        _("Reken de prijs met btw na en verbeter een van de drie."),
        "Prices",
    ),
    _warning(
        IssueCode.UNUSUAL_VAT,
        _("Ongebruikelijk btw-tarief"),
        _("Nederland kent de tarieven 0, 9 en 21; bij een ander tarief klopt de prijs waarschijnlijk ook niet."),
        _("Verbeter het tarief."),
        "Prices/Price/VAT",
    ),
    _warning(
        IssueCode.URL_WITH_SPACES,
        _("Spaties in een adres"),
        _("Wij halen ze weg, maar bij andere afnemers van uw gegevens werkt de link dan niet."),
        _("Lever het adres zonder spaties en regeleinden."),
    ),
    _warning(
        IssueCode.URL_NOT_SECURE,
        _("Adres zonder https"),
        _("Browsers waarschuwen voor zo’n pagina en veel schoolnetwerken blokkeren haar."),
        _("Geef het adres met https:// op."),
    ),
    _warning(
        IssueCode.DATES_OUT_OF_ORDER,
        _("Datums in verkeerde volgorde"),
        _("Het einde ligt voor het begin, dus een van de twee datums is fout."),
        _("Verbeter een van beide."),
    ),
    _warning(
        IssueCode.NO_MODIFIED_DATE,
        _("Wijzigingsdatum ontbreekt"),
        _("Afnemers van uw gegevens zien niet wanneer u het record het laatst wijzigde, en kunnen wijzigingen missen."),
        _("Vul bij elke wijziging in wanneer die gedaan is."),
        "LastModifiedDate",
    ),
    _warning(
        IssueCode.SUCCESSOR_IS_ITSELF,
        _("Product is zijn eigen opvolger"),
        _("Wie de opvolger zoekt, komt niet verder."),
        _("Noem de opvolger, of laat het veld leeg."),
        "FollowupProduct",
    ),
    _warning(
        IssueCode.PART_IS_ITSELF,
        _("Pakket is deel van zichzelf"),
        _("Zo is niet te zien waaruit het pakket bestaat."),
        _("Noem alleen de andere delen."),
        "SubProducts/ProductId",
    ),
    _warning(
        IssueCode.MISSPELLED_ELEMENT,
        _("Verkeerd gespeld element"),
        _("Andere afnemers van uw gegevens lezen het element misschien niet."),
        _("Gebruik de naam uit het schema; die staat als waarde bij de bevinding."),
    ),
    _warning(
        IssueCode.UNKNOWN_ELEMENT,
        _("Element dat het schema niet kent"),
        _("Wat in een onbekend element staat, wordt bewaard maar aan niemand getoond."),
        _("Gebruik een element dat het ECK-schema kent."),
    ),
    _warning(
        IssueCode.OLD_PRICE_FIELD,
        _("Prijs in een verouderd veld"),
        _("Het veld komt uit een oud schema; nieuwe afnemers lezen het niet."),
        _("Lever de prijs in het element Prices."),
        "PriceVATLow, PriceVATHigh",
    ),
    _compared(
        comparing.end_date_past,
        _("Leverbaar na de einddatum"),
        _("Het product heet leverbaar, terwijl de levering of de licentie volgens het record voorbij is."),
        _("Zet de leverbaarheid op “Niet meer leverbaar”, of verbeter de datum."),
        "EndOfLifeDate, LicenseEndDate",
    ),
    _compared(
        comparing.activation_past,
        _("Niet meer te activeren"),
        _("Wie nu bestelt, kan de licentie volgens het record niet meer activeren."),
        _("Verbeter de datum, of zet de leverbaarheid op “Niet meer leverbaar”."),
        "ActivationBefore/ActivationBeforeDate",
    ),
    _compared(
        comparing.overdue,
        _("Nog niet leverbaar na verschijnen"),
        _("De verschijningsdatum is meer dan 30 dagen voorbij, maar scholen lezen dat het nog moet komen."),
        _("Zet de leverbaarheid op “Leverbaar”, of verbeter de verschijningsdatum."),
        "ProductState, FirstPublishedDate",
    ),
    _compared(
        comparing.dead_successor,
        _("Opvolger die er niet is"),
        _("De genoemde opvolger staat niet in de catalogus, dus wie verder zoekt, loopt dood."),
        _("Noem het EAN of de productcode van een product dat u zelf aanlevert, of laat het veld leeg."),
        "FollowupProduct",
    ),
    _compared(
        comparing.successor_gone,
        _("Opvolger die zelf niet meer leverbaar is"),
        _("De genoemde opvolger is ook niet meer te bestellen, dus een school is er niet mee geholpen."),
        _("Noem de uitgave die nu leverbaar is."),
        "FollowupProduct",
    ),
    _compared(
        comparing.successor_cycle,
        _("Opvolgers in een kring"),
        _("Wie van opvolger naar opvolger gaat, komt weer bij dit product uit."),
        _("Laat de nieuwste uitgave geen opvolger noemen."),
        "FollowupProduct",
    ),
    _compared(
        comparing.dead_part,
        _("Deel van een pakket dat er niet is"),
        _("Scholen zien niet waaruit het pakket bestaat: de code van een deel staat niet in de catalogus."),
        _("Lever het deel ook als product aan, of verbeter zijn code."),
        "SubProducts/ProductId",
    ),
    _compared(
        comparing.part_gone,
        _("Pakket met een deel dat niet meer leverbaar is"),
        _("Het pakket heet leverbaar, maar een deel ervan niet."),
        _("Verbeter de leverbaarheid van het pakket of van het deel, of vervang het deel."),
        "SubProducts/ProductId",
    ),
    _compared(
        comparing.twin,
        _("Dubbelganger"),
        _("Nog een leverbaar product van u heeft deze titel, druk en dit medium: scholen zien geen verschil."),
        _("Zet het verschil in de titel, of maak van de twee één product met één EAN."),
        "Title",
    ),
    _compared(
        comparing.code_twice,
        _("Productcode van twee producten"),
        _("Nog een leverbaar product van u heeft deze code; een bestelling kan het verkeerde betreffen."),
        _("Geef elk product een eigen code, liefst een EAN."),
        "ProductId",
    ),
)

CHECKS: Mapping[str, Check] = {check.code: check for check in _ALL}
"""By code; errors first."""
