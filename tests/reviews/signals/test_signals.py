"""What stands out among reviews, by which numbers, and that it hides nothing."""

from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from accounts.models import User
from catalogus.models import Method
from reviews.models import ModerationEntry, Review, ReviewState
from reviews.signals import Signal, SignalKind, Window, all_signals, signals_about
from reviews.signals.bursts import bursts
from reviews.signals.new_accounts import new_accounts
from reviews.signals.one_sided import one_sided
from reviews.signals.runs import busiest
from reviews.signals.same_text import same_text, same_text_as
from tests.catalogus.web.page import Page
from tests.factories import make_method, make_publisher, make_school
from tests.people import sign_in
from tests.review_support import make_review, make_teacher
from tests.reviews.moderating.support import make_moderator

NOW = timezone.now()
TEXT = "De opgaven lopen rustig op en de uitleg is voor mijn leerlingen goed te volgen."


def written(
    method: Method, *, days_ago: float = 1, account_days: float = 500, author: User | None = None, **said: object
) -> Review:
    """A review of so many days ago, by an account that was so many days old then."""
    author = author or make_teacher(said.pop("school", None))  # type: ignore[arg-type]
    review = make_review(method, author=author, **said)
    at = NOW - timedelta(days=days_ago)
    Review.objects.filter(pk=review.pk).update(written_at=at, published_at=at)
    User.objects.filter(pk=author.pk).update(joined_at=at - timedelta(days=account_days))
    review.refresh_from_db()
    return review


def texts(signals: list[Signal]) -> str:
    return "\n".join(one.text for one in signals)


@pytest.mark.django_db
def test_new_accounts_of_one_school_in_one_week():
    school, method = make_school("95AA", "De Linde"), make_method()
    location = make_school("95AA01", "De Linde, Noord")
    reviews = [
        written(method, school=where, account_days=2, days_ago=day)
        for where, day in ((school, 3), (location, 4), (school, 5))
    ]
    written(method, school=school, account_days=2, days_ago=30)
    written(method, school=school, account_days=20, days_ago=4)
    (found,) = new_accounts(Window.latest())
    assert "3 accounts van De Linde (95AA), elk jonger dan 14 dagen" in found.text
    assert set(found.reviews) == {review.public_id for review in reviews}
    assert not new_accounts(Window.latest(), institution="95BB")
    assert not new_accounts(Window.latest(timedelta(days=2)))


@pytest.mark.django_db
def test_one_new_account_with_many_reviews_is_no_school():
    author = make_teacher()
    for _number in range(5):
        written(make_method(), author=author, account_days=2)
    assert not new_accounts(Window.latest())


@pytest.mark.django_db
def test_equal_texts_of_different_people_wherever_they_are():
    author = make_teacher()
    one, other = written(make_method(), body=TEXT, author=author), written(make_method(), body=TEXT.upper() + "!")
    written(make_method(), body=TEXT, author=author)
    written(make_method(), strong_point="Goede opgaven.")
    written(make_method(), strong_point="Goede opgaven.")
    (found,) = same_text(Window.latest())
    assert found.text == "Dezelfde tekst staat onder 3 beoordelingen van 2 accounts."
    assert {one.public_id, other.public_id} < set(found.reviews)
    assert found in same_text_as(one)


@pytest.mark.django_db
def test_nearly_equal_texts_of_one_method_or_school():
    method, school = make_method(), make_school("95AA", "De Linde")
    one = written(method, body=TEXT, school=school)
    two = written(method, body=TEXT.replace("rustig", "netjes"))
    three = written(make_method(), body=TEXT.replace("mijn", "onze"), school=school)
    written(make_method(), body=TEXT.replace("goed", "prima"))
    written(method, body="Heel andere woorden over de digitale omgeving, die vaak traag is en soms niet start.")
    found = same_text(Window.latest())
    assert {frozenset(signal.reviews) for signal in found} == {
        frozenset({one.public_id, two.public_id}),
        frozenset({one.public_id, three.public_id}),
    }
    assert all("gelijk" in signal.text and "%" in signal.text for signal in found)
    assert {signal.reviews for signal in same_text_as(two)} == {(two.public_id, one.public_id)}


@pytest.mark.django_db
def test_what_somebody_wrote_before_is_no_signal():
    author, method = make_teacher(), make_method()
    review = written(method, author=author, body=TEXT)
    written(method, author=author, body=TEXT, school_year=review.school_year - 1)
    assert not same_text(Window.latest())


