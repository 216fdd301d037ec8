"""What all reviews of a method say together, and that what is stored is what is shown."""

import itertools
from collections import Counter
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from catalogus.models import Method, Product
from catalogus.services.current_editions import refresh_current_editions
from reviews.content import Answer
from reviews.models import RubricMapping, RubricVersion
from reviews.rubric import digest_of, rubric
from reviews.selectors import rubrics
from reviews.selectors.detail import method_detail
from reviews.selectors.filtering import ReviewFilter, review_facts
from reviews.selectors.listing import reviews_of
from reviews.spread import Spread
from tests.factories import make_edition, make_method, make_product, make_school
from tests.review_support import make_review, make_teacher

pytestmark = pytest.mark.django_db


def schools(count: int) -> list:
    return [make_school(f"97A{chr(65 + number)}", f"School {number}") for number in range(count)]


def two_editions() -> tuple[Method, Product, Product]:
    """A method whose third edition was followed by a fourth."""
    method = make_method()
    old, new = (
        make_product(edition=make_edition(method=method, label=f"{n}e druk", key=str(n), ordinal=n)) for n in (3, 4)
    )
    refresh_current_editions([method.pk])
    method.refresh_from_db()
    return method, old, new


def test_a_method_without_reviews_has_no_numbers():
    detail = method_detail(make_method())
    assert (detail.count, detail.counted, detail.older_count, detail.spread) == (0, 0, 0, None)
    assert (list(detail.editions), list(detail.criteria), dict(detail.totals)) == ([], [], {})


def test_two_reviews_or_one_school_give_a_number_and_nothing_else():
    method = make_method()
    one_school = schools(1)[0]
    for _number in range(3):
        make_review(method, author=make_teacher(one_school), score=4)
    detail = method_detail(method)
    assert (detail.count, detail.spread, list(detail.criteria), dict(detail.totals)) == (3, None, [], {})


def test_a_filter_that_leaves_too_few_has_no_mean_either():
    method = make_method()
    for sector in ("vo", "vo", "vo", "mbo"):
        levels = ("havo",) if sector == "vo" else ("mbo-3",)
        make_review(method, sector=sector, levels=levels, years=())
    assert method_detail(method).spread is not None
    alone = method_detail(method, ReviewFilter(sector="mbo"))
    assert (alone.count, alone.spread, list(alone.criteria)) == (1, None, [])
    assert [group.code for group in method_detail(method).sectors] == ["vo"]


def test_older_editions_are_counted_apart_and_asked_for_by_name():
    method, old, new = two_editions()
    for score in (1, 1, 2):
        make_review(method, product=old, score=score)
    for score in (4, 4, 3):
        make_review(method, product=new, score=score)
    detail = method_detail(method)
    assert (detail.count, detail.older_count) == (3, 3)
    editions = [
        (one.label, one.is_older, one.count, one.spread and one.spread.mean_in_hundredths) for one in detail.editions
    ]
    assert editions == [("4e druk", False, 3, Decimal("3.67")), ("3e druk", True, 3, Decimal("1.33"))]
    older = method_detail(method, ReviewFilter(edition="ouder"))
    assert (older.count, older.older_count, older.spread and older.spread.mean_in_hundredths) == (3, 0, Decimal("1.33"))


def colleagues_and_others(*, current: int, others: int) -> Method:
    """A method of whose editions and sectors one school writes of one part, and who write elsewhere of the other."""
    method, old, new = two_editions()
    school = schools(1)[0]
    for _number in range(3):
        make_review(method, author=make_teacher(school), product=old, score=2)
    for _number in range(current):
        make_review(method, author=make_teacher(school), product=new, score=4)
    for _number in range(others):
        make_review(method, product=new, sector="mbo", levels=("mbo-3",), years=(), score=3)
    return method


def mean_of(spread: Spread | None) -> Decimal | None:
    return spread.mean if spread else None


def test_whether_a_part_has_a_mean_does_not_tell_whether_its_writers_are_of_one_school():
    """Three of one school and three of different ones look the same, in every part of a method that has a mean."""
    method = colleagues_and_others(current=3, others=3)
    detail = method_detail(method)
    assert detail.spread is not None
    assert [mean_of(one.spread) for one in detail.editions] == [Decimal("3.5"), Decimal(2)]
    assert [(group.code, mean_of(group.spread)) for group in detail.sectors] == [
        ("mbo", Decimal(3)),
        ("vo", Decimal(4)),
    ]
    assert [(group.code, mean_of(group.spread)) for group in detail.levels] == [
        ("havo", Decimal(4)),
        ("mbo-3", Decimal(3)),
    ]
    of_one_school = method_detail(method, ReviewFilter(sector="vo"))
    of_three = method_detail(method, ReviewFilter(sector="mbo"))
    assert (mean_of(of_one_school.spread), mean_of(of_three.spread)) == (Decimal(4), Decimal(3))
    assert [one.is_enough for one in of_one_school.criteria] == [one.is_enough for one in of_three.criteria]


