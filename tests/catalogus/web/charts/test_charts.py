"""Every picture is XML without a style, and the table beside it says the same numbers."""

import itertools
from xml.etree import ElementTree

import pytest
from django.http import HttpResponse
from django.template.loader import render_to_string
from hypothesis import given, settings
from hypothesis import strategies as st

from catalogus.models.product import MAX_PRICE_CENTS
from catalogus.web import formatting
from catalogus.web.charts.drawing import lines_of
from catalogus.web.charts.prices import MOST_BARS, price_bars, price_chart
from catalogus.web.charts.ratings import rating_chart
from catalogus.web.charts.rubric import CriterionScores, rubric_chart
from catalogus.web.charts.supply import SupplyRow, supply_chart
from tests.catalogus.web.page import Page

few = settings(max_examples=60, deadline=None)
counts = st.integers(0, 10**7)
prices = st.lists(st.integers(1, MAX_PRICE_CENTS), max_size=40)


def texts_of(chart):
    """The texts of the picture, which is read as XML and asked for what the policy of the pages forbids."""
    root = ElementTree.fromstring(chart.svg)
    assert root.get("role") == "img"
    ids = [element.get("id") for element in root.iter() if element.get("id")]
    assert len(ids) == len(set(ids))
    assert set(root.get("aria-labelledby", "").split()) <= set(ids)
    for element in root.iter():
        assert "style" not in element.attrib
        assert element.tag not in {"script", "style", "foreignObject"}
        assert not [name for name in element.attrib if name.startswith("on")]
    assert all(len(row) == len(chart.head) for row in chart.rows)
    return [element.text or "" for element in root.iter("text")]


def number_of(text):
    return int(text.replace(".", ""))


@few
@given(prices, counts)
def test_prices(cents, unknown):
    chart = price_chart(cents, unknown=unknown)
    *ranges, missing = chart.rows
    drawn = texts_of(chart)
    assert sum(number_of(number) for _label, number in ranges) == len(cents)
    assert number_of(missing[1]) == unknown
    assert len(ranges) <= MOST_BARS
    assert not [number for _label, number in ranges if number != "0" and number not in drawn]
    bars = price_bars(cents)
    assert all(one.high_cents == other.low_cents for one, other in itertools.pairwise(bars))


@few
@given(st.dictionaries(st.integers(1, 4), counts))
def test_ratings(given_counts):
    chart = rating_chart(given_counts)
    assert [number_of(number) for _label, number in chart.rows] == [
        given_counts.get(score, 0) for score in (4, 3, 2, 1)
    ]
    drawn = texts_of(chart)
    assert all(number in drawn and label in drawn for label, number in chart.rows)


@few
@given(st.lists(st.builds(CriterionScores, st.text(), st.tuples(counts, counts, counts, counts)), max_size=12))
def test_rubrics(criteria):
    chart = rubric_chart(criteria)
    drawn = texts_of(chart)
    for one, (title, mean, number, middle) in zip(criteria, chart.rows, strict=True):
        assert (title, number_of(number)) == (one.title, sum(one.counts))
        assert mean in drawn
        if not one.number:
            assert (mean, middle) == ("nog niet beoordeeld", "–")
            continue
        assert mean == formatting.decimal(sum(s * n for s, n in enumerate(one.counts, 1)) / one.number)
        low, high = one.middle
        assert sum(one.counts[low - 1 : high]) * 2 >= one.number


@few
@given(st.lists(st.builds(SupplyRow, st.text(), st.tuples(counts, counts, counts)), max_size=20))
def test_supply(rows):
    chart = supply_chart(rows, ("Folio", "<Digitaal> & meer", "Onbekend"))
    drawn = texts_of(chart)
    for row, (label, *numbers) in zip(rows, chart.rows, strict=True):
        assert label == row.label
        assert [number_of(number) for number in numbers] == [*row.counts, sum(row.counts)]
        assert numbers[-1] in drawn


@pytest.mark.parametrize(
    ("cents", "rows"),
    [
        ([], []),
        ([1995], [("€ 15 tot € 20", "1")]),
        ([99, 999], [("€ 0 tot € 2", "1"), ("€ 2 tot € 4", "0"), ("€ 4 tot € 6", "0"), ("€ 6 tot € 8", "0"),
                     ("€ 8 tot € 10", "1")]),
        # A licence for a whole school leaves the prices of books apart.
        ([1995] * 15 + [250000], [("€ 15 tot € 20", "15"), ("€ 20 en meer", "1")]),
    ],
)  # fmt: skip
def test_bars_of_prices(cents, rows):
    *ranges, _missing = price_chart(cents, unknown=0).rows
    assert [(label.replace("\u00a0", " "), number) for label, number in ranges] == rows


def test_counts_that_fit_no_series_are_refused():
    with pytest.raises(ValueError, match="rows have \\[1\\] counts"):
        supply_chart([SupplyRow("Havo", (1,))], ("Folio", "Digitaal"))
    with pytest.raises(ValueError, match="at most 4"):
        supply_chart([], tuple("abcde"))


def test_titles_are_data():
    chart = rubric_chart([CriterionScores('<b>"Fijn" & \x0bgoed</b>', (0, 0, 1, 0))])
    assert '<b>"Fijn" & \ufffdgoed</b>' in texts_of(chart)
    page = Page(HttpResponse(render_to_string("components/_chart.html", {"chart": chart})))
    assert page.texts("//tbody/tr/td") == ["3,0", "1", "3"]
    assert not page.all("//b")


def test_bars_may_be_of_levels():
    chart = rubric_chart([CriterionScores("Havo", (0, 1, 0, 0))], by="niveau", key="niveaus")
    assert (chart.title, chart.head[0]) == ("Oordeel per niveau, van 1 (onvoldoende) tot 4 (goed)", "Niveau")
    assert 'id="niveaus-titel"' in chart.svg


def test_long_texts_are_cut_to_lines():
    assert lines_of("een twee drie", width=80) == ["een twee", "drie"]
    assert lines_of("a" * 100, width=80)[-1].endswith("…")
    assert lines_of("") == [""]