@pytest.mark.django_db
def test_many_at_once_where_there_were_few():
    quiet, busy = make_method(name="Rustig"), make_method(name="Druk")
    for number in range(5):
        written(quiet, days_ago=2 + number * 0.3)
        written(busy, days_ago=2 + number * 0.3)
    author = make_teacher()
    # In the year before so many that five in two days are less than four times as many.
    template = written(busy, author=author, days_ago=100)
    for number in range(230):
        Review.objects.filter(pk=template.pk).update(public_id=f"oud{number:010}", school_year=2000 + number % 20)
        copy = Review.objects.get(pk=template.pk)
        copy.pk, copy.author = None, None
        copy.public_id = f"kopie{number:08}"
        copy.save()
    (found,) = bursts(Window.latest())
    assert "“Rustig” kreeg 5 beoordelingen in 48 uur" in found.text
    assert "0,0" in found.text
    assert len(found.reviews) == 5
    assert not bursts(Window.latest(), method=busy.pk)


@pytest.mark.django_db
def test_five_in_a_week_are_no_burst():
    method = make_method()
    for number in range(5):
        written(method, days_ago=1 + number)
    assert not bursts(Window.latest())


@pytest.mark.django_db
@pytest.mark.parametrize(("score", "said"), [(4, "geven 3,8 of meer"), (1, "geven 1,4 of minder"), (3, "")])
def test_a_school_that_sees_one_side_alone(score: int, said: str):
    school, publisher = make_school("95AA", "De Linde"), make_publisher(name="Uitgeverij Eik")
    for _number in range(5):
        written(make_method(publisher=publisher), school=school, score=score)
        written(make_method(), school=school, score=score)
    found = one_sided(Window.latest())
    if not said:
        assert not found
        return
    assert [one.text for one in found] == [f"Alle 5 beoordelingen van De Linde (95AA) over Uitgeverij Eik {said}."]
    written(make_method(publisher=publisher), school=school, score=2)
    assert not one_sided(Window.latest())


@pytest.mark.django_db
def test_what_was_taken_back_is_no_signal():
    school, publisher = make_school("95AA", "De Linde"), make_publisher()
    for _number in range(5):
        written(make_method(publisher=publisher), school=school, score=4, account_days=1, body=TEXT)
    found = all_signals(Window.latest())
    assert {kind for kind, signals in found.items() if signals} == set(SignalKind) - {SignalKind.BURST}
    Review.objects.update(state=ReviewState.WITHDRAWN, closed_at=NOW)
    assert not any(all_signals(Window.latest()).values())


@pytest.mark.django_db
def test_signals_hide_nothing_and_stand_with_the_review_and_on_their_page(client: Client):
    school, method = make_school("95AA", "De Linde"), make_method(name="Blokken")
    reviews = [
        written(method, school=school, score=4, account_days=1, body=TEXT, days_ago=1 + number * 0.1)
        for number in range(5)
    ]
    signals = signals_about(reviews[2])
    assert {one.kind for one in signals} == set(SignalKind)
    assert not ModerationEntry.objects.exists()
    assert set(Review.objects.values_list("state", flat=True)) == {ReviewState.PUBLISHED}
    sign_in(client, make_moderator())
    page = Page(client.get("/moderatie/signalen/"))
    for one in signals:
        assert one.text in page.text()
    assert f"/moderatie/{reviews[0].public_id}/" in page.all("//a/@href")
    assert "De Linde" in Page(client.get(f"/moderatie/{reviews[2].public_id}/")).text()
    other = written(make_method(), days_ago=2)
    assert not signals_about(other)


@given(st.lists(st.tuples(st.integers(0, 100), st.integers(0, 5)), max_size=40), st.integers(0, 30))
def test_the_busiest_stretch_is_one_and_none_is_busier(rows: list[tuple[int, int]], hours: int):
    start, span = datetime(2026, 1, 1), timedelta(hours=hours)  # noqa: DTZ001  Any moments will do.
    ordered = sorted((start + timedelta(hours=at), who) for at, who in rows)
    found = busiest(ordered, span, at=lambda row: row[0], who=lambda row: row[1])
    most = max((len({who for at, who in ordered if first <= at <= first + span}) for first, _who in ordered), default=0)
    assert len({who for _at, who in found}) == most
    assert not found or found[-1][0] - found[0][0] <= span
