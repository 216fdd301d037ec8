"""`manage.py reviews recount`: what is stored of reviews equals the rows, and is made so where it does not."""

import io
import signal
from decimal import Decimal

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from catalogus.management.long_work import STOPPED
from catalogus.models import Edit, Method
from catalogus.services.editing.methods import merge_methods
from catalogus.services.editing.undoing import undo
from reviews.content import Answer
from reviews.models import HelpfulVote, Review, ReviewPrior, ReviewScore, ReviewState, ReviewVersion
from reviews.rubric import rubric
from reviews.services import checking
from reviews.services.mending import Position, look_over
from reviews.services.publishing import edit_review, withdraw_review
from reviews.services.summaries import restate_prior
from tests.factories import make_edition, make_method, make_product
from tests.review_support import make_content, make_review, make_teacher

pytestmark = pytest.mark.django_db


def recount(*arguments):
    """What the command says. Raises CommandError where it ends with a code."""
    said = io.StringIO()
    call_command("reviews", "recount", *arguments, stdout=said)
    return said.getvalue()


def told_by_check():
    """The lines of a check that finds something."""
    said = io.StringIO()
    with pytest.raises(CommandError) as error:
        call_command("reviews", "recount", "--check", stdout=said)
    assert error.value.returncode == 1
    return said.getvalue().splitlines()


@pytest.fixture
def reviewed(db):
    """A method with four reviews: one for a product, one with votes and three versions, one withdrawn."""
    method = make_method()
    product = make_product(method=method)
    author = make_teacher()
    review = make_review(method, author=author, score=2)
    for score in (3, 4):
        answers = {code: Answer(score=score) for code in rubric().codes}
        answers["prijs"] = Answer(unscored="nb")
        content = make_content(method, answers=answers, body="Fijn.", interests="told", interests_text="Ik gaf advies.")
        review = edit_review(author=author, review=review, content=content, version=review.version)
    make_review(method, product=product, score=1)
    make_review(method, score=3)
    gone = make_review(method, score=4, author=(leaver := make_teacher()))
    withdraw_review(author=leaver, review=gone)
    HelpfulVote.objects.create(review=review, user=make_teacher())
    Review.objects.filter(pk=review.pk).update(helpful_count=1)
    restate_prior()
    return review


def test_what_the_services_store_is_in_order(reviewed):
    assert recount("--check").startswith("4 beoordelingen en 1 samenvattingen kloppen")


def test_without_any_review_too(db):
    assert recount("--check").startswith("0 beoordelingen en 0 samenvattingen kloppen")


def test_reviews_that_moved_with_a_merge_and_back_are_in_order(reviewed):
    other = make_method(publisher=reviewed.method.publisher)
    make_review(other)
    merge_methods(source=reviewed.method, target=other, actor="redactie", reason="Het is dezelfde.")
    restate_prior()
    assert recount("--check").startswith("5 beoordelingen en 1 samenvattingen kloppen")
    undo(edit=Edit.objects.get(), actor="redactie", reason="Toch niet.")
    restate_prior()
    assert recount("--check").startswith("5 beoordelingen en 2 samenvattingen kloppen")


