"""The demonstration's reviews: invented, the same every time, and as if each had been published by its writer."""

import io
from collections import Counter
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.management import CommandError, call_command
from django.forms.models import model_to_dict
from django.utils import timezone

from accounts.access import may_review
from accounts.demo.loading import load_demonstration
from accounts.demo.people import SCHOOLS as PEOPLES_SCHOOLS
from accounts.models import DEMONSTRATION_ISSUER, School, SectionMember, User
from catalogus.models import Method
from catalogus.public_ids import public_id
from reviews.content import content_of_json, read_content
from reviews.demo import plan as planning
from reviews.demo.loading import load_reviews
from reviews.demo.places import SCHOOLS
from reviews.demo.plan import PILE_SIZE, plan_reviews
from reviews.demo.shelf import titles, vocabulary
from reviews.models import (
    Appeal,
    AppealState,
    FlagState,
    HelpfulVote,
    ModerationAction,
    ModerationEntry,
    PreModeration,
    PublisherReply,
    Review,
    ReviewDraft,
    ReviewFlag,
    ReviewState,
    ReviewVersion,
)
from reviews.rubric import rubric
from reviews.selectors.authors import shown_author
from reviews.services.publishing import MOST_A_DAY, publish_review
from tests.factories import make_edition, make_method, make_product

pytestmark = pytest.mark.django_db
COUNT = 260


def make_shelf():
    """Ninety methods of several sectors, half of them with an older edition; chance hangs on their public ids."""
    groups = [
        ("vo", "havo", "leerjaar-3", "wiskunde"),
        ("vo", "vmbo-bb", "leerjaar-1", "nederlands"),
        ("po", "bao", "groep-5", "rekenen"),
        ("mbo", "mbo-4", "leerjaar-2", "pedagogisch-werk"),
    ]
    for number in range(90):
        sector, level, year, subject = groups[number % len(groups)]
        method = make_method(current_ordinal=2, public_id=public_id("shelf", str(number)))
        for ordinal in (1, 2) if number % 2 else (2,):
            edition = make_edition(method=method, label=f"{ordinal}e druk", key=f"{ordinal}e druk", ordinal=ordinal)
            make_product(edition=edition, sectors=[sector], levels=[level], years=[year], subjects=[subject])


@pytest.fixture
def demonstration(settings):
    settings.DEMONSTRATION = True
    return settings


@pytest.fixture
def loaded(demonstration):
    make_shelf()
    load_reviews(count=COUNT)


@pytest.fixture
def teacher(demonstration, federation):
    """The teacher of the demonstration who signs in, at a federation of this machine."""
    load_demonstration()
    return User.objects.get(display_name__startswith="Ruben")


def planned(today=date(2026, 12, 1)):
    return plan_reviews(titles(), count=COUNT, today=today, codes=rubric().codes, known=vocabulary())


def test_what_was_loaded_is_in_order(loaded):
    said = io.StringIO()
    call_command("reviews", "recount", "--check", stdout=said)
    assert said.getvalue().startswith(f"{Review.objects.count()} beoordelingen")
    assert Review.objects.count() > 150


def test_loading_twice_adds_nothing(loaded):
    def counts():
        return [model.objects.count() for model in (Review, User, School, HelpfulVote, ModerationEntry, ReviewFlag)]

    before = counts()
    said = io.StringIO()
    call_command("demo_reviews", stdout=said)
    assert "er kwam niets bij" in said.getvalue()
    assert counts() == before


def test_the_same_throws_every_time_and_the_day_moves_the_dates_alone(db):
    make_shelf()
    one, again, later = planned(), planned(), planned(date(2026, 12, 2))
    assert one.written == again.written
    assert [each.content.answers for each in one.written] == [each.content.answers for each in later.written]


@pytest.mark.parametrize("today", [date(2026, 8, 1), date(2026, 8, 25), date(2027, 7, 31), date(2024, 2, 29)])
def test_on_any_day_nothing_was_written_later_or_before_its_school_year(db, today):
    make_shelf()
    midnight = datetime(today.year, today.month, today.day, tzinfo=UTC)
    for one in planned(today).written:
        moments = [one.written_at, one.edited_at or one.written_at, one.closed_at or one.written_at]
        assert moments[0] <= max(moments) <= midnight
        begins = datetime(one.content.school_year, 8, 1, tzinfo=UTC)
        assert begins <= one.written_at < begins + timedelta(days=2 * 366)


