"""The tokens themselves, as the engine makes them: a difference between two engines, or two versions, shows here."""

import pytest

from catalogus.models import OutboxKind
from catalogus.search.indices import live_alias
from tests.factories import make_edition, make_product

pytestmark = pytest.mark.search


def tokens(live_index, field, text):
    answer = live_index.client.indices.analyze(index=live_alias(OutboxKind.PRODUCT), field=field, text=text)
    return [token["token"] for token in answer.body["tokens"]]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Wiskunde wiskundeboeken", ["wiskund", "wiskundeboek"]),
        ("Één CAFÉ", ["een", "caf"]),
        ("Tel & Meet", ["tel", "en", "meet"]),
        ("Tel&Meet", ["tel", "en", "meet"]),
        ("tel en meet", ["tel", "en", "meet"]),
        ("havo-3 / vwo 4", ["havo", "3", "vwo", "4"]),
        ("rekenen-wiskunde", ["reken", "wiskund"]),
        ("natuur- en scheikunde", ["natur", "en", "scheikund"]),
        ("9789000000012", ["9789000000012"]),
        ("thema's foto’s programma`s", ["thema", "foto", "programma"]),
        ("'s-Hertogenbosch", ["s", "hertogenbosch"]),
    ],
)
def test_words(live_index, text, expected):
    assert tokens(live_index, "text", text) == expected


@pytest.mark.parametrize(
    "forms",
    [
        "fiets fietsen", "kunst kunsten", "toets toetsen", "les lessen", "gids gidsen", "mens mensen", "kind kinderen",
        "boek boeken", "schrift schriften", "opgave opgaven opgaves", "antwoord antwoorden", "uitwerking uitwerkingen",
        "leerling leerlingen", "docent docenten docente", "leraar leraren lerares", "licentie licenties",
        "thema thema's themas", "taal talen", "getal getallen", "vraag vragen", "groep groepen", "klas klassen",
        "vak vakken", "jaar jaren", "school scholen", "rekenen reken", "lezen lees", "schrijven schrijf",
        "natuur naturen",
        "Engels Engelse", "Nederlands Nederlandse", "Frans Franse", "Duits Duitse", "Spaans Spaanse", "Grieks Griekse",
        "economie economisch economische", "biologie biologische", "methode methodes methoden", "module modules",
        "oefen oefenen oefening oefeningen", "bron bronnen", "zin zinnen", "som sommen", "examen examens",
        "niveau niveaus", "bedrijf bedrijven", "brief brieven", "reis reizen", "wetenschap wetenschappen",
        "theorie theorieën", "idee ideeën", "video video's videos", "map mappen", "proef proeven", "actief actieve",
        "handleiding handleidingen", "vaardigheid vaardigheden", "digitaal digitale", "meet meten", "tel tellen",
        "editie edities ed ed. druk drukken dr.", "12e 12de twaalfde", "3e 3de derde", "1e 1ste eerste", "20e 20ste",
        "III 3 drie", "II 2 twee", "XII 12 twaalf", "VIII 8 acht",
    ],
)  # fmt: skip
def test_forms_of_one_word_meet(live_index, forms):
    assert len(set(tokens(live_index, "text", forms))) == 1


@pytest.mark.parametrize(
    "strangers",
    [
        "les lees", "meet met", "dans dan", "spelling spel", "boek boekje", "mens men", "als al", "soms som",
        "toets toe", "3e 3", "derde drie", "maan man", "kans kan", "engels engel", "kunst kunde", "basis bas",
        "een 1", "I 1", "V 5", "X 10", "C 100",
    ],
)  # fmt: skip
def test_strangers_stay_apart(live_index, strangers):
    found = tokens(live_index, "text", strangers)
    assert len(set(found)) == len(found)


@pytest.mark.parametrize(
    "text",
    ["12e editie", "12e ed", "12e ed.", "12de druk", "twaalfde druk", "editie 12", "druk XII", "Twaalfde Editie"],
)
def test_an_edition_is_its_number(live_index, text):
    assert sorted(tokens(live_index, "edition", text)) == ["12", "druk"]


def test_a_third_edition_is_no_third_year(search_index, products):
    make_product(title="Kompas havo 4", edition=make_edition(label="3e druk", key="3"))
    search_index.rebuild()
    assert products("kompas 3").complete_total == 0
    assert products("kompas derde editie").total == products("kompas 3e dr.").total == 1


def test_beginnings(live_index):
    assert tokens(live_index, "beginnings", "Één") == ["ee", "een"]


@pytest.mark.parametrize("text", ["Tel & Meet", "tel en meet", "TÉL EN MEET"])
def test_a_whole_title_has_one_form(live_index, text):
    assert tokens(live_index, "title.exact", text) == ["tel en meet"]
