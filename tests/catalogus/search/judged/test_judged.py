"""The judged queries against the real engine and the database: a change that lowers their figures fails here."""

from collections import Counter

import pytest

from tests.catalogus.search.judged.asking import ALL, Answer, figures_by_kind
from tests.catalogus.search.judged.baseline import fallen, read_baseline
from tests.catalogus.search.judged.judging import grade_entries, judged_queries, read_entries
from tests.catalogus.search.judged.metrics import Figures
from tests.catalogus.search.judged.printing import PROPERTY, details, table

pytestmark = [pytest.mark.search, pytest.mark.django_db, pytest.mark.xdist_group("judged")]

KINDS = list(dict.fromkeys(judged.kind for judged in judged_queries()))
FEWEST_QUERIES, FEWEST_OF_A_KIND = 140, 3


@pytest.fixture(scope="module")
def now(judged_answers: list[Answer]) -> dict[str, Figures]:
    return figures_by_kind(judged_answers)


def test_the_set_is_large_and_each_query_stands_in_it_once():
    queries = judged_queries()
    assert len(queries) >= FEWEST_QUERIES
    assert (
        len({judged.id for judged in queries})
        == len({(judged.query, judged.view) for judged in queries})
        == len(queries)
    )
    assert min(Counter(judged.kind for judged in queries).values()) >= FEWEST_OF_A_KIND


def test_the_grades_are_what_the_catalogue_says(judged_catalogue):
    """Otherwise `python -m tests.catalogus.search.judged grade` makes them anew; read the diff before you commit it."""
    entries = read_entries()
    assert [(entry["id"], entry["grades"]) for entry in grade_entries(entries)] == [
        (entry["id"], entry["grades"]) for entry in entries
    ]


def test_the_whole_does_not_fall(now, judged_answers, record_property):
    before = read_baseline("elasticsearch")
    record_property(PROPERTY, table(now, before, judged_answers))
    assert before.keys() == now.keys(), "the baseline has other kinds than the queries: see README.md"
    assert not fallen({ALL: now[ALL]}, before)


@pytest.mark.parametrize("kind", KINDS)
def test_no_kind_falls(now, judged_answers, kind):
    lowest = sorted((one for one in judged_answers if one.judged.kind == kind), key=lambda one: one.figures.ndcg)
    assert not fallen({kind: now[kind]}, read_baseline("elasticsearch")), (
        f"the worst of this kind:\n{details(lowest[:3])}"
    )


def test_no_kind_falls_in_the_database(basic_answers):
    """Otherwise `make judged ARGS='--backend postgres --below 1'` shows the queries."""
    now, before = figures_by_kind(basic_answers), read_baseline("postgres")
    assert before.keys() == now.keys(), "the baseline has other kinds than the queries: see README.md"
    assert not fallen(now, before)