def test_it_is_spread_as_in_life(loaded):
    counts = Counter(Review.objects.values_list("shown_method", flat=True))
    assert len(counts) < Method.objects.count() / 2, "most methods have none"
    assert max(counts.values()) > 20, "a few have many"
    assert set(Review.objects.values_list("state", flat=True)) == set(ReviewState.values)
    assert Review.objects.filter(version=2).exists()
    assert Method.objects.filter(older_review_count__gt=0).exists()
    assert HelpfulVote.objects.exists()
    assert PublisherReply.objects.exists()
    flags = Counter(ReviewFlag.objects.values_list("state", flat=True))
    assert flags.keys() == {FlagState.OPEN, FlagState.UPHELD, FlagState.DISMISSED}
    assert Appeal.objects.get().state == AppealState.OPEN
    assert len(set(Review.objects.values_list("school_year", flat=True))) > 3


def test_of_some_the_province_is_told_and_of_most_not(loaded):
    told = [shown_author(one) for one in Review.objects.filter(shown_as="description").select_related("school")]
    with_province = [words for words in told if words.endswith(", Zuid-Holland")]
    assert 0 < len(with_province) < len(told) / 2
    provinces = tuple(School.objects.exclude(province="Zuid-Holland").values_list("province", flat=True).distinct())
    assert not [words for words in told if words.endswith(tuple(f", {name}" for name in provinces if name))]


def test_one_method_was_attacked_in_two_days(loaded):
    piled = Review.objects.filter(author__joined_at__gt=timezone.now() - timedelta(days=planning.PILE_DAYS_AGO + 1),
                                  total__lt=2)  # fmt: skip
    by_method = Counter(piled.values_list("shown_method", flat=True))
    method, count = by_method.most_common(1)[0]
    assert count == PILE_SIZE
    moments = sorted(piled.filter(shown_method=method).values_list("written_at", flat=True))
    assert moments[-1] - moments[0] < timedelta(days=2)
    schools = Counter(piled.filter(shown_method=method).values_list("school", flat=True))
    assert schools.most_common(1)[0][1] > count / 2
    # It is why reviews of the method wait since then.
    assert PreModeration.objects.filter(method=method).exists()
    waiting = Review.objects.filter(state=ReviewState.WAITING)
    assert set(waiting.values_list("public_id", flat=True)) == set(
        ModerationEntry.objects.filter(action=ModerationAction.HELD).values_list("review_ref", flat=True)
    )


def test_nobody_signs_in_to_an_invented_account(loaded):
    invented = User.objects.filter(subject__startswith="beoordelaar-")
    assert set(invented.values_list("issuer", flat=True)) == {DEMONSTRATION_ISSUER}
    assert not any(user.has_usable_password() for user in invented)
    assert not invented.exclude(email="").exists()
    assert all(may_review(user) for user in invented[:20])
    assert SectionMember.objects.filter(user__in=invented).exists()


def test_no_school_is_anybodys():
    codes = [school.code for school in SCHOOLS] + [school.code for school in PEOPLES_SCHOOLS]
    assert len(codes) == len(set(codes))
    assert all(code.startswith("99") for code in codes)


def test_rules_between_reviews_hold(loaded):
    """What publishing looks at in other rows: so many a day, and never one's own."""
    by_author: dict[int | None, list[datetime]] = {}
    for author, written_at in Review.objects.order_by("written_at").values_list("author", "written_at"):
        by_author.setdefault(author, []).append(written_at)
    for moments in by_author.values():
        for first, later in zip(moments, moments[MOST_A_DAY:], strict=False):
            assert later - first > timedelta(days=1)
    for vote in HelpfulVote.objects.select_related("review"):
        assert vote.user_id != vote.review.author_id
        assert vote.review.published_at is not None
        assert vote.at >= vote.review.published_at
    for flag in ReviewFlag.objects.select_related("review"):
        assert flag.user_id is None or flag.user_id != flag.review.author_id
        assert flag.at >= flag.review.written_at


