"""What people type and what it means; one line each."""

import pytest

from catalogus.choices import ProductState
from catalogus.search.understanding import Sign, understand
from tests.catalogus.search.understanding.readable import said

TRACKS = "levels=vmbo-gl+vmbo-kb+vmbo-tl"
GONE = "states=no_longer_available+not_available_or_usable"
ORDERABLE = "states=" + "+".join(sorted(ProductState.orderable()))

QUESTIONS = {
    # What teachers ask.
    "wiskunde havo 3": "subjects=wiskunde levels=havo years=leerjaar-3",
    "wiskunde havo 3 onder 30 euro": "subjects=wiskunde levels=havo years=leerjaar-3 price=-2999",
    "rekenen groep 5 zonder werkboek": "subjects=rekenen years=groep-5 -werkboek",
    "aardrijkskunde bovenbouw vwo": "subjects=aardrijkskunde years=leerjaar-4+leerjaar-5+leerjaar-6 levels=vwo",
    "gs digitaal voor de docent": "subjects=geschiedenis forms=digital roles=teacher",
    "natuur- en scheikunde 3 tl werkboek": "subjects=nask years=leerjaar-3 levels=vmbo-tl | werkboek",
    "de linde frans 2 havo 5e druk": "publishers=de-linde subjects=frans years=leerjaar-2 levels=havo"
    " edition=5e druk+5e editie",
    "methode voor Engels in de onderbouw": "subjects=engels"
    " years=groep-1+groep-2+leerjaar-1+leerjaar-2+leerjaar-3 | methode",
    "tel & meet groep 4": "years=groep-4 | tel & meet",
}
SECTORS = {
    "vo": "sectors=vo",
    "basisonderwijs": "sectors=po",
    "primair onderwijs": "sectors=po",
    "mbo": "sectors=mbo",
    "speciaal onderwijs": "sectors=so",
    "speciaal basisonderwijs": "levels=sbo",
    "voor het basisonderwijs": "sectors=po",
    "po/vo": "sectors=po+vo",
    "vo en po": "sectors=po+vo",
    "secondary education": "sectors=vo",
}
LEVELS = {
    "havo": "levels=havo",
    "Havo": "levels=havo",
    "vmbo-tl": "levels=vmbo-tl",
    "vmbo t": "levels=vmbo-tl",
    "mavo": "levels=vmbo-tl",
    "tl": "levels=vmbo-tl",
    "bb": "levels=vmbo-bb",
    "kgt": TRACKS,
    "vmbo k/gt": TRACKS,
    "vmbo-kgt": TRACKS,
    "gl en tl": "levels=vmbo-gl+vmbo-tl",
    "vmbo basis kader": "levels=vmbo-bb+vmbo-kb",
    "theoretische leerweg": "levels=vmbo-tl",
    "havo/vwo": "levels=havo+vwo",
    "havo of vwo": "levels=havo+vwo",
    "havo vwo": "levels=havo+vwo",
    "atheneum": "levels=atheneum",
    "praktijkonderwijs": "levels=pro",
    "mbo 4": "levels=mbo-4",
    "mbo-4": "levels=mbo-4",
    "mbo4": "levels=mbo-4",
    "mbo niveau 3": "levels=mbo-3",
    "mbo niveau 2/3": "levels=mbo-2+mbo-3",
    "mbo 2 t/m 4": "levels=mbo-2+mbo-3+mbo-4",
    "niveau 3 mbo zorg": "levels=mbo-3 subjects=zorg",
    "verpleegkunde niveau 3": "subjects=verpleegkunde levels=mbo-3",
    "elektrotechniek niveau 2": "subjects=elektrotechniek levels=mbo-2",
    "rekenen mbo 4": "subjects=rekenen levels=mbo-4",
    "rekenen-mbo": "subjects=rekenen",
    "engels niveau 2": "subjects=engels | niveau 2",
    # Elsewhere "niveau" speaks of other things, and the series of languages and arithmetic are in no facet.
    "niveau 3 zwemmen": " | niveau 3 zwemmen",
    "rekenen 2F": "subjects=rekenen | 2F",
    "spaans B1": "subjects=spaans | B1",
    "vwo tto engels": "levels=vwo subjects=engels | tto",
}
YEARS = {
    "groep 5": "years=groep-5",
    "Groep 7/8": "years=groep-7+groep-8",
    "groep 4 t/m 6": "years=groep-4+groep-5+groep-6",
    "groep 5, 6 en 7": "years=groep-5+groep-6+groep-7",
    "groep 5 en groep 6": "years=groep-5+groep-6",
    "groep5": "years=groep-5",
    "gr. 5": "years=groep-5",
    "leerjaar 3": "years=leerjaar-3",
    "klas 2": "years=leerjaar-2",
    "klas 1-3": "years=leerjaar-1+leerjaar-2+leerjaar-3",
    "3e klas": "years=leerjaar-3",
    "derde klas": "years=leerjaar-3",
    "lj 3": "years=leerjaar-3",
    "brugklas": "years=leerjaar-1",
    "year 3": "years=leerjaar-3",
    "bovenbouw": "years=groep-6+groep-7+groep-8+leerjaar-4+leerjaar-5+leerjaar-6",
    "bovenbouw basisschool": "years=groep-6+groep-7+groep-8 sectors=po",
    "vmbo bovenbouw": "levels=vmbo years=leerjaar-3+leerjaar-4",
    "bovenbouw havo": "years=leerjaar-4+leerjaar-5 levels=havo",
    "tl/havo onderbouw": "levels=havo+vmbo-tl years=leerjaar-1+leerjaar-2+leerjaar-3",
    # "jaar 3" is open until a sector, level or subject tells.
    "jaar 3": "years=groep-3+leerjaar-3",
    "po jaar 3": "sectors=po years=groep-3",
    "vo jaar 3": "sectors=vo years=leerjaar-3",
    "wiskunde jaar 3": "subjects=wiskunde years=leerjaar-3",
    "jaar 7": " | jaar 7",
    "basisonderwijs klas 3": "sectors=po years=groep-3",
    # A bare number is a year beside a sector or level alone.
    "3": " | 3",
    "atlas 3": " | atlas 3",
    "1 2 3": " | 1 2 3",
    "po 5": "sectors=po years=groep-5",
    "vo 3": "sectors=vo years=leerjaar-3",
    "sbo 5": "levels=sbo years=groep-5",
    "5 sbo": "years=groep-5 levels=sbo",
    "leerjaar 7": " | leerjaar 7",
}
CLASSES = {
    "havo 3": "levels=havo years=leerjaar-3",
    "3 havo": "years=leerjaar-3 levels=havo",
    "havo3": "levels=havo years=leerjaar-3",
    "havo-3": "levels=havo years=leerjaar-3",
    "3havo": "levels=havo years=leerjaar-3",
    "3h": "levels=havo years=leerjaar-3",
    "h3": "levels=havo years=leerjaar-3",
    "4/5v": "levels=vwo years=leerjaar-4+leerjaar-5",
    "2m": "levels=vmbo-tl years=leerjaar-2",
    "3kgt": f"{TRACKS} years=leerjaar-3",
    "2th": "levels=havo+vmbo-tl years=leerjaar-2",
    "vwo 4-6": "levels=vwo years=leerjaar-4+leerjaar-5+leerjaar-6",
    "vwo 4, 5 en 6": "levels=vwo years=leerjaar-4+leerjaar-5+leerjaar-6",
    "havo 4 en 5": "levels=havo years=leerjaar-4+leerjaar-5",
    "havo/vwo 3": "levels=havo+vwo years=leerjaar-3",
    "vmbo-t 2": "levels=vmbo-tl years=leerjaar-2",
    "4 mavo": "years=leerjaar-4 levels=vmbo-tl",
    "tl 4": "levels=vmbo-tl years=leerjaar-4",
    "vmbo kgt 3": f"{TRACKS} years=leerjaar-3",
    "klas 3 havo": "years=leerjaar-3 levels=havo",
    "derde havo": "years=leerjaar-3 levels=havo",
    "vmbo 3 en havo 4": "levels=vmbo years=leerjaar-3 levels=havo years=leerjaar-4",
    # Parts of books and of series are none.
    "boek 3 havo": "media=book levels=havo | 3",
    "deel 2 vwo": "levels=vwo | deel 2",
    "rekenen 3b": "subjects=rekenen | 3b",
    "havo 9": "levels=havo | 9",
}
SUBJECTS = {
    "wiskunde": "subjects=wiskunde",
    "wiskunde b": "subjects=wiskunde-b",
    "wiskunde b 4 vwo": "subjects=wiskunde-b years=leerjaar-4 levels=vwo",
    "wis b 5v": "subjects=wiskunde-b levels=vwo years=leerjaar-5",
    "ak": "subjects=aardrijkskunde",
    "ges": "subjects=geschiedenis",
    "nask": "subjects=nask",
    "nask 1 kgt": f"subjects=nask1 {TRACKS}",
    "ckv": "subjects=ckv",
    "lo": "subjects=lo",
    "maw": "subjects=maatschappijwetenschappen",
    "bsm": "subjects=bsm",
    "NT2": "subjects=nt2",
    "rekenen-wiskunde": "subjects=rekenen",
    "rekenen & wiskunde": "subjects=rekenen",
    "natuur- en scheikunde": "subjects=nask",
    "frans en duits": "subjects=duits+frans",
    "frans/duits": "subjects=duits+frans",
    "rekenen, taal": "subjects=rekenen subjects=taal",
    "wiskunde en": "subjects=wiskunde",
    "Wereldoriëntatie": "subjects=wereldorientatie",
    "WERELDORIENTATIE": "subjects=wereldorientatie",
    "geography": "subjects=aardrijkskunde",
    # A compound holds a subject, and is a word.
    "wiskundeboek": " | wiskundeboek",
}
# One word, several schemes: what stands beside it decides.
OPEN = {
    "gym": "subjects=lo",
    "gym 3": "levels=gymnasium years=leerjaar-3",
    "3 gym": "years=leerjaar-3 levels=gymnasium",
    "gym vwo": "levels=gymnasium levels=vwo",
    "gym klas 3": "subjects=lo years=leerjaar-3",
    "gym groep 5": "subjects=lo years=groep-5",
    "na 3 havo": "subjects=natuurkunde years=leerjaar-3 levels=havo",
    "de dag na morgen": " | de dag na morgen",
    "basis": " | basis",
    "vmbo basis": "levels=vmbo-bb",
    "z&w kader 2": "subjects=z-en-w levels=vmbo-kb years=leerjaar-2",
    "rekenen basis 2": "subjects=rekenen | basis 2",
    "basis 2": " | basis 2",
    "vmbo 3 basis": "levels=vmbo years=leerjaar-3 levels=vmbo-bb",
    "rekenen basis havo": "subjects=rekenen levels=havo | basis",
    "muziek": "subjects=muziek",
    "en of de in op te": " | en of de in op te",
}
PUBLISHERS = {
    "uitgeverij de linde": "publishers=de-linde",
    "De Linde B.V.": "publishers=de-linde | B.V.",
    "de linde wiskunde": "publishers=de-linde subjects=wiskunde",
    "Lindenhof": "publishers=de-linde",
    "oude beuk": "publishers=de-linde",
    "waterval": "publishers=waterval",
    "uitgeverij eik": "publishers=eik",
    # Three letters, a word of the vocabulary, a proposal that nobody has approved.
    "eik": " | eik",
    "leren": " | leren",
    "voorgesteld": " | voorgesteld",
}
FORMS = {
    "digitaal": "forms=digital",
    "online": "forms=digital",
    "folio": "forms=folio",
    "op papier": "forms=folio",
    "lifo": "forms=lifo",
    "licentie": "forms=combi+digital+lifo",
    "boek": "media=book",
    "voor de docent": "roles=teacher",
    "voor leerlingen": "roles=learner",
    "leerlingen": " | leerlingen",
    "docentenhandleiding": " | docentenhandleiding",
}
STATES = {
    "leverbaar": ORDERABLE,
    "atlas leverbaar": f"{ORDERABLE} | atlas",
    "niet meer leverbaar": GONE,
    "uitverkocht": f"{GONE}+temporary_not_available",
    "niet leverbaar": f"{GONE}+temporary_not_available+will_never_be_available",
    "nog niet leverbaar": "states=not_yet_available",
    "tijdelijk niet leverbaar": "states=temporary_not_available",
    "onleverbaar": " | onleverbaar",
}
PRICES = {
    "onder 30 euro": "price=-2999",
    "onder de 30 euro": "price=-2999",
    "tot €25": "price=-2500",
    "max 20 euro": "price=-2000",
    "max. 20 euro": "price=-2000",
    "hoogstens € 12,50": "price=-1250",
    "t/m 12.50 euro": "price=-1250",
    "goedkoper dan 15": "price=-1499",
    "niet duurder dan 15": "price=-1500",
    "boven 50 euro": "price=5001-",
    "duurder dan 50": "price=5001-",
    "vanaf 10,- euro": "price=1000-",
    "tussen 10 en 25 euro": "price=1000-2500",
    "tussen 25 en 10 euro": "price=1000-2500",
    "€ 20 - € 40": "price=2000-4000",
    "20-40 euro": "price=2000-4000",
    "5-10 euro": "price=500-1000",
    "10 tot 25 euro": "price=1000-2500",
    "havo 3 tot 30 euro": "levels=havo years=leerjaar-3 price=-3000",
    "groep 5 onder 30 euro": "years=groep-5 price=-2999",
    # No sign of money, or no bound.
    "minder dan 20 leerlingen": " | minder dan 20 leerlingen",
    "tot 3": " | tot 3",
    "30 euro": " | 30 euro",
    "gratis": " | gratis",
}
EDITIONS = {
    "12e ed": "edition=12e editie+12e druk",
    "3e druk": "edition=3e druk+3e editie",
    "3e druk havo 4": "edition=3e druk+3e editie levels=havo years=leerjaar-4",
    "derde editie": "edition=3e editie+3e druk",
    "2023/2024": "edition=2023 2024",
    "editie 2021": "edition=editie 2021+druk 2021",
    "2021": " | 2021",
}
NUMBERS = {
    "9789095053078": "ean=9789095053078",
    "978-90-9505-307-8": "ean=9789095053078",
    "978 90 9505 307 8": "ean=9789095053078",
    "978.90.9505.307.8": "ean=9789095053078",
    "978-9095053078": "ean=9789095053078",
    "ISBN 978-90-9505-307-8": "ean=9789095053078",
    "ISBN: 9789095053078": "ean=9789095053078",
    "isbn-13: 978 90 9505 307 8.": "ean=9789095053078",
    "isbn9789095053078": "ean=9789095053078",
    "urn:isbn:9789095053078": "ean=9789095053078",
    "EAN 8712345678906": "ean=8712345678906",
    "8 712345 678906": "ean=8712345678906",
    "9095053075": "ean=9789095053078",
    "ISBN 90-9505-307-5": "ean=9789095053078",
    "90 9505 307 5": "ean=9789095053078",
    "080442957X": "ean=9780804429573",
    '"9789095053078"': "ean=9789095053078",
    "werkboek 978-90-9505-307-8 havo": "levels=havo ean=9789095053078 | werkboek",
    "9789095053078 9789000000012": "ean=9789095053078 | 9789000000012",
    # A wrong check digit, or digits that only lie in a row.
    "9789095053079": " | 9789095053079",
    "ISBN 9789095053079": " | ISBN 9789095053079",
    "9095053076": " | 9095053076",
    "0000000000000": " | 0000000000000",
    "9789095053078b": " | 9789095053078b",
    "87123456 78906": " | 87123456 78906",
    "90950530 75": " | 90950530 75",
}
MARKS = {
    '"moderne wiskunde"': "“moderne wiskunde”",
    "„moderne wiskunde”": "“moderne wiskunde”",
    "“moderne wiskunde” havo": "levels=havo “moderne wiskunde”",
    "atlas -werkboek": "-werkboek | atlas",
    "atlas −werkboek": "-werkboek | atlas",
    '-"twee woorden" atlas': "-twee woorden | atlas",
    "atlas - werkboek": " | atlas werkboek",
    "vwo 4 -6": "levels=vwo years=leerjaar-4 | -6",
    "werkboek en -schrift": " | werkboek en -schrift",
    "atlas zonder werkboek": "-werkboek | atlas",
    "geen werkboek": "-werkboek",
    "niet digitaal": "-digitaal",
    "zonder een werkboek": "-werkboek",
    'zonder "twee woorden"': "-twee woorden",
    "leven zonder": " | leven zonder",
    "zonder de": " | zonder de",
    'een " te veel': " | een te veel",
    '"een twee" en " drie': "“een twee” | en drie",
    '"" "-"': "",
}
HOSTILE = {
    "": "",
    "?!… --- ;;": "",
    "🙂": "",
    "title:foo AND (bar OR baz)~2^3": " | title:foo AND (bar OR baz)~2^3",
    "'; DROP TABLE catalogus_product; --": " | DROP TABLE catalogus_product;",
    "wiskunde\x00havo": "subjects=wiskunde levels=havo",
}
TABLES = {
    "questions": QUESTIONS,
    "sectors": SECTORS,
    "levels": LEVELS,
    "years": YEARS,
    "classes": CLASSES,
    "subjects": SUBJECTS,
    "open": OPEN,
    "publishers": PUBLISHERS,
    "forms": FORMS,
    "states": STATES,
    "prices": PRICES,
    "editions": EDITIONS,
    "numbers": NUMBERS,
    "marks": MARKS,
    "hostile": HOSTILE,
}


