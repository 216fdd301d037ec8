import pytest
from django.utils import translation

from catalogus.models import Scheme
from catalogus.web import formatting


@pytest.mark.parametrize(
    ("language", "cents", "currency", "text"),
    [
        ("nl", 1995, "EUR", "€\u00a019,95"),
        ("nl", 123456700, "EUR", "€\u00a01.234.567,00"),
        ("nl", 5, "EUR", "€\u00a00,05"),
        ("nl", None, "", "prijs onbekend"),
        ("nl", 1995, "USD", "USD\u00a019,95"),
        ("en", 123456, "EUR", "€1,234.56"),
    ],
)
def test_price(language, cents, currency, text):
    with translation.override(language):
        assert formatting.price(cents, currency) == text


@pytest.mark.parametrize(
    ("url", "link"),
    [
        ("https://uitgever.example/boek?a=1&b=2", "https://uitgever.example/boek?a=1&b=2"),
        (" http://uitgever.example/ ", "http://uitgever.example/"),
        ("HTTPS://uitgever.example", "HTTPS://uitgever.example"),
        ("", ""),
        ("javascript:alert(1)", ""),
        ("java\nscript:alert(1)", ""),
        ("data:text/html,x", ""),
        ("//uitgever.example/", ""),
        ("/boek", ""),
        ("www.uitgever.example", ""),
        ("https:///boek", ""),
        ("https://[kapot/", ""),
        ("https://uitgever.example/een boek", ""),
        ("https://uitgever.example/\u202egnp", ""),
    ],
)
def test_outside_link(url, link):
    assert formatting.outside_link(url) == link


@pytest.mark.parametrize(
    ("scheme", "codes", "names"),
    [
        (Scheme.YEAR, ["leerjaar-3", "leerjaar-1", "leerjaar-2"], ["Leerjaar\u00a01\u2060–\u20603"]),
        (Scheme.YEAR, ["groep-8", "groep-3", "leerjaar-1"], ["Groep\u00a03", "Groep\u00a08", "Leerjaar\u00a01"]),
        (Scheme.LEVEL, ["vwo", "havo", "mbo-3", "mbo-4"], ["Havo", "Vwo", "Mbo niveau\u00a03\u2060–\u20604"]),
        (Scheme.SUBJECT, ["nask2", "nask1"], ["Natuur- en scheikunde 1", "Natuur- en scheikunde 2"]),
        (Scheme.SUBJECT, ["geen-begrip"], ["geen-begrip"]),
        (Scheme.SUBJECT, [], []),
    ],
)
def test_names(db, scheme, codes, names):
    assert formatting.names(scheme, codes) == names


def test_joined_says_how_many_more_there_are():
    assert formatting.joined(["a", "b", "c"], most=2) == "a, b, c"
    assert formatting.joined(["a", "b", "c", "d"], most=2) == "a, b en 2 meer"
