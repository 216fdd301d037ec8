"""Reviews, merges and recounts at once, in real transactions: nobody waits in a circle, and sums are right after."""

import uuid
from collections.abc import Callable

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from accounts.models import User
from accounts.services.deletion import delete_account
from catalogus.models import Edit, Method
from catalogus.services.editing.methods import merge_methods
from catalogus.services.editing.undoing import undo
from reviews.exceptions import ReviewChanged, ReviewNotAllowed
from reviews.models import Review, ReviewDraft, ReviewState
from reviews.placing import About, places_of
from reviews.services.publishing import edit_review, publish_review, withdraw_review
from reviews.services.summaries import follow_methods, recount_methods, restate_prior
from tests.factories import make_method, make_product, make_publisher
from tests.review_support import make_content, make_review, make_teacher
from tests.reviews.at_once import Beside, at_once, until_somebody_waits, wrong_summaries

pytestmark = pytest.mark.django_db(transaction=True)

WHO = {"actor": "een redacteur", "reason": "Het is er een."}


def publishing(author: User, method: Method, score: int = 3) -> Callable[[], Review]:
    content = make_content(method, score=score)
    return lambda: publish_review(author=author, method=method, content=content)


def misplaced() -> list[int]:
    """Reviews that are not read where the catalogue says."""
    reviews = list(Review.objects.all())
    about = [About(review.method_id, review.edition_id, review.product_id) for review in reviews]
    places = places_of(set(about))
    return [
        review.pk
        for review, one in zip(reviews, about, strict=True)
        if (review.shown_method_id, review.shown_edition_id) != (places[one].method, places[one].edition)
    ]


def test_publications_on_one_method():
    method = make_method()
    teachers = [make_teacher() for _number in range(4)]
    assert at_once(*(publishing(one, method, 1 + number) for number, one in enumerate(teachers))) == [None] * 4
    method.refresh_from_db()
    assert method.review_count == 4
    assert wrong_summaries() == []


def test_a_form_that_is_sent_twice_at_once_publishes_once():
    method, author, key = make_method(), make_teacher(), uuid.uuid4()
    ReviewDraft.objects.create(author=author, method=method, key=key)

    content = make_content(method)

    def send() -> None:
        publish_review(author=author, method=method, content=content, draft_key=key)

    raised = at_once(send, send)
    assert sorted(type(one).__name__ for one in raised) == ["NoneType", "ReviewChanged"]
    assert Review.objects.count() == 1
    assert wrong_summaries() == []


def test_of_two_forms_about_the_same_one_is_refused_by_field():
    method, author = make_method(), make_teacher()
    (refused,) = filter(None, at_once(publishing(author, method), publishing(author, method)))
    assert isinstance(refused, ValidationError)
    assert list(refused.message_dict) == ["school_year"]
    assert Review.objects.count() == 1


def test_the_database_itself_holds_one_for_each_school_year():
    review = make_review(make_method())
    again = Review.objects.get(pk=review.pk)
    again.pk, again.public_id = None, "een-ander"
    with pytest.raises(IntegrityError, match="review_one_live_per_author"), transaction.atomic():
        again.save(force_insert=True)


def test_publication_while_methods_are_merged_and_parted_again():
    publisher = make_publisher()
    target, source = (make_method(publisher=publisher) for _number in range(2))
    make_product(method=source)
    make_product(method=target)
    make_review(source)
    teachers = [make_teacher() for _number in range(8)]
    jobs = [publishing(teacher, source) for teacher in teachers]
    published = []

    def write() -> None:
        for job in jobs:
            try:
                published.append(job().pk)
            except ReviewChanged:
                continue  # It went elsewhere between reading and storing; the writer is told to begin there.

    def edit() -> None:
        for _again in range(3):
            undo(edit=merge_methods(source=source, target=target, **WHO), actor="een ander", reason="Toch niet.")
        merge_methods(source=source, target=target, **WHO)

    assert at_once(write, edit) == [None, None]
    assert published
    assert Review.objects.count() == 1 + len(published)
    assert misplaced() == []
    assert wrong_summaries() == []
    assert set(Review.objects.values_list("shown_method", flat=True)) == {target.pk}