_OWN = {"id", "public_id", "written_at", "published_at", "helpful_count"}
"""What belongs to the one time that a review was published, and what others did since."""


def test_each_is_what_publishing_would_have_stored(loaded):
    plain = Review.objects.filter(state=ReviewState.PUBLISHED, version=1).exclude(
        shown_method__in=PreModeration.objects.values("method")
    )
    sample = list(plain.order_by("public_id").select_related("author", "shown_method"))[::4]
    assert len(sample) > 15
    for review in sample:
        stored = _all_of(review)
        content = content_of_json(review.versions.get().content)
        # JSON keeps no order; a form is in the rubric's.
        content = replace(content, answers={code: content.answers[code] for code in rubric().codes})
        assert review.author is not None
        Review.objects.filter(pk=review.pk).delete()
        published = publish_review(author=review.author, method=review.shown_method, content=content)
        assert _all_of(published) == stored


def _all_of(review):
    """Columns, scores and version of a review, as rows."""
    row = {name: value for name, value in model_to_dict(Review.objects.get(pk=review.pk)).items() if name not in _OWN}
    scores = list(review.scores.order_by("criterion").values_list("criterion", "score", "unscored", "reason"))
    (version,) = ReviewVersion.objects.filter(review=review).values_list("number", "content", "words")
    return row, scores, version


def test_each_says_what_the_form_would_take(loaded):
    for review in Review.objects.order_by("public_id").select_related("shown_method", "product")[::9]:
        content = content_of_json(review.versions.latest("number").content)
        said = content.as_json() | {
            "product": review.product.public_id if review.product else "",
            "scores": {code: {"answer": one.code, "reason": one.reason} for code, one in content.answers.items()},
        }
        assert read_content(said, rubric=rubric(), method=review.shown_method) == content


def test_the_teacher_who_signs_in_finds_a_draft_and_own_reviews_in_several_states(teacher):
    make_shelf()
    loaded = load_reviews(count=COUNT)
    assert loaded.own == 5
    own = Review.objects.filter(author=teacher)
    assert sorted(own.values_list("state", "version")) == [
        ("published", 1),
        ("published", 2),
        ("removed", 1),
        ("withdrawn", 1),
    ]
    draft = ReviewDraft.objects.get(author=teacher)
    assert draft.fields["strong_point"][0]
    assert not own.filter(shown_method=draft.method).exists()
    removed = own.get(state=ReviewState.REMOVED)
    assert ModerationEntry.objects.filter(review_ref=removed.public_id, action=ModerationAction.REMOVED).exists()
    call_command("reviews", "recount", "--check", stdout=io.StringIO())
    # What they made of it since is theirs.
    draft.delete()
    assert load_reviews(count=COUNT).own == 0
    assert own.count() == 4


def test_who_removed_what_is_appealed_against_is_not_the_moderator_who_signs_in(teacher):
    make_shelf()
    load_reviews(count=COUNT)
    appealed = Appeal.objects.get().review
    line = ModerationEntry.objects.get(review_ref=appealed.public_id, action=ModerationAction.REMOVED)
    assert line.actor is not None
    assert line.actor.subject == "beheerder"


def test_it_is_refused_outside_the_demonstration(settings):
    settings.DEMONSTRATION = False
    make_shelf()
    with pytest.raises(CommandError, match="Dit is geen demonstratie"):
        call_command("demo_reviews")
    assert not Review.objects.exists()


@pytest.mark.parametrize("count", ["0", "-1", "veel", "20001", "9" * 5000, "²"])
def test_a_count_that_is_none_is_refused(count):
    with pytest.raises(CommandError, match="is geen aantal"):
        call_command("demo_reviews", f"--count={count}")


def test_an_empty_catalogue_gets_none(demonstration):
    said = io.StringIO()
    call_command("demo_reviews", stdout=said)
    assert "of de catalogus is leeg" in said.getvalue()
    assert "Er zijn er nu 0" in said.getvalue()
