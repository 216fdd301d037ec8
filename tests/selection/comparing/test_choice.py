"""Addresses of comparisons: whatever stands in one is read, and told where it is not followed."""

from urllib.parse import parse_qs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from selection.comparing.choice import Choice, Kind, read_choice

METHODS = {"method": ["a", "b"]}


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ({"period": ["9"]}, "Periode “9” kan niet: kies 1 tot en met 6 jaar. Er is gerekend met 4 jaar."),
        ({"period": ["vier"]}, "Periode “vier” kan niet"),
        ({"period": ["²"]}, "Periode “²” kan niet"),
        ({"pupils": ["0"]}, "Aantal leerlingen “0” kan niet: vul een heel getal in van 1 tot en met 100000, of niets."),
        ({"pupils": ["-3"]}, "Aantal leerlingen “-3” kan niet"),
        ({"pupils": ["9" * 5000]}, "Aantal leerlingen “99999999999999999999” kan niet"),
        ({"method": ["a", "b", "a"]}, "Wat vaker dan één keer in het adres staat, krijgt één kolom."),
        (
            {"method": [str(number) for number in range(30)]},
            "Het adres noemt er 30; alleen de eerste 25 zijn opgezocht.",
        ),
        ({"pick": [str(number) for number in range(61)]}, "Er zijn meer dan 60 producten gekozen"),
    ],
)
def test_what_is_not_followed_is_told(query, told):
    reading = read_choice(METHODS | query)
    (notice,) = reading.notices
    assert notice.startswith(told)
    choice = reading.choices[Kind.METHOD]
    assert (choice.years, choice.pupils) == (4, None)


def test_nothing_is_told_of_what_is_right():
    query = METHODS | {
        "period": ["6"],
        "pupils": ["120"],
        "klas": ["havo.leerjaar-3"],
        "verschil": ["1"],
        "dicht": ["bron"],
    }
    reading = read_choice(query)
    assert not reading.notices
    assert reading.choices == {
        Kind.METHOD: Choice(
            Kind.METHOD,
            ids=("a", "b"),
            years=6,
            pupils=120,
            school_class=("havo", "leerjaar-3"),
            only_differences=True,
            folded=frozenset({"bron"}),
        )
    }
    assert read_choice({}).choices == {}
    assert read_choice({"klas": ["alle"], "product": ["a"]}).choices[Kind.PRODUCT].school_class == ("", "")


texts = st.text(st.sampled_from("ab.0é\x00\n &=<²\U0001f0a1"), max_size=16) | st.sampled_from(["1", "6", "7", "alle"])
NAMES = ("method", "product", "period", "pupils", "klas", "pick", "verschil", "dicht")


@given(st.fixed_dictionaries({}, optional={name: st.lists(texts, min_size=1, max_size=3) for name in NAMES}))
def test_what_is_printed_is_read_again(query):
    for kind, choice in read_choice(query).choices.items():
        again = read_choice(parse_qs(choice.query(), keep_blank_values=True))
        assert again.choices == {kind: choice}
        assert "\x00" not in choice.query()


def test_columns_change_places_and_go():
    choice = Choice(Kind.PRODUCT, ids=("a", "b", "c"))
    assert choice.moved_left(2).ids == ("a", "c", "b")
    assert choice.without("b").ids == ("a", "c")
    assert choice.with_fold_of("prijs").with_fold_of("prijs") == choice
    assert choice.query() == "product=a&product=b&product=c"
