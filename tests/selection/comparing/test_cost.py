"""What a place in the classroom costs: the rules one by one, and what holds for whatever a publisher states."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from selection.comparing.cost import (
    Cost,
    Doubt,
    Offer,
    Times,
    cost_of_group,
    cost_per_pupil,
    one_of,
    times_bought,
    together,
)

BOOK = Offer(24_50, form="folio", medium="book")
LICENSE = Offer(20_00, form="digital", medium="web", is_licensed=True, license_days=365)
LIFO = replace(LICENSE, form="lifo")
COMBI = replace(LICENSE, form="combi")


@pytest.mark.parametrize(
    ("offer", "years", "times"),
    [
        pytest.param(BOOK, 6, Times(1, 1), id="a book lasts"),
        pytest.param(replace(BOOK, is_consumable=True), 6, Times(6, 6), id="a workbook is used up"),
        pytest.param(replace(BOOK, form="unknown"), 4, Times(1, 1), id="a book of unknown form is a book"),
        pytest.param(LICENSE, 1, Times(1, 1), id="a year's licence for a year"),
        pytest.param(LICENSE, 6, Times(6, 6), id="a year's licence each year"),
        pytest.param(replace(LICENSE, license_days=360), 4, Times(4, 4), id="a year of twelve months of thirty days"),
        pytest.param(replace(LICENSE, license_days=300), 4, Times(4, 4), id="a school year"),
        pytest.param(replace(LICENSE, license_days=1460), 4, Times(1, 1), id="four years for four"),
        pytest.param(replace(LICENSE, license_days=1440), 4, Times(1, 1), id="forty-eight months of thirty days"),
        pytest.param(replace(LICENSE, license_days=1461), 6, Times(2, 2), id="four years for six are two"),
        pytest.param(replace(LICENSE, license_days=183), 2, Times(4, 4), id="half a year twice a year"),
        pytest.param(replace(LICENSE, license_days=30), 1, Times(10, 10), id="a month for ten months"),
        pytest.param(replace(LICENSE, is_consumable=True), 4, Times(4, 4), id="of a licence the flag says nothing"),
        pytest.param(replace(LICENSE, license_days=None), 4, Times(1, None), id="nobody says how long"),
        pytest.param(replace(LICENSE, license_days=None, is_licensed=False), 4, Times(1, 1), id="digital, no licence"),
        pytest.param(LIFO, 4, Times(4, 4), id="the book stays with the pupil"),
        pytest.param(replace(LIFO, license_days=None), 4, Times(4, 4), id="LIFO without a length"),
        pytest.param(replace(LIFO, license_days=1460), 4, Times(1, 4), id="LIFO that a pupil may keep"),
        pytest.param(COMBI, 4, Times(4, 4), id="a package as its licence"),
        pytest.param(replace(COMBI, license_days=1460, is_consumable=True), 4, Times(1, 4), id="with a workbook"),
        pytest.param(
            replace(COMBI, license_days=None, is_consumable=True), 4, Times(4, None), id="a workbook at least"
        ),
        pytest.param(replace(COMBI, license_days=None), 4, Times(1, None), id="a package of unknown length"),
    ],
)
def test_how_often_it_is_bought(offer, years, times):
    assert times_bought(offer, years) == times


@pytest.mark.parametrize(
    ("offer", "years", "low", "high"),
    [
        (BOOK, 4, 24_50, 24_50),
        (LICENSE, 4, 80_00, 80_00),
        (replace(LICENSE, license_days=None), 4, 20_00, None),
        (replace(BOOK, sale_unit_size=5), 1, 4_90, 4_90),
        (replace(BOOK, sale_unit_size=7), 1, 3_50, 3_50),
        (replace(BOOK, sale_unit_size=3), 1, 8_17, 8_17),
        (replace(LICENSE, license_count=30), 1, 67, 67),
        (replace(LICENSE, sale_unit_size=1, license_count=30), 1, 67, 20_00),
        (replace(BOOK, price_cents=None), 4, None, None),
        (replace(BOOK, currency="USD"), 4, None, None),
    ],
)
def test_what_a_pupil_pays(offer, years, low, high):
    cost = cost_per_pupil(offer, years)
    assert (cost.low_cents, cost.high_cents) == (low, high)


def test_a_group_buys_whole_units():
    fives = replace(BOOK, sale_unit_size=5)
    assert cost_of_group(fives, 4, 11).low_cents == 3 * 24_50
    assert cost_of_group(replace(fives, is_consumable=True), 4, 11).low_cents == 4 * 3 * 24_50


def test_a_year_is_a_part_to_the_nearest_cent():
    assert cost_per_pupil(BOOK, 4).per_year(4).low_cents == 6_13
    assert cost_per_pupil(BOOK, 3).per_year(3).low_cents == 8_17
    assert cost_per_pupil(replace(BOOK, price_cents=None), 3).per_year(3).low_cents is None


def test_a_sum_with_something_unknown_is_a_lower_bound():
    known, unknown = cost_per_pupil(BOOK, 4), cost_per_pupil(replace(BOOK, price_cents=None), 4)
    assert together([known, unknown]) == Cost(24_50, None, doubts=frozenset({Doubt.NO_PRICE, Doubt.SOME_UNKNOWN}))
    assert together([unknown, unknown]).low_cents is None
    assert together([]) == Cost(None, None, doubts=frozenset({Doubt.NOTHING_TO_COUNT}))


def test_a_range_leaves_out_what_is_unknown_and_says_so():
    costs = [cost_per_pupil(offer, 4) for offer in (BOOK, LICENSE, replace(BOOK, currency="USD"))]
    found = one_of(costs)
    assert (found.low_cents, found.high_cents) == (24_50, 80_00)
    assert found.doubts == {Doubt.OTHER_CURRENCY, Doubt.SOME_UNKNOWN}
    assert one_of([costs[2]]).low_cents is None
    assert one_of([costs[0], cost_per_pupil(replace(LICENSE, license_days=None), 4)]).high_cents is None


numbers = st.none() | st.integers(0, 1_000)
offers = st.builds(
    Offer,
    price_cents=st.none() | st.integers(1, 1_000_000),
    currency=st.sampled_from(["EUR", "EUR", "USD", ""]),
    is_indicative=st.booleans(),
    sale_unit_size=numbers,
    license_count=numbers,
    form=st.sampled_from(["folio", "digital", "combi", "lifo", "unknown"]),
    medium=st.sampled_from(["book", "web", "unknown"]),
    is_licensed=st.sampled_from([None, True, False]),
    is_consumable=st.sampled_from([None, True, False]),
    license_days=st.none() | st.integers(0, 4_000),
)
years = st.integers(1, 6)


@given(offers, years)
def test_a_longer_period_never_costs_less(offer, period):
    short, long = cost_per_pupil(offer, period), cost_per_pupil(offer, period + 1)
    for before, after in ((short.low_cents, long.low_cents), (short.high_cents, long.high_cents)):
        assert (before is None) == (after is None)
        assert (before or 0) <= (after or 0)


@given(st.lists(offers, min_size=1, max_size=5), years, st.integers(1, 500))
def test_low_is_never_above_high_and_unknown_is_never_nothing(found, period, pupils):
    costs = [cost_per_pupil(offer, period) for offer in found]
    groups = [cost_of_group(offer, period, pupils) for offer in found]
    for cost in (*costs, *groups, together(costs), one_of(costs)):
        assert cost.low_cents is None or cost.low_cents > 0
        assert cost.low_cents is not None or cost.high_cents is None
        for shown in (cost, cost.per_year(period)):
            assert shown.high_cents is None or (shown.low_cents or 0) <= shown.high_cents


@given(st.lists(offers, min_size=1, max_size=5), years)
def test_what_is_unknown_stays_unknown_in_a_sum(found, period):
    costs = [cost_per_pupil(offer, period) for offer in found]
    total, choice = together(costs), one_of(costs)
    unknown = [cost for cost in costs if cost.low_cents is None]
    if unknown:
        assert total.high_cents is None
        assert total.doubts & {Doubt.NO_PRICE, Doubt.OTHER_CURRENCY}
        assert choice.doubts & {Doubt.NO_PRICE, Doubt.OTHER_CURRENCY}
    assert (total.low_cents is None) == (len(unknown) == len(costs)) == (choice.low_cents is None)
    assert total.is_indicative == any(cost.is_indicative for cost in costs)


@given(offers, years, st.integers(1, 500))
def test_a_group_pays_no_less_than_its_pupils_and_one_pupil_at_most_a_unit(offer, period, pupils):
    one, group = cost_per_pupil(offer, period), cost_of_group(offer, period, pupils)
    alone = cost_of_group(offer, period, 1)
    if one.low_cents is not None:
        assert (group.low_cents or 0) >= (one.low_cents - 1) * pupils
        assert (alone.low_cents or 0) >= one.low_cents
