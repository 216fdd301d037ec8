"""The figures themselves, against values worked out by hand."""

import pytest

from tests.catalogus.search.judged.metrics import Figures, best_of_what_fits, figures, mean, ndcg, recall

# Gains 7, 3 and 1; discounts of the first four places: 1, 1/1.58496 = 0.63093, 0.5, 1/2.32193 = 0.43068.
GRADES = {"a": 3, "b": 2, "c": 1}
IDEAL = 7 * 1 + 3 * 0.63093 + 1 * 0.5  # 9.39279


@pytest.mark.parametrize(
    ("found", "value"),
    [
        (["a", "b", "c"], 1.0),
        (["a"], 7 / IDEAL),
        (["b", "a"], (3 * 1 + 7 * 0.63093) / IDEAL),
        (["x", "a"], 7 * 0.63093 / IDEAL),
        (["c", "x", "b", "a"], (1 + 3 * 0.5 + 7 * 0.43068) / IDEAL),
        (["x", "y"], 0.0),
        ([], 0.0),
        # The same hit twice is worth nothing the second time.
        (["a", "a", "a"], 7 / IDEAL),
    ],
)
def test_ndcg(found, value):
    assert ndcg(found, GRADES) == pytest.approx(value, abs=1e-4)


def test_ndcg_looks_ten_deep():
    assert ndcg(["x"] * 9 + ["a"], {"a": 3}) == pytest.approx(1 / 3.45943, abs=1e-4)  # log2(11)
    assert ndcg([*"0123456789", "a"], {"a": 3}) == 0


def test_ndcg_asks_no_more_than_ten_can_hold():
    grades = {str(number): 3 for number in range(30)}
    assert ndcg([str(number) for number in range(10)], grades) == 1


@pytest.mark.parametrize(
    ("found", "value"),
    [(["a", "b"], 1.0), (["b", "c", "x"], 0.5), (["c"], 0.0), ([], 0.0), (["a", "a"], 0.5)],
)
def test_recall_counts_grades_two_and_three(found, value):
    assert recall(found, GRADES) == value


def test_recall_looks_twenty_deep_and_asks_no_more_than_twenty_can_hold():
    assert recall([*map(str, range(20)), "a"], {"a": 3}) == 0
    many = {f"m{number}": 2 for number in range(40)}
    assert recall(list(many)[:20], many) == 1
    assert recall([*list(many)[:10], *map(str, range(10))], many) == 0.5


@pytest.mark.parametrize("grades", [{}, {"a": 0}])
def test_without_anything_worth_finding_there_is_no_figure(grades):
    with pytest.raises(ValueError, match="graded"):
        ndcg(["a"], grades)
    with pytest.raises(ValueError, match="graded"):
        recall(["a"], grades)


def test_recall_needs_something_graded_two():
    with pytest.raises(ValueError, match="2 or 3"):
        recall(["c"], {"c": 1})


def test_the_best_answer_without_what_is_only_near():
    best = best_of_what_fits({"c": 1, "b": 2, "a": 3})
    assert best.ndcg == pytest.approx((7 + 3 * 0.63093) / IDEAL, abs=1e-4)
    assert best.recall == 1


def test_every_query_weighs_the_same():
    assert mean([Figures(1.0, 0.5), Figures(0.0, 1.0)]) == Figures(0.5, 0.75)
    assert figures(["b"], GRADES) == Figures(ndcg(["b"], GRADES), 0.5)
    with pytest.raises(ValueError, match="at least one"):
        mean([])