@pytest.mark.parametrize("current", [0, 3])
def test_a_method_without_a_mean_has_none_in_any_part(current):
    """Of one school in its current edition, or of nobody: then of others who wrote of the edition before neither."""
    method = colleagues_and_others(current=current, others=0)
    old = method.editions.get(ordinal=3)
    for _number in range(3):
        make_review(method, edition=old.pk, score=1)
    for chosen in (ReviewFilter(), ReviewFilter(edition="ouder"), ReviewFilter(edition=str(old.pk))):
        detail = method_detail(method, chosen)
        assert (detail.spread, list(detail.criteria), list(detail.sectors)) == (None, [], [])
        assert [one.spread for one in detail.editions] == [None] * len(detail.editions)


def test_each_criterion_tells_what_was_answered_and_has_a_mean_of_enough_people_only():
    method = make_method()
    unsure = {code: Answer(score=3) for code in rubric().codes}
    for answers in (
        unsure | {"didactiek": Answer(unscored="nvt"), "prijs": Answer(score=1, reason="Te duur.")},
        unsure | {"didactiek": Answer(unscored="nb")},
        unsure | {"didactiek": Answer(score=4)},
    ):
        make_review(method, answers=answers)
    found = {one.code: one for one in method_detail(method).criteria}
    didactics, price = found["didactiek"], found["prijs"]
    assert (didactics.counts, didactics.not_applicable, didactics.cannot_judge) == ((0, 0, 0, 1), 1, 1)
    assert not didactics.is_enough
    assert (price.counts, price.is_enough) == ((1, 0, 2, 0), True)


def test_a_criterion_is_told_in_the_terms_of_the_current_rubric_and_one_without_counterpart_is_named():
    method = make_method()
    for _number in range(3):
        make_review(method, score=4)
    before = RubricVersion.objects.get(is_current=True)
    document = before.document | {"versie": "2.0", "criteria": [before.document["criteria"][0] | {"code": "les"}]}
    RubricVersion.objects.update(is_current=False)
    after = RubricVersion.objects.create(version="2.0", document=document, digest=digest_of(document), is_current=True)
    first, *others = [one["code"] for one in before.document["criteria"]]
    RubricMapping.objects.create(source=before, source_code=first, target=after, target_code="les")
    rubrics._known.forget()
    try:
        detail = method_detail(method)
        assert [(one.code, one.counts) for one in detail.criteria] == [("les", (0, 0, 0, 3))]
        assert list(detail.left_out) == sorted(rubric().label(code) for code in others)
    finally:
        rubrics._known.forget()


@pytest.mark.parametrize("count", [6, 12])
def test_the_number_of_queries_does_not_grow(django_assert_num_queries, count):
    method, old, new = two_editions()
    for number in range(count):
        make_review(method, product=(old, new)[number % 2])
    method_detail(method)
    with django_assert_num_queries(4):
        assert method_detail(method).spread


numbers = itertools.count(10)


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    said=st.lists(
        st.tuples(st.integers(1, 4), st.integers(0, 2), st.booleans(), st.sampled_from(["yes", "no", "unsure"])),
        max_size=7,
    )
)
def test_what_is_stored_is_what_is_shown(said):
    """Of any reviews: the method's columns, the detail, the list and the parts of it tell the same."""
    method, old, new = two_editions()
    places = [make_school(f"{next(numbers):02}ZZ", "School") for _place in range(3)]
    for score, place, is_old, again in said:
        make_review(
            method, author=make_teacher(places[place]), product=old if is_old else new, score=score,
            would_choose_again=again,
        )  # fmt: skip
    method.refresh_from_db()
    detail = method_detail(method)
    assert (detail.count, detail.older_count) == (method.review_count, method.older_review_count)
    stored = (method.review_mean, method.review_low, method.review_high)
    spread = detail.spread
    assert stored == ((spread.mean_in_hundredths, spread.low, spread.high) if spread else (None, None, None))
    current = [one for one in said if not one[2]]
    assert Counter(detail.would_choose_again) == Counter(one[3] for one in current)
    if spread:
        assert detail.totals == Counter(one[0] for one in current)
        for criterion in detail.criteria:
            assert sum(criterion.counts) == len(current)
    everything = reviews_of(method, ReviewFilter(), size=50)
    assert (everything.count, everything.older_count) == (len(said), method.older_review_count)
    assert len(everything.reviews) == len(said) == len(review_facts(method))
    assert sum(one.count for one in detail.editions) == len(said)
