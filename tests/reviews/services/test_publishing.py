"""Writing, changing and taking back a review, and who is refused."""

import uuid
from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from accounts.models import PublisherMember
from catalogus.services.editing.methods import merge_methods
from reviews.content import Answer, content_of_json
from reviews.exceptions import NeedsAttention, ReviewChanged, ReviewNotAllowed
from reviews.models import (
    ModerationAction,
    ModerationEntry,
    ModerationSettings,
    PreModeration,
    Review,
    ReviewDraft,
    ReviewState,
    ReviewVersion,
)
from reviews.rubric import rubric
from reviews.school_years import current_school_year
from reviews.selectors.filtering import ReviewFilter
from reviews.selectors.listing import reviews_of
from reviews.services import publishing
from reviews.services.moderating import publish
from reviews.services.publishing import edit_review, publish_review, total_of, withdraw_review
from tests.factories import make_edition, make_method, make_product
from tests.review_support import make_content, make_review, make_teacher

pytestmark = pytest.mark.django_db


def test_a_published_review_says_what_was_said():
    method, author = make_method(), make_teacher()
    content = make_content(method, score=2, weak_point="Weinig herhaling.", levels=("havo", "vwo"))
    review = publish_review(author=author, method=method, content=content)
    review.refresh_from_db()
    assert (review.state, review.version, review.total) == (ReviewState.PUBLISHED, 1, Decimal("2.00"))
    assert review.levels == ["havo", "vwo"]
    assert {(one.criterion, one.score, one.reason) for one in review.scores.all()} == {
        (code, 2, "Het ontbreekt.") for code in rubric().codes
    }
    assert content_of_json(review.versions.get().content) == content


def test_a_change_keeps_what_was_said_before():
    method, author = make_method(), make_teacher()
    review = make_review(method, author=author, score=2)
    changed = make_content(method, score=4, body="Na een jaar denk ik er anders over.")
    edit_review(author=author, review=review, content=changed, version=1)
    review.refresh_from_db()
    assert (review.version, review.total) == (2, Decimal("4.00"))
    assert review.edited_at is not None
    assert [version.content["body"] for version in review.versions.all()] == ["", changed.body]
    with pytest.raises(ReviewChanged):
        edit_review(author=author, review=review, content=changed, version=1)


def test_a_version_cannot_be_rewritten():
    review = make_review(make_method())
    with pytest.raises(IntegrityError, match="cannot be changed"), transaction.atomic():
        ReviewVersion.objects.filter(review=review).update(words="anders")


def test_withdrawing_makes_room_for_another():
    method, author = make_method(), make_teacher()
    first = make_review(method, author=author)
    with pytest.raises(ValidationError) as caught:
        make_review(method, author=author)
    assert list(caught.value.message_dict) == ["school_year"]
    withdraw_review(author=author, review=first)
    withdraw_review(author=author, review=first)
    assert make_review(method, author=author).state == ReviewState.PUBLISHED
    with pytest.raises(ReviewNotAllowed):
        edit_review(author=author, review=first, content=make_content(method), version=1)


@pytest.mark.parametrize("is_held", [False, True], ids=["public at once", "before a moderator first"])
def test_withdrawing_and_writing_anew_makes_nothing_newer(is_held):
    method, author = make_method(), make_teacher()
    first = make_review(method, author=author)
    other = make_review(method)
    withdraw_review(author=author, review=first)
    if is_held:
        PreModeration.objects.create(method=method)
    again = make_review(method, author=author)
    if is_held:
        publish(again)
    again.refresh_from_db()
    assert (again.state, again.published_at) == (ReviewState.PUBLISHED, first.published_at)
    assert [review.pk for review in reviews_of(method, ReviewFilter(), size=2).reviews] == [other.pk, again.pk]
    method.refresh_from_db()
    assert method.last_reviewed_at == other.published_at


def test_a_review_moved_to_another_school_year_makes_no_room_for_a_newer_one():
    method, author = make_method(), make_teacher()
    before = current_school_year() - 1
    first = make_review(method, author=author, school_year=before)
    withdraw_review(author=author, review=make_review(method, author=author))
    edit_review(author=author, review=first, content=make_content(method), version=1)
    assert make_review(method, author=author, school_year=before).published_at == first.published_at


def test_anothers_or_another_edition_or_school_year_is_as_new_as_it_is():
    method, author = make_method(), make_teacher()
    first = make_review(method, author=author)
    withdraw_review(author=author, review=first)
    edition = make_edition(method=method, label="2e druk", key="2", ordinal=2).pk
    for review in (
        make_review(method, edition=first.edition_id),
        make_review(method, author=author, edition=edition),
        make_review(method, author=author, edition=first.edition_id, school_year=current_school_year() - 1),
    ):
        assert review.published_at == review.written_at


def test_another_edition_or_school_year_is_another_review():
    method, author = make_method(), make_teacher()
    make_edition(method=method, label="1e druk", key="1", ordinal=1)
    review = make_review(method, author=author)
    second = make_edition(method=method, label="2e druk", key="2", ordinal=2)
    make_review(method, author=author, edition=second.pk)
    make_review(method, author=author, school_year=review.school_year - 1)
    assert Review.objects.filter(author=author).count() == 3


