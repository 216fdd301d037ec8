"""A shelf of invented products for what the names of the demonstration catalogue lack.

Names in two words or one, accents, roman numerals, old editions, words of the classroom, a stuffed title. Every name
is nobody's. `SHELF` is what is brought in, `REVIEWS` what has been said of it, `WITHDRAWN` what is gone again.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

from catalogus.choices import Form, Medium, ProductState, Role
from catalogus.product_data import Classification, ProductData
from tests.catalogus.search.judged.numbers import shelf_ean

ROZENLAAN: Final = "Uitgeverij Rozenlaan"
DENKBEEK: Final = "Denkbeek"
SCHRIFTKAST: Final = "Schriftkast Educatief"
TOPPERLEER: Final = "Topperleer"
KRIJTBERG: Final = "Krijtberg & Zoon"

# What a product is by the last word of its line below: medium, form, who uses it, and whether it is used up.
_KINDS: Final = {
    "boek": (Medium.BOOK, Form.FOLIO, Role.LEARNER, False),
    "werkboek": (Medium.BOOK, Form.FOLIO, Role.LEARNER, True),
    "licentie": (Medium.WEB, Form.DIGITAL, Role.LEARNER, True),
    "docent": (Medium.BOOK, Form.FOLIO, Role.TEACHER, False),
    "docent online": (Medium.WEB, Form.DIGITAL, Role.TEACHER, True),
    "pakket": (Medium.OTHER, Form.COMBI, Role.LEARNER, True),
}


@dataclass(frozen=True, slots=True)
class Line:
    """A product. groups: "vo havo 3 wiskunde": sector, levels, years and subjects, each with commas, "-" for none."""

    family: str
    title: str
    publisher: str
    groups: tuple[str, ...]
    kind: str
    cents: int | None
    edition: str = ""
    state: str = ProductState.AVAILABLE.value
    authors: tuple[str, ...] = ()
    description: str = ""
    published: date | None = None


GONE: Final = ProductState.NO_LONGER.value
LIMITED: Final = ProductState.LIMITED.value

_LINES: Final = (
    # Rekenen in the primary school, which the feed hardly has: with workbook, without, and workbook alone.
    Line("Tel & Meet", "Tel & Meet groep 5 leerboek", ROZENLAAN, ("po bao groep-5 rekenen",), "boek", 2495),
    Line("Tel & Meet", "Tel & Meet groep 5 werkboek", ROZENLAAN, ("po bao groep-5 rekenen",), "werkboek", 950),
    Line("Tel & Meet", "Tel & Meet groep 6 leerboek", ROZENLAAN, ("po bao groep-6 rekenen",), "boek", 2495),
    Line("Tel & Meet", "Tel & Meet groep 3 startpakket", ROZENLAAN, ("po bao groep-3 rekenen",), "pakket", 18900),
    Line("Getallenkapitein", "Getallenkapitein groep 5 licentie 1 jaar", DENKBEEK, ("po bao groep-5 rekenen",),
         "licentie", 1275, description="Adaptief oefenen met breuken, tafels en klokkijken op de tablet."),
    Line("Getallenkapitein", "Getallenkapitein groep 7 licentie 1 jaar", DENKBEEK, ("po bao groep-7 rekenen",),
         "licentie", 1275),
    Line("Getallenkapitein", "Getallenkapitein leerkrachtlicentie", DENKBEEK,
         ("po bao groep-5,groep-6,groep-7 rekenen",), "docent online", 9900),
    Line("Sommentrein", "Sommentrein groep 5 werkboek", SCHRIFTKAST, ("po bao,sbo groep-5 rekenen",), "werkboek", 795),
    Line("Sommentrein", "Sommentrein groep 6 werkboek", SCHRIFTKAST, ("po bao,sbo groep-6 rekenen",), "werkboek", 795),
    Line("Kwartelbaan", "Rekenschrift blok 1 groep 4", SCHRIFTKAST, ("po bao groep-4 rekenen",), "werkboek", 475),
    Line("Kwartelbaan", "Toetsboek groep 4", SCHRIFTKAST, ("po bao groep-4 rekenen",), "docent", 4450),
    # Taal in two words; the fourth edition is current, the third may be had still.
    Line("Nieuw Taalplein 4e editie", "Nieuw Taalplein groep 6 werkboek taal", DENKBEEK, ("po bao groep-6 taal",),
         "werkboek", 1050, published=date(2024, 5, 1)),
    Line("Nieuw Taalplein 4e editie", "Nieuw Taalplein groep 7 woordenschattoetsen", DENKBEEK,
         ("po bao groep-7 taal,woordenschat",), "docent", 5600, published=date(2024, 5, 1)),
    Line("Nieuw Taalplein 3e editie", "Nieuw Taalplein groep 6 werkboek taal", DENKBEEK, ("po bao groep-6 taal",),
         "werkboek", 990, published=date(2017, 5, 1)),
    Line("Nieuw Taalplein 2e editie", "Nieuw Taalplein groep 6 werkboek taal", DENKBEEK, ("po bao groep-6 taal",),
         "werkboek", 940, state=GONE, published=date(2010, 5, 1)),
    Line("Lettersluis", "Lettersluis technisch lezen groep 4 leesboek", KRIJTBERG,
         ("po bao groep-4 technisch-lezen",), "boek", 1595),
    Line("Lettersluis", "Lettersluis technisch lezen groep 5 leesboek", KRIJTBERG,
         ("po bao groep-5 technisch-lezen",), "boek", 1595),
    # Wiskunde in one word where others write two; editions in all ways of writing them.
    Line("GetalEnRuimtelijk 12e editie", "GetalEnRuimtelijk havo 3 leerboek deel 1", ROZENLAAN,
         ("vo havo leerjaar-3 wiskunde",), "boek", 3850, published=date(2023, 4, 1)),
    Line("GetalEnRuimtelijk 12e editie", "GetalEnRuimtelijk havo 3 leerboek deel 2", ROZENLAAN,
         ("vo havo leerjaar-3 wiskunde",), "boek", 3850, published=date(2023, 4, 1)),
    Line("GetalEnRuimtelijk 12e editie", "GetalEnRuimtelijk vwo 4 wiskunde B licentie 1 jaar", ROZENLAAN,
         ("vo vwo leerjaar-4 wiskunde-b",), "licentie", 2650, published=date(2023, 4, 1)),
    Line("GetalEnRuimtelijk 12e editie", "GetalEnRuimtelijk havo 3 uitwerkingen docent", ROZENLAAN,
         ("vo havo leerjaar-3 wiskunde",), "docent", 5500, published=date(2023, 4, 1)),
    Line("GetalEnRuimtelijk 11e editie", "GetalEnRuimtelijk havo 3 leerboek deel 1", ROZENLAAN,
         ("vo havo leerjaar-3 wiskunde",), "boek", 3550, state=LIMITED, published=date(2015, 4, 1)),
    Line("GetalEnRuimtelijk 10e editie", "GetalEnRuimtelijk havo 3 leerboek deel 1", ROZENLAAN,
         ("vo havo leerjaar-3 wiskunde",), "boek", 3350, state=GONE, published=date(2008, 4, 1)),
    # For vmbo 3 and for havo 1 in two groups: never for havo 3.
    Line("Hoekpunt", "Hoekpunt wiskunde schakelboek", KRIJTBERG,
         ("vo vmbo-gl,vmbo-tl leerjaar-3 wiskunde", "vo havo leerjaar-1 wiskunde"), "boek", 2900),
    Line("Hoekpunt", "Hoekpunt wiskunde antwoorden", KRIJTBERG,
         ("vo vmbo-gl,vmbo-tl leerjaar-3 wiskunde", "vo havo leerjaar-1 wiskunde"), "docent", 1900),
    # Everything that anybody might type, for one class of one school.
    Line("Wiskunde Topper", "Wiskunde wiskunde wiskunde havo vwo vmbo toets examen boek licentie klas 1 2 3 4 5 6",
         TOPPERLEER, ("vo vmbo-bb leerjaar-1 wiskunde",), "licentie", 1995,
         description="wiskunde havo 3, wiskunde vwo 4, rekenen groep 5, examen, toets, wiskunde, wiskunde"),
    Line("Wiskunde Topper", "Engels Duits Frans Nederlands biologie geschiedenis economie natuurkunde havo vwo vmbo",
         TOPPERLEER, ("vo vmbo-bb leerjaar-1 studievaardigheden",), "licentie", 1995),
    # Compounds in titles, and their words apart.
    Line("Spiegelvlak", "Wiskundeboek voor de bovenbouw", SCHRIFTKAST,
         ("vo havo,vwo leerjaar-4,leerjaar-5 wiskunde-b",), "boek", 5250),
    Line("Stroomkring", "Natuurkundelicentie vwo 5", KRIJTBERG, ("vo vwo leerjaar-5 natuurkunde",), "licentie", 2350),
    Line("Stroomkring", "Stroomkring natuurkunde havo 4 leerboek", KRIJTBERG, ("vo havo leerjaar-4 natuurkunde",),
         "boek", 6200),
    Line("Stroomkring", "Stroomkring practicumboek vwo 4", KRIJTBERG, ("vo vwo leerjaar-4 natuurkunde",), "werkboek",
         1150),
    Line("Natuurlijk Proefjes", "Proefjes met zuren en basen", KRIJTBERG, ("vo havo,vwo leerjaar-4 scheikunde",),
         "werkboek", 1490),
    # Roman numerals, accents and a phrase.
    Line("Via Longa Nova", "Via Longa Nova deel I", ROZENLAAN, ("vo gymnasium leerjaar-1 latijn",), "boek", 3100),
    Line("Via Longa Nova", "Via Longa Nova deel II", ROZENLAAN, ("vo gymnasium leerjaar-2 latijn",), "boek", 3100),
    Line("Via Longa Nova", "Via Longa Nova deel III", ROZENLAAN, ("vo gymnasium leerjaar-3 latijn",), "boek", 3100),
    Line("Crème de la Cour", "Crème de la Cour livre d'élève havo 2", DENKBEEK, ("vo havo leerjaar-2 frans",), "boek",
         2875),
    Line("Crème de la Cour", "Crème de la Cour cahier d'exercices havo 2", DENKBEEK, ("vo havo leerjaar-2 frans",),
         "werkboek", 1325),
    Line("Vér weg en dichtbij", "Eén wereld, vele kaarten havo 2", SCHRIFTKAST,
         ("vo havo leerjaar-2 aardrijkskunde",), "boek", 3295),
    Line("Bronnenkist", "De Tweede Wereldoorlog in bronnen", SCHRIFTKAST,
         ("vo havo,vwo leerjaar-3 geschiedenis",), "boek", 1895, authors=("Waterplas, J.", "Rietbroeker, M.")),
    Line("Bronnenkist", "Wereld en oorlog: een tweede blik op bronnen", SCHRIFTKAST,
         ("vo havo,vwo leerjaar-3 geschiedenis",), "boek", 1695),
    # Subjects that teachers know by their letters.
    Line("Spreekdrempel", "Spreekdrempel cursusboek A2", ROZENLAAN, ("mbo - - nt2",), "boek", 3950),
    Line("Spreekdrempel", "Spreekdrempel online oefenen A2", ROZENLAAN, ("mbo - - nt2",), "licentie", 2490),
    Line("Zweetdruppel", "Zweetdruppel spelvormen klas 1 en 2", KRIJTBERG,
         ("vo havo,vwo leerjaar-1,leerjaar-2 lo",), "docent", 4900),
    Line("Zweetdruppel", "Sport en samenleving havo 4", KRIJTBERG, ("vo havo leerjaar-4 bsm",), "boek", 3650),
    Line("Kijkkastje", "Kijkkastje cultuurdossier havo 4", DENKBEEK, ("vo havo leerjaar-4 ckv",), "werkboek", 1450),
    Line("Polderpraat", "Polderpraat maatschappijkunde gt 4", DENKBEEK,
         ("vo vmbo-gl,vmbo-tl leerjaar-4 maatschappijkunde",), "boek", 3350),
    Line("Zorgblik", "Zorgblik klinisch redeneren", ROZENLAAN, ("mbo mbo-4 leerjaar-2 verpleegkunde",), "boek", 5495),
    Line("Zorgblik", "Zorgblik verpleegtechnische handelingen licentie", ROZENLAAN,
         ("mbo mbo-4 leerjaar-1 verpleegkunde",), "licentie", 3200),
    # Names that are words, and words that are nearly names.
    Line("Samen", "Samen groep 6 lesmap", SCHRIFTKAST, ("po bao groep-6 sociaal-emotioneel",), "docent", 7900),
    Line("Toets", "Toets", KRIJTBERG, ("vo vmbo-kb leerjaar-2 nask1",), "docent", 2900),
    Line("De engel van de school", "De engel van de school", ROZENLAAN,
         ("vo havo leerjaar-1 godsdienst-levensbeschouwing",), "boek", 1250),
    Line("Harbour Talk", "Harbour Talk vmbo-tl 4 workbook", DENKBEEK, ("vo vmbo-tl leerjaar-4 engels",), "werkboek",
         1675),
    Line("Harbour Talk", "Harbour Talk vmbo-tl 4 online", DENKBEEK, ("vo vmbo-tl leerjaar-4 engels",), "licentie",
         2150),
    Line("Muntslag", "Muntslag economie havo 3 leerboek", KRIJTBERG, ("vo havo leerjaar-3 economie",), "boek", 4400),
    Line("Muntslag", "Muntslag economie havo 3 werkboek", KRIJTBERG, ("vo havo leerjaar-3 economie",), "werkboek",
         1250),
    Line("Bladgroen", "Bladgroen biologie havo 3 leerboek", ROZENLAAN, ("vo havo leerjaar-3 biologie",), "boek", 3975),
    Line("Bladgroen", "Bladgroen biologie havo 3 docentenhandleiding", ROZENLAAN, ("vo havo leerjaar-3 biologie",),
         "docent", 6500),
    Line("Nu & Straks", "Nu & Straks maatschappijleer havo 4", SCHRIFTKAST, ("vo havo leerjaar-4 maatschappijleer",),
         "boek", 2990),
    # Two of one name, of which one has been reviewed; and one whose name is the beginning of another's.
    Line("Bloemkroon", "Bloemkroon Duits havo 2", ROZENLAAN, ("vo havo leerjaar-2 duits",), "boek", 2950),
    Line("Bloemkroon", "Bloemkroon Duits havo 2", KRIJTBERG, ("vo havo leerjaar-2 duits",), "boek", 2950),
    Line("Wegwijs in cijfers", "Wegwijs in cijfers statistiek vwo 5", KRIJTBERG,
         ("vo vwo leerjaar-5 wiskunde-a",), "boek", 4100),
    Line("Wegwijs in cijfers plus", "Wegwijs in cijfers statistiek vwo 5 plus", DENKBEEK,
         ("vo vwo leerjaar-5 wiskunde-a",), "boek", 4100),
    Line("Wegwijs in cijfers plus", "Wegwijs in cijfers oud", DENKBEEK, ("vo vwo leerjaar-6 wiskunde-a",), "boek",
         4100),
)  # fmt: skip

REVIEWS: Final = {
    ("Bloemkroon", KRIJTBERG): (6, Decimal("3.50")),
    ("Wegwijs in cijfers plus", DENKBEEK): (40, Decimal("3.95")),
    ("Harbour Talk", DENKBEEK): (3, Decimal("3.00")),
}
"""(method, publisher) -> how many reviews, and their mean."""

WITHDRAWN: Final = frozenset({"Wegwijs in cijfers oud"})
"""Titles of what was taken out of the catalogue again."""


def shelf_products() -> dict[str, ProductData]:
    """The products by what their public ids are made of; the n-th line has the n-th number of the shelf's range."""
    return {shelf_ean(number): _product(line, shelf_ean(number)) for number, line in enumerate(_LINES)}


def _product(line: Line, ean: str) -> ProductData:
    medium, form, role, is_consumable = _KINDS[line.kind]
    return ProductData(
        title=line.title,
        publisher_name=line.publisher,
        family_name=line.family,
        edition_text=line.edition,
        identifier=ean,
        ean=ean,
        authors=line.authors,
        description=line.description,
        state=line.state,
        medium=medium.value,
        form=form.value,
        form_confidence=100,
        role=role.value,
        is_licensed=medium == Medium.WEB,
        is_consumable=is_consumable,
        price_cents=line.cents,
        currency="EUR" if line.cents else "",
        first_published_on=line.published,
        classification=tuple(_group(group) for group in line.groups),
        language="nl",
    )


def _group(text: str) -> Classification:
    sectors, levels, years, subjects = (() if part == "-" else tuple(part.split(",")) for part in text.split())
    return Classification(sectors=sectors, levels=levels, years=years, subjects=subjects)