def test_who_publishes_waits_for_a_merge_and_is_told():
    publisher = make_publisher()
    target, source = (make_method(publisher=publisher) for _number in range(2))
    author = make_teacher()
    write = publishing(author, source)
    with transaction.atomic():
        merge_methods(source=source, target=target, **WHO)
        # It looks where the method leads before the merge is there for others to see.
        thread = Beside(write)
        until_somebody_waits()
    assert isinstance(thread.ended(), ReviewChanged)
    assert write().shown_method == target


@pytest.mark.parametrize("is_source_first", [True, False], ids=["lower number goes", "higher number goes"])
@pytest.mark.parametrize("has_products", [True, False], ids=["products", "no products"])
def test_parting_methods_waits_for_who_holds_one_of_them(is_source_first, has_products):
    """Who recounts both holds the lower number first; whoever marks a document as stale holds its method."""
    publisher = make_publisher()
    lower, higher = (make_method(publisher=publisher) for _number in range(2))
    source, target = (lower, higher) if is_source_first else (higher, lower)
    if has_products:
        make_product(method=source)
        make_product(method=target)
    make_review(source)
    edit = merge_methods(source=source, target=target, **WHO)
    Method.objects.filter(pk=target.pk).update(review_count=7)
    with transaction.atomic():
        Method.objects.select_for_update(no_key=True).get(pk=lower.pk)
        thread = Beside(lambda: undo(edit=edit, actor="een ander", reason="Toch niet."))
        until_somebody_waits()
        recount_methods([lower.pk, higher.pk])
    assert thread.ended() is None
    assert Edit.objects.get().undone_at is not None
    assert wrong_summaries() == []
    assert misplaced() == []


def test_following_a_method_waits_for_no_method_that_nobody_told_of():
    publisher = make_publisher()
    target, source = (make_method(publisher=publisher) for _number in range(2))
    review = make_review(source)
    merge_methods(source=source, target=target, **WHO)
    review.refresh_from_db()
    with transaction.atomic():
        Method.objects.select_for_update(no_key=True).get(pk=target.pk)
        assert Beside(lambda: follow_methods(frozenset({source.pk}))).ended() is None
        withdraw_review(author=_author(review), review=review)
    assert wrong_summaries() == []


def test_withdrawal_while_the_prior_is_stated_anew():
    methods = [make_method() for _number in range(3)]
    reviews = [make_review(method, score=score) for method in methods for score in (4, 4, 4, 3)]

    def withdraw() -> None:
        for review in reviews[:4]:
            withdraw_review(author=_author(review), review=review)

    assert at_once(withdraw, restate_prior, restate_prior) == [None] * 3
    assert wrong_summaries() == []
    restate_prior()
    assert wrong_summaries() == []


def test_a_change_and_a_withdrawal_of_one_review():
    author, method = make_teacher(), make_method()
    review, content = make_review(method, author=author), make_content(method, score=1)

    def change() -> None:
        edit_review(author=author, review=review, content=content, version=1)

    raised = at_once(change, lambda: withdraw_review(author=author, review=review))
    assert [type(one) for one in raised] in ([type(None)] * 2, [ReviewNotAllowed, type(None)])
    review.refresh_from_db()
    assert review.state == ReviewState.WITHDRAWN
    assert wrong_summaries() == []


def test_an_account_goes_while_its_person_publishes():
    methods, author = [make_method() for _number in range(4)], make_teacher()
    make_review(methods[0], author=author)
    jobs = [publishing(author, method) for method in methods[1:]]

    def write() -> None:
        for job in jobs:
            job()

    raised = at_once(write, lambda: delete_account(user=author))
    assert raised[1] is None or type(raised[1]).__name__ == "DeletionRefused"
    assert raised[0] is None or isinstance(raised[0], ReviewNotAllowed)
    delete_account(user=author)
    assert not User.objects.filter(pk=author.pk).exists()
    assert not Review.objects.exclude(author=None).exists()
    assert wrong_summaries() == []


def _author(review: Review) -> User:
    assert review.author is not None
    return review.author
