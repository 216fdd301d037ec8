from datetime import UTC, date, datetime

import pytest
from django.utils import translation

from catalogus.models import Product
from catalogus.web.plain_terms import availability_in_words, period_in_words, price_in_words, terms_in_words

YEAR = {"license_days": 365}
EURO = {"price_cents": 2930, "currency": "EUR"}


def words(text):
    return text.replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("fields", "text"),
    [
        ({}, "prijs onbekend"),
        ({"form": "folio", "sale_unit_size": 25}, "prijs onbekend"),
        ({"form": "folio"} | EURO, "€ 29,30 eenmalig"),
        ({"form": "digital"} | EURO, "€ 29,30"),
        ({"form": "lifo"} | EURO | YEAR, "€ 29,30 per jaar"),
        ({"form": "lifo"} | EURO, "€ 29,30"),
        ({"form": "unknown"} | EURO | YEAR, "€ 29,30 per jaar"),
        ({"form": "digital", "license_days": 360} | EURO, "€ 29,30 per jaar"),
        ({"form": "digital", "license_days": 1461} | EURO, "€ 29,30 voor 4 jaar"),
        ({"form": "digital", "license_days": 0} | EURO, "€ 29,30"),
        ({"form": "folio", "license_ends_on": date(2027, 7, 31)} | EURO, "€ 29,30"),
        ({"form": "folio", "sale_unit_size": 1} | EURO, "€ 29,30 eenmalig"),
        ({"form": "folio", "sale_unit_size": 25} | EURO, "€ 29,30 eenmalig, per 25 stuks"),
        (
            {"form": "digital", "license_count": 30, "is_price_indicative": True} | EURO | YEAR,
            "€ 29,30 per jaar, voor 30 gebruikers, richtprijs",
        ),
        ({"form": "folio", "price_cents": 2930, "currency": "USD"}, "USD 29,30 eenmalig"),
    ],
)
def test_price(fields, text):
    assert words(price_in_words(Product(**fields))) == text


@pytest.mark.parametrize(
    ("fields", "text"),
    [
        ({"form": "lifo", "role": "learner"} | YEAR, "licentie 1 jaar, boek blijft van de leerling"),
        ({"form": "lifo", "role": "learner"}, "licentie, gebruiksduur onbekend, boek blijft van de leerling"),
        ({"form": "lifo", "role": "teacher"} | YEAR, "licentie 1 jaar, boek om te houden"),
        ({"form": "combi", "is_consumable": True} | YEAR, "boek, verbruiksmateriaal, licentie 1 jaar"),
        ({"form": "folio"}, "boek of ander folio"),
        ({"form": "folio", "is_consumable": False}, "boek of ander folio, herbruikbaar"),
        ({"form": "folio", "is_consumable": True}, "boek of ander folio, verbruiksmateriaal"),
        ({"form": "folio"} | YEAR, "boek of ander folio, licentie 1 jaar"),
        # Used up or not says nothing of what has no pages.
        ({"form": "digital", "is_consumable": True} | YEAR, "licentie 1 jaar"),
        ({"form": "digital", "license_ends_on": date(2027, 7, 31)}, "licentie tot en met 31 juli 2027"),
        ({"form": "digital", "is_licensed": False}, "volgens de uitgever zonder licentie"),
        ({"form": "digital", "is_licensed": False} | YEAR, "licentie 1 jaar"),
        ({"form": "digital", "is_open": True}, "open leermateriaal"),
        ({"form": "digital"}, "licentie, gebruiksduur onbekend"),
        ({"form": "unknown"}, "voorwaarden onbekend"),
        ({"form": "unknown"} | YEAR, "licentie 1 jaar"),
    ],
)
def test_terms(fields, text):
    assert terms_in_words(Product(**fields)) == text


@pytest.mark.parametrize(
    ("fields", "text"),
    [
        ({"state": "available"}, "Leverbaar"),
        ({"state": "available", "end_of_life_on": date(2027, 7, 31)}, "Leverbaar tot en met 31 juli 2027"),
        ({"state": "no_longer_available", "end_of_life_on": date(2020, 7, 31)}, "Niet meer leverbaar"),
        ({"state": "no_longer_available", "withdrawn_at": datetime(2026, 5, 2, 23, tzinfo=UTC)},
         "Teruggetrokken op 3 mei 2026"),
        ({"state": "unknown"}, "Leverbaarheid onbekend"),
    ],
)  # fmt: skip
def test_availability(fields, text):
    assert availability_in_words(Product(**fields)) == text


@pytest.mark.parametrize(
    ("days", "text"),
    [
        (1, "1 dag"), (30, "1 maand"), (42, "42 dagen"), (90, "3 maanden"), (183, "half jaar"), (359, "359 dagen"),
        (360, "1 jaar"), (365, "1 jaar"), (366, "1 jaar"), (367, "367 dagen"), (730, "2 jaar"), (1460, "4 jaar"),
        (1461, "4 jaar"), (2192, "6 jaar"), (5000, "5.000 dagen"),
    ],
)  # fmt: skip
def test_periods(days, text):
    with translation.override("nl"):
        assert period_in_words(days) == text
