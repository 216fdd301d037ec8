"""Two people at the same moment, each in a transaction of their own."""

import threading
from collections.abc import Callable

import pytest
from django.db import connection

from accounts.models import OutgoingMail
from catalogus.services.editing.methods import merge_methods
from reviews.models import FlagReason, FlagState, ModerationEntry, Review, ReviewFlag, ReviewState
from reviews.services import flagging
from reviews.services.appeals import decide_appeal, make_appeal
from reviews.services.flagging import flag_review
from reviews.services.moderating import dismiss_flags, last_entry_about, remove, restore
from reviews.services.publishing import edit_review, withdraw_review
from tests.factories import make_edition, make_method, make_product
from tests.review_support import make_content, make_review, make_teacher
from tests.reviews.moderating.support import WHY, make_moderator

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*acts: Callable[[], object]) -> list[str]:
    """What became of each, in the order in which they ended: "done" or the name of the error."""
    start, outcomes = threading.Barrier(len(acts)), []

    def run(act: Callable[[], object]) -> None:
        start.wait(10)
        try:
            act()
            outcomes.append("done")
        except BaseException as fault:  # noqa: BLE001  Told by the test, in its own thread.
            outcomes.append(type(fault).__name__)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[act]) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert len(outcomes) == len(acts), "somebody waits for ever"
    return sorted(outcomes)


def test_two_moderators_remove_it_once():
    review = make_review(make_method())
    one, other = make_moderator(), make_moderator()
    assert at_once(
        lambda: remove(actor=one, review=review, reason=WHY, version=1),
        lambda: remove(actor=other, review=review, reason=WHY, version=1),
    ) == ["ReviewChanged", "done"]
    assert ModerationEntry.objects.count() == OutgoingMail.objects.count() == 1


def test_of_one_who_removes_and_one_who_dismisses_the_first_is_right():
    review = make_review(make_method())
    flag_review(user=None, review=review, reason=FlagReason.ABUSE, text="")
    seen = last_entry_about(review)
    one, other = make_moderator(), make_moderator()
    assert at_once(
        lambda: remove(actor=one, review=review, reason=WHY, version=1, last_entry=seen),
        lambda: dismiss_flags(actor=other, review=review, reason="Mag.", version=1, last_entry=seen),
    ) == ["ReviewChanged", "done"]
    assert ModerationEntry.objects.count() == 1


def test_an_appeal_is_decided_once():
    author = make_teacher()
    review = make_review(make_method(), author=author)
    remove(actor=make_moderator(), review=review, reason=WHY, version=1)
    appeal = make_appeal(author=author, review=review, text="Het klopt niet.", version=1)
    one, other = make_moderator(), make_moderator()
    assert at_once(
        lambda: decide_appeal(actor=one, appeal=appeal, is_granted=True, answer="Ja."),
        lambda: decide_appeal(actor=other, appeal=appeal, is_granted=False, answer="Nee."),
    ) == ["ReviewChanged", "done"]


@pytest.mark.parametrize("round_", range(3))
def test_moderators_and_writers_do_not_wait_in_a_circle(round_: int):
    """All at one method, so that its summary is counted anew by each."""
    method = make_method()
    authors = [make_teacher() for _number in range(4)]
    reviews = [make_review(method, author=author) for author in authors]
    moderator = make_moderator()
    content = make_content(method, score=2)
    newcomer = make_teacher()
    found = at_once(
        lambda: remove(actor=moderator, review=reviews[0], reason=WHY, version=1),
        lambda: edit_review(author=authors[1], review=reviews[1], content=content, version=1),
        lambda: withdraw_review(author=authors[2], review=reviews[2]),
        lambda: make_review(method, author=newcomer),
        lambda: flag_review(user=authors[0], review=reviews[3], reason=FlagReason.ABUSE, text=""),
    )
    assert found == ["done"] * 5
    method.refresh_from_db()
    assert method.review_count == Review.objects.filter(state=ReviewState.PUBLISHED).count() == 3


def test_a_change_and_a_removal_leave_nothing_unread():
    """Whoever is first: what the moderator did not read is never public after a removal."""
    author = make_teacher()
    review = make_review(make_method(), author=author)
    moderator, content = make_moderator(), make_content(review.method, score=2)
    found = at_once(
        lambda: remove(actor=moderator, review=review, reason=WHY, version=1),
        lambda: edit_review(author=author, review=review, content=content, version=1),
    )
    review.refresh_from_db()
    assert (found, review.state) in [
        (["done", "done"], ReviewState.WAITING),
        (["ReviewChanged", "done"], ReviewState.PUBLISHED),
    ]


def test_a_flag_beside_a_verdict_is_not_left_open():
    review = make_review(make_method())
    flag_review(user=None, review=review, reason=FlagReason.ABUSE, text="")
    moderator = make_moderator()
    acts = [lambda: flag_review(user=None, review=review, reason=FlagReason.ABUSE, text="") for _number in range(4)]
    assert (
        at_once(lambda: dismiss_flags(actor=moderator, review=review, reason="Mag.", version=1), *acts) == ["done"] * 5
    )
    assert set(ReviewFlag.objects.values_list("state", flat=True)) == {FlagState.DISMISSED}


def test_flags_of_one_person_at_once_are_counted(monkeypatch):
    monkeypatch.setattr(flagging, "MOST_A_DAY", 2)
    method, reader = make_method(), make_teacher()
    reviews = [make_review(method) for _number in range(4)]
    acts = [
        lambda review=review: flag_review(user=reader, review=review, reason=FlagReason.ABUSE, text="")
        for review in reviews
    ]
    assert at_once(*acts) == ["ReviewNotAllowed"] * 2 + ["done"] * 2


def test_a_double_click_is_one_flag():
    review, reader = make_review(make_method()), make_teacher()
    act = lambda: flag_review(user=reader, review=review, reason=FlagReason.ABUSE, text="Zie boven.")  # noqa: E731
    assert at_once(act, act) == ["done", "done"]
    assert ReviewFlag.objects.count() == 1


def test_a_merge_of_its_method_and_a_restoring_end():
    publisher = make_method().publisher
    one, two = (make_method(publisher=publisher) for _number in range(2))
    for method in (one, two):
        make_edition(method=method, label="2e druk", key="2", ordinal=2)
        make_product(edition=method.editions.get())
    review = make_review(one)
    remove(actor=make_moderator(), review=review, reason=WHY, version=1)
    moderator = make_moderator()
    found = at_once(
        lambda: restore(actor=moderator, review=review, reason="Goed.", version=1),
        lambda: merge_methods(source=one, target=two, actor="redactie", reason="Het is dezelfde."),
    )
    assert found in (["done", "done"], ["ReviewChanged", "done"])
    review.refresh_from_db()
    two.refresh_from_db()
    assert review.shown_method == two
    assert two.review_count == (review.state == ReviewState.PUBLISHED)