def test_a_removed_review_keeps_its_place_and_goes_before_a_moderator_when_changed():
    method, author = make_method(), make_teacher()
    review = make_review(method, author=author)
    Review.objects.filter(pk=review.pk).update(
        state=ReviewState.REMOVED, closed_at=timezone.now(), removal_reason="Er staat een naam van een leerling in."
    )
    with pytest.raises(ReviewNotAllowed):
        withdraw_review(author=author, review=review)
    with pytest.raises(ValidationError):
        make_review(method, author=author)
    again = edit_review(author=author, review=review, content=make_content(method, body="Zonder naam."), version=1)
    assert (again.state, again.removal_reason) == (ReviewState.WAITING, "")
    assert ModerationEntry.objects.get().action == ModerationAction.HELD


def test_nobody_reviews_what_is_of_a_publisher_of_theirs():
    method, author = make_method(), make_teacher()
    PublisherMember.objects.create(
        user=author,
        publisher=method.publisher,
        role="reader",
        joined_at=timezone.now() - timedelta(days=90),
        ended_at=timezone.now(),
    )
    with pytest.raises(ReviewNotAllowed, match="uitgever"):
        make_review(method, author=author)
    assert make_review(make_method(), author=author).state == ReviewState.PUBLISHED


@pytest.mark.parametrize(
    "change",
    [
        lambda other, review: edit_review(author=other, review=review, content=make_content(review.method), version=1),
        lambda other, review: withdraw_review(author=other, review=review),
    ],
    ids=["edit", "withdraw"],
)
def test_nobody_changes_anothers(change):
    review, other = make_review(make_method()), make_teacher()
    with pytest.raises(ReviewNotAllowed):
        change(other, review)


def test_a_draft_is_published_once():
    method, author, key = make_method(), make_teacher(), uuid.uuid4()
    ReviewDraft.objects.create(author=author, method=method, key=key)
    publish_review(author=author, method=method, content=make_content(method), draft_key=key)
    with pytest.raises(ReviewChanged):
        publish_review(author=author, method=method, content=make_content(method), draft_key=key)
    assert Review.objects.count() == 1


def test_so_many_a_day(monkeypatch):
    monkeypatch.setattr(publishing, "MOST_A_DAY", 2)
    author = make_teacher()
    for _number in range(2):
        make_review(make_method(), author=author)
    with pytest.raises(ReviewNotAllowed, match="2"):
        make_review(make_method(), author=author)


def test_an_address_in_the_text_is_pointed_out_first():
    method, author = make_method(), make_teacher()
    content = make_content(method, body="Mail mij op j.jansen@school.example of bel 06-12345678.")
    with pytest.raises(NeedsAttention) as caught:
        publish_review(author=author, method=method, content=content)
    assert [(one.field, one.excerpt) for one in caught.value.findings] == [
        ("body", "j.jansen@school.example"),
        ("body", "06-12345678"),
    ]
    assert publish_review(author=author, method=method, content=content, acknowledged=True).pk


@pytest.mark.parametrize(
    ("scores", "total"),
    [
        ([3, 3, 3, 3, 4], Decimal("3.20")),
        ([1, 2, 2, 1, 1, 4, 4, 4], Decimal("2.38")),
        ([3, 3, 3, 4], None),
        ([], None),
    ],
)
def test_a_total_asks_for_five_scores(scores, total):
    assert total_of([Answer(score=score) for score in scores] + [Answer(unscored="nb")]) == total


def test_reviews_of_a_method_or_of_new_accounts_wait():
    method = make_method()
    PreModeration.objects.create(method=method)
    assert make_review(method).state == ReviewState.WAITING
    other = make_method()
    assert make_review(other).state == ReviewState.PUBLISHED
    ModerationSettings.objects.create(pk=1, held_account_days=7)
    assert make_review(other).state == ReviewState.WAITING
    other.refresh_from_db()
    assert other.review_count == 1


def test_a_merge_may_bring_two_of_one_person_together():
    publisher = make_method().publisher
    one, two = (make_method(publisher=publisher) for _number in range(2))
    author = make_teacher()
    for method in (one, two):
        make_edition(method=method, label="2e druk", key="2", ordinal=2)
        make_product(edition=method.editions.get())
    first, second = make_review(one, author=author), make_review(two, author=author)
    merge_methods(source=one, target=two, actor="redactie", reason="Het is dezelfde.")
    first.refresh_from_db()
    assert (first.method, first.edition.method) == (one, one)
    assert (first.shown_method, first.shown_edition) == (two, second.edition)
    # What was said of the one can still be changed as what was said of it.
    edit_review(author=author, review=first, content=make_content(two, score=4, edition=first.edition_id), version=1)
    first.refresh_from_db()
    assert first.method == one


def test_the_database_refuses_an_edition_of_another_method():
    review, other = make_review(make_method()), make_edition()
    Review.objects.filter(pk=review.pk).update(edition=other)
    with pytest.raises(IntegrityError), connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
