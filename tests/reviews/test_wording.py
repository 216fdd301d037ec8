"""What is pointed out to a writer, and what is not: teachers write about races, acorns and novels."""

import time

import pytest

from reviews.wording import FindingKind, findings

FOUND = [
    ("Mail naar jan@school.example voor uitleg.", FindingKind.MAIL_ADDRESS, "jan@school.example"),
    ("Bel 06-12345678.", FindingKind.PHONE_NUMBER, "06-12345678"),
    ("Zijn nummer is 123456782.", FindingKind.CITIZEN_NUMBER, "123456782"),
    ("BSN 123.456.782", FindingKind.CITIZEN_NUMBER, "123.456.782"),
    ("Dorpsstraat 12, 1234 AB Nergens", FindingKind.HOME_ADDRESS, "12, 1234 AB"),
    ("Hij woont op 1234AB 12.", FindingKind.HOME_ADDRESS, "1234AB 12"),
    ("Voor leerling Piet Jansen was het te moeilijk.", FindingKind.PUPIL_NAME, "leerling Piet Jansen"),
    ("Mijn leerling Fatima kon het niet lezen.", FindingKind.PUPIL_NAME, "leerling Fatima"),
    ("een leerling genaamd Özgür", FindingKind.PUPIL_NAME, "leerling genaamd Özgür"),
    ("leerlinge Anne-Fleur van der Berg", FindingKind.PUPIL_NAME, "leerlinge Anne-Fleur van der Berg"),
    ("Vraag het mevrouw De Vries.", FindingKind.PERSON_NAME, "mevrouw De Vries"),
    ("volgens meneer van Dalen", FindingKind.PERSON_NAME, "meneer van Dalen"),
    ("Een KUTmethode is het.", FindingKind.COARSE_WORD, "KUTmethode"),
    ("wat een klotezooi!", FindingKind.COARSE_WORD, "klotezooi"),
    ("geschreven door een klóótzak", FindingKind.COARSE_WORD, "klóótzak"),
]

NOT_FOUND = [
    "Bij honden is een ras geen soort; de eikel is een vrucht en kanker een ziekte.",
    "Wij lezen Boomkens, De idioot, Turks fruit en De donkere kamer van Damokles.",
    "De Mongolen en de tyfus komen in hoofdstuk 3 aan bod, Kutná Hora in 4.",
    "ISBN 978-90-123-4567-8 of 9789012345678, of 978 901 234 567 8.",
    "In 2024 VO 3 en 2025 EN 12 gebruikt.",
    "Elke leerling Engels, leerling Nederlands en leerling Havo kan ermee uit de voeten.",
    "De leerling. Het boek helpt hem. Leerlingen Wiskunde B missen opgaven.",
    "Voor de leerling De stof is duidelijk.",
    "123456789 en 111222334 zijn geen burgerservicenummers; 000000000 ook niet.",
    "Het kind leert hier lezen; een student verpleegkunde ook. De meester legt uit, juf ook.",
    "Van 1200 naar 1400 pagina's, € 12,50 per jaar, 30 leerlingen, @school",
]


@pytest.mark.parametrize(("text", "kind", "excerpt"), FOUND, ids=[text for text, _kind, _excerpt in FOUND])
def test_it_is_pointed_out_with_its_words(text, kind, excerpt):
    found = findings({"body": text})
    assert [(one.field, one.kind, one.excerpt) for one in found] == [("body", kind, excerpt)]
    assert excerpt in found[0].message


@pytest.mark.parametrize("text", NOT_FOUND)
def test_it_is_left_alone(text):
    assert findings({"body": text}) == ()


def test_each_field_tells_its_own_and_the_same_words_once():
    found = findings({"body": "kut, kut en Kut", "strong_point": "kut"})
    assert [(one.field, one.excerpt) for one in found] == [("body", "kut"), ("body", "Kut"), ("strong_point", "kut")]


def test_a_sentence_with_a_percent_sign_is_told_as_it_is():
    assert "s@school.example" in findings({"body": "mail 50%s@school.example"})[0].message


LONGEST = 20_000


@pytest.mark.parametrize(
    "piece",
    ["a", "a.", "a@", "@a.a.a", "0 ", "06-", "1", "1 2", "12.", "1234 A", "1234 AB 1", "1 1234 ", "leerling ",
     "leerling A", "leerling van de der den ", "leerling Aa Bb ", "mevrouw de ", "é", "'", "\u202e",
     "\U0001f600", "kut "],
)  # fmt: skip
def test_no_text_takes_long(piece):
    """It takes milliseconds where each place is looked at a bounded number of times, and hours where it is not."""
    text = piece * (LONGEST // len(piece))
    began = time.process_time()
    findings({"body": text})
    assert time.process_time() - began < 1