@pytest.mark.parametrize(
    ("spoil", "expected"),
    [
        (lambda review: Method.objects.filter(pk=review.method_id).update(review_count=7),
         "methode {method}: opgeslagen “count=7"),
        (lambda review: Method.objects.filter(pk=review.method_id).update(review_sort=3999), "sort=3999"),
        (lambda review: Review.objects.filter(pk=review.pk).update(total=Decimal("1.25")),
         "beoordeling {review}, totaal: opgeslagen “1.25”, moet “4.00” zijn"),
        (lambda review: Review.objects.filter(pk=review.pk).update(helpful_count=12),
         "beoordeling {review}, nuttig: opgeslagen “12”, moet “1” zijn"),
        (lambda review: Review.objects.filter(pk=review.pk).update(shown_edition=make_edition()),
         "beoordeling {review}, plaats: opgeslagen"),
        (lambda review: Review.objects.filter(pk=review.pk).update(body="Slecht.", years=["leerjaar-1"]),
         "beoordeling {review}, inhoud: opgeslagen “years, body”, moet “versie 3” zijn"),
        (lambda review: Review.objects.filter(pk=review.pk).update(version=2),
         "beoordeling {review}, inhoud: opgeslagen “versie 2”, moet “versie 3” zijn"),
        (lambda review: ReviewScore.objects.filter(review=review, criterion="balans").update(score=3),
         "beoordeling {review}, inhoud: opgeslagen “balans”, moet “versie 3” zijn"),
        (lambda review: ReviewVersion.objects.filter(review=review).delete(),
         "beoordeling {review}, inhoud: opgeslagen “versie 3”, moet “er is geen versie” zijn"),
        (lambda _review: ReviewPrior.objects.update(mean=Decimal("1.100")),
         "uitgangspunt van de volgorde: vastgesteld “1.100"),
        (lambda _review: ReviewPrior.objects.update(is_applied=False), "niet overal toegepast"),
    ],
    ids=["count", "sort", "total", "votes", "place", "columns", "version", "score", "no version", "prior", "applied"],
)  # fmt: skip
def test_each_difference_is_told_and_mended(reviewed, spoil, expected):
    spoil(reviewed)
    lines = told_by_check()
    wanted = expected.format(review=reviewed.public_id, method=reviewed.method.public_id)
    assert any(wanted in line for line in lines), lines
    # A check mends nothing, so it says the same again.
    assert told_by_check() == lines
    assert "hersteld" in recount()
    assert "kloppen" in recount("--check")
    stored = Review.objects.get(pk=reviewed.pk)
    assert (stored.total, stored.version, stored.helpful_count, stored.body) == (Decimal("4.00"), 3, 1, "Fijn.")
    assert stored.versions.latest("number").content["body"] == "Fijn."


def test_no_difference_shows_what_a_review_says(reviewed):
    Review.objects.filter(pk=reviewed.pk).update(strong_point="Geheim een.", total=None)
    said = "\n".join(told_by_check())
    assert "strong_point" in said
    assert "Geheim" not in said
    assert "De opgaven lopen op" not in said


def test_a_method_that_says_it_has_reviews_and_has_none_is_found(reviewed):
    idle = make_method(older_review_count=2, last_reviewed_at=reviewed.published_at)
    assert any(f"methode {idle.public_id}" in line and "geen beoordelingen" in line for line in told_by_check())
    recount()
    idle.refresh_from_db()
    assert (idle.older_review_count, idle.last_reviewed_at) == (0, None)


def test_methods_without_reviews_cost_no_query(reviewed, django_assert_num_queries):
    with CaptureQueriesContext(
        connection,
    ) as few:
        recount("--check")
    for _ in range(30):
        make_method()
    with django_assert_num_queries(len(few)):
        recount("--check")


def test_a_run_goes_on_where_it_was_stopped(reviewed, monkeypatch):
    monkeypatch.setattr(checking, "BATCH", 2)
    Review.objects.update(helpful_count=9)
    first = next(look_over(is_mending=True))
    assert Review.objects.filter(helpful_count=9).count() == 2
    assert Position.of(str(first.position)) == first.position
    recount("--after", str(first.position))
    assert not Review.objects.filter(helpful_count=9).exists()
    assert "kloppen" in recount("--check")


def test_ctrl_c_says_how_to_go_on(reviewed, monkeypatch):
    monkeypatch.setattr(checking, "BATCH", 2)
    last = list(Review.objects.order_by("pk").values_list("pk", flat=True))[1]
    looked = checking.review_batches

    def interrupted(after=0):
        signal.raise_signal(signal.SIGINT)
        yield from looked(after)

    monkeypatch.setattr("reviews.services.mending.review_batches", interrupted)
    with pytest.raises(CommandError, match=f"manage.py reviews recount --check --after reviews:{last}") as error:
        recount("--check")
    assert error.value.returncode == STOPPED


@pytest.mark.parametrize("text", ["", "reviews", "reviews:-1", "prior:0", "methods:1x"])
def test_a_place_that_is_none_is_refused(text):
    with pytest.raises(CommandError, match="geen plaats om verder te gaan"):
        recount("--after", text)


def test_a_waiting_review_counts_nowhere_and_is_in_order(reviewed):
    Review.objects.filter(pk=reviewed.pk).update(state=ReviewState.WAITING)
    assert [line for line in told_by_check() if line.startswith("methode")]
