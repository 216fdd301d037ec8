import pytest

from ingest.quality.completeness import MOST_POINTS, PARTS
from ingest.quality.scores import completeness_score, correctness_score, share


def test_the_points_of_a_complete_product():
    assert MOST_POINTS == 30
    assert [part.points for part in PARTS.values()] == sorted((part.points for part in PARTS.values()), reverse=True)


@pytest.mark.parametrize(
    ("filled", "accepted", "score"),
    [
        ({}, 0, 0),
        ({}, 7, 0),
        # 4 records: 4 times 3 points for the EAN, 2 times 2 for the cover, once 1 for the role: 17 of 120.
        ({"ean": 4, "cover": 2, "role": 1}, 4, 142),
        (dict.fromkeys(PARTS, 9), 9, 1000),
        (dict.fromkeys(PARTS, 9), 10, 900),
    ],
)
def test_completeness(filled, accepted, score):
    assert completeness_score(filled, accepted) == score


@pytest.mark.parametrize(
    ("records", "quarantined", "flagged", "score"),
    [
        (0, 0, 0, 0),
        (10, 0, 0, 1000),
        (10, 10, 0, 0),
        (10, 0, 10, 500),
        # 5 whole, 3 half, 2 not at all: 6.5 of 10.
        (10, 2, 3, 650),
        (3, 0, 1, 833),
    ],
)
def test_correctness(records, quarantined, flagged, score):
    assert correctness_score(records=records, quarantined=quarantined, flagged=flagged) == score


def test_an_error_costs_twice_a_warning():
    assert correctness_score(records=100, quarantined=1, flagged=0) < correctness_score(
        records=100, quarantined=0, flagged=1
    )
    one, two = (correctness_score(records=100, quarantined=1 - n // 2, flagged=n) for n in (0, 2))
    assert one == two


@pytest.mark.parametrize(("part", "whole", "expected"), [(1, 2000, 1), (1, 2001, 0), (2, 3, 667), (1, 1, 1000)])
def test_halves_go_upwards(part, whole, expected):
    assert share(part, whole) == expected
