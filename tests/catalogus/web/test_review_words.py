"""What is said of a summary is what is stored, and never a mean without number and spread."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalogus.models import Method
from catalogus.web.review_words import rating_text, review_words, sort_value_words
from tests.factories import review_fields


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        (review_fields(0), "nog geen beoordelingen"),
        (review_fields(1), "1 beoordeling, te weinig voor een totaal"),
        (review_fields(2, older=4), "2 beoordelingen, te weinig voor een totaal · en 4 over oudere uitgaven"),
        (review_fields(5), "5 beoordelingen, te weinig voor een totaal"),
        (review_fields(0, older=1), "alleen over oudere uitgaven: 1 beoordeling"),
        (review_fields(0, older=4), "alleen over oudere uitgaven: 4 beoordelingen"),
        (review_fields(12, "3.20"), "3,20 van 4 · 12 beoordelingen · middelste helft 2,70–3,70"),
        (
            review_fields(1200, "3.20", older=1),
            "3,20 van 4 · 1.200 beoordelingen · middelste helft 2,70–3,70 · en 1 over een oudere uitgave",
        ),
    ],
)
def test_each_state_has_its_words(fields, said):
    assert rating_text(Method(**fields)) == said
    assert review_words(Method(**fields)).has_reviews == (said != "nog geen beoordelingen")


def test_a_sort_value_has_all_its_thousandths():
    assert sort_value_words(3101) == "sorteerwaarde 3,101"
    assert sort_value_words(3000) == "sorteerwaarde 3,000"
    assert sort_value_words(None) == "geen sorteerwaarde"


hundredths = st.integers(100, 400).map(lambda value: Decimal(value).scaleb(-2))


@given(count=st.integers(3, 999), older=st.integers(0, 999), mean=hundredths, low=hundredths, high=hundredths)
def test_what_is_stored_is_shown(count, older, mean, low, high):
    low, high = min(low, high), max(low, high)
    fields = review_fields(count, mean, older=older, review_low=low, review_high=high)
    shown = rating_text(Method(**fields)).replace(",", ".")
    assert shown.startswith(f"{mean:.2f} van 4 · {count} beoordelingen · middelste helft {low:.2f}–{high:.2f}")
    assert (f" · en {older} over " in shown) == bool(older)