@pytest.mark.parametrize("name", TABLES)
def test_what_a_text_means(houses, name):
    table = TABLES[name]
    assert {text: said(understand(text)) for text in table} == table


def test_a_number_and_no_more(db):
    alone = {text for text, meaning in NUMBERS.items() if meaning == f"ean={meaning[4:17]}"}
    assert len(alone) > 15
    assert {text for text in NUMBERS if understand(text).is_whole_ean} == alone


@pytest.mark.parametrize("text", ["9789095053078 havo", "9789095053078 -havo", "9789095053078 9789095053078", "atlas"])
def test_a_number_among_others(text, db):
    assert not understand(text).is_whole_ean


@pytest.mark.parametrize(
    ("text", "meaning"),
    [
        ("wiskunde havo 3 onder 30 euro", " | wiskunde havo 3 onder 30 euro"),
        ('"havo 3" -vwo wiskunde', "“havo 3” -vwo | wiskunde"),
        ("leven zonder angst 3e druk", " | leven zonder angst 3e druk"),
        ("ISBN 978-90-9505-307-8", "ean=9789095053078"),
    ],
)
def test_literally_words_are_words(text, meaning, db):
    assert said(understand(text, is_literal=True)) == meaning


def test_only_state_and_price_must_hold(houses):
    understanding = understand("wiskunde havo 3 leverbaar tot 30 euro")
    filters = {found.facet for found in understanding.recognised if found.is_filter}
    assert filters == {"states", "price"}


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("wiskunde havo 3", ["havo 3", "wiskunde 3", "wiskunde havo"]),
        ("voor de havo wiskunde", ["wiskunde", "voor de havo"]),
        ("3h wiskunde", ["wiskunde", "wiskunde", "3h"]),
        ("atlas en frans en havo", ["atlas en en havo", "atlas en frans"]),
        ("tot €25 duits", ["duits", "tot €25"]),
    ],
)
def test_without_one_thing_the_rest_stays(text, rest, db):
    understanding = understand(text)
    assert [understanding.without(found) for found in understanding.recognised] == rest


def test_marks_have_their_places(db):
    understanding = understand('atlas zonder werkboek "de wereld" 9789095053078')
    assert [(mark.sign, understanding.without(mark)) for mark in understanding.marked] == [
        (Sign.EXCLUDED, 'atlas "de wereld" 9789095053078'),
        (Sign.PHRASE, "atlas zonder werkboek 9789095053078"),
        (Sign.EAN, 'atlas zonder werkboek "de wereld"'),
    ]


def test_the_naming_words_are_told_apart_from_those_that_lead_to_them(db):
    (found,) = understand("voor de havo").recognised
    assert (found.text, found.start, found.end) == ("havo", 0, 12)
