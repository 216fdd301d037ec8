"""Who may write changes while they write: schools end, people move, methods merge, and moderators take things away."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from accounts.models import (
    Affiliation,
    AffiliationRole,
    AffiliationState,
    Assurance,
    EndReason,
    PublisherMember,
    School,
    Section,
    SectionMember,
    User,
)
from accounts.services.school_ends import end_school, merge_schools
from catalogus.models import Concept, Scheme
from catalogus.services.editing.methods import merge_methods
from catalogus.services.editing.moving import move_products
from reviews.access import MethodStanding, method_standing
from reviews.exceptions import ReviewChanged, ReviewNotAllowed
from reviews.models import ModerationAction, ModerationEntry, Review, ReviewState
from reviews.services import publishing
from reviews.services.holding import HoldReason, log
from reviews.services.publishing import edit_review, publish_review, withdraw_review
from tests.factories import make_method, make_product, make_publisher, make_school
from tests.review_support import make_content, make_review, make_teacher

pytestmark = pytest.mark.django_db

WHO = {"actor": "een redacteur", "reason": "Het is er een."}


def school_of(user: User) -> School:
    return user.affiliations.get().school


def section_of(user: User) -> Section:
    subject = Concept.objects.get(scheme=Scheme.SUBJECT, code="wiskunde")
    section = Section.objects.create(school=school_of(user), subject=subject)
    SectionMember.objects.create(section=section, user=user, role="lead")
    return section


def also_works_at(user: User, school: School, **fields: Any) -> Affiliation:
    known = {
        "role": AffiliationRole.EMPLOYEE,
        "assurance": Assurance.FEDERATION,
        "state": AffiliationState.APPROVED,
    }
    return Affiliation.objects.create(user=user, school=school, **(known | fields))


def remove(review: Review) -> None:
    """As a moderator does."""
    Review.objects.filter(pk=review.pk).update(
        state=ReviewState.REMOVED, closed_at=timezone.now(), removal_reason="Er staat een naam in."
    )
    log(ModerationAction.REMOVED, review=review, reason="Er staat een naam in.")


def test_a_school_that_ends_between_draft_and_publication():
    method, author = make_method(), make_teacher()
    content = make_content(method)
    end_school(school=school_of(author), on=timezone.localdate())
    with pytest.raises(ReviewNotAllowed, match="opgeheven of samengevoegd"):
        publish_review(author=author, method=method, content=content)


def test_a_school_that_ends_leaves_what_was_written_about_it():
    author, section = (author := make_teacher()), section_of(author)
    review = make_review(make_method(), author=author, names_school=True)
    school = review.school
    end_school(school=school, on=timezone.localdate())
    review.refresh_from_db()
    assert (review.state, review.school, review.section) == (ReviewState.PUBLISHED, school, section)
    assert withdraw_review(author=author, review=review).state == ReviewState.WITHDRAWN


def test_a_school_that_merged_keeps_its_reviews_and_their_writers_may_go_on():
    """Also where two sections became one: the old one is over, and its members are in the new one."""
    author, into = make_teacher(), make_school("99ZZ", "De Fusie")
    section, other = section_of(author), make_teacher(into)
    joined = section_of(other)
    method = make_method()
    review = make_review(method, author=author, names_school=True)
    old = review.school
    merge_schools(old=old, into=into, on=timezone.localdate())
    review.refresh_from_db()
    assert (review.state, review.school, review.section) == (ReviewState.PUBLISHED, old, section)
    review = edit_review(
        author=author, review=review, content=make_content(method, body="Nog steeds.", names_school=True), version=1
    )
    assert (review.school, review.section) == (old, joined)


def test_the_code_of_a_school_that_merged_since_is_refused_with_the_one_that_goes_on():
    author, into = make_teacher(), make_school("99ZZ", "De Fusie")
    method, code = make_method(), school_of(author).code
    content = make_content(method, school=code)
    merge_schools(old=school_of(author), into=into, on=timezone.localdate())
    with pytest.raises(ValidationError) as caught:
        publish_review(author=author, method=method, content=content)
    assert "99ZZ" in caught.value.message_dict["school"][0]


def test_who_works_at_two_schools_says_at_which_and_nobody_at_anothers():
    author, second, elsewhere = make_teacher(), make_school("99YY", "Tweede"), make_school("99XX", "Elders")
    also_works_at(author, second)
    method = make_method()
    for code in ("", elsewhere.code, "99WW", "' OR 1"):
        with pytest.raises(ValidationError) as caught:
            make_review(method, author=author, school=code)
        assert "99YY" in caught.value.message_dict["school"][0]
    assert make_review(method, author=author, school="99YY").school == second


def test_a_claim_that_is_missing():
    author = User.objects.create_user(issuer="https://federatie.example", display_name="Zonder school")
    with pytest.raises(ReviewNotAllowed, match="Nog niet bekend"):
        make_review(make_method(), author=author)


def test_an_affiliation_that_is_revoked_between_page_and_post():
    author, method = make_teacher(), make_method()
    review, content = make_review(make_method(), author=author), make_content(method)
    changed = make_content(review.method, score=4)
    now = timezone.now()
    author.affiliations.update(state=AffiliationState.ENDED, ended_at=now, end_reason=EndReason.REMOVED)
    with pytest.raises(ReviewNotAllowed):
        publish_review(author=author, method=method, content=content)
    with pytest.raises(ReviewNotAllowed):
        edit_review(author=author, review=review, content=changed, version=1)
    assert list(Review.objects.values_list("pk", "version", "state")) == [(review.pk, 1, ReviewState.PUBLISHED)]


def test_who_is_put_out_of_the_site_writes_nothing():
    author, method = make_teacher(), make_method()
    review = make_review(method, author=author)
    author.is_active = False
    author.save()
    with pytest.raises(ReviewNotAllowed):
        edit_review(author=author, review=review, content=make_content(method), version=1)


def test_who_joins_a_publisher_after_reviewing():
    """What stands stays, for it was honest then; it is changed no more, and may be taken back."""
    author, method = make_teacher(), make_method()
    review = make_review(method, author=author)
    member = PublisherMember.objects.create(user=author, publisher=method.publisher, role="reader")
    with pytest.raises(ReviewNotAllowed, match="spreekt"):
        edit_review(author=author, review=review, content=make_content(method, score=4), version=1)
    member.ended_at = timezone.now()
    member.save()
    with pytest.raises(ReviewNotAllowed, match="werkte kort geleden"):
        edit_review(author=author, review=review, content=make_content(method, score=4), version=1)
    review.refresh_from_db()
    assert (review.state, review.version) == (ReviewState.PUBLISHED, 1)
    assert withdraw_review(author=author, review=review).state == ReviewState.WITHDRAWN


def test_a_pupil_who_becomes_a_teacher():
    author, method = make_teacher(), make_method()
    learns = also_works_at(author, make_school("99YY", "Hier leerde ik"), role=AffiliationRole.STUDENT)
    assert method_standing(author, method) is MethodStanding.PUPIL
    with pytest.raises(ReviewNotAllowed, match="Leerlingen"):
        make_review(method, author=author)
    learns.ended_at, learns.state = timezone.now(), AffiliationState.ENDED
    learns.end_reason = EndReason.CLAIMS
    learns.save()
    assert make_review(method, author=author).state == ReviewState.PUBLISHED


def test_a_method_that_was_merged_between_page_and_post():
    publisher = make_publisher()
    target, source = (make_method(publisher=publisher) for _number in range(2))
    content = make_content(source)
    merge_methods(source=source, target=target, **WHO)
    review = publish_review(author=make_teacher(), method=source, content=content)
    assert (review.method, review.shown_method) == (source, target)


def test_a_product_that_moved_between_page_and_post():
    publisher = make_publisher()
    here, there = (make_method(publisher=publisher) for _number in range(2))
    product = make_product(method=here)
    make_product(method=there)
    content = make_content(here, product=product)
    move_products(products=[product], method=there, edition="2e druk", **WHO)
    with pytest.raises(ReviewChanged, match="bij een andere methode"):
        publish_review(author=make_teacher(), method=here, content=content)
    assert not Review.objects.exists()


def test_what_was_removed_comes_back_by_no_second_change():
    author, method = make_teacher(), make_method()
    review = make_review(method, author=author)
    remove(review)
    for version in (1, 2, 3):
        content = make_content(method, body=f"Poging {version}.")
        review = edit_review(author=author, review=review, content=content, version=version)
        assert review.state == ReviewState.WAITING
    assert set(ModerationEntry.objects.filter(action="held").values_list("reason", flat=True)) == {
        HoldReason.WAS_REMOVED.value
    }


@pytest.mark.parametrize("fields", [{}, {"years_ago": 1}], ids=["the same", "of another school year"])
def test_what_was_removed_comes_back_by_no_withdrawal_and_no_other_review(fields):
    author, method = make_teacher(), make_method()
    review = make_review(method, author=author)
    remove(review)
    edited = edit_review(author=author, review=review, content=make_content(method), version=1)
    withdraw_review(author=author, review=edited)
    again = make_review(method, author=author, school_year=review.school_year - fields.get("years_ago", 0))
    assert again.state == ReviewState.WAITING
    assert make_review(make_method(), author=author).state == ReviewState.PUBLISHED, "another method is another matter"
    log(ModerationAction.RESTORED, review=review, reason="Toch goed.")
    assert make_review(method, author=author, school_year=review.school_year - 2).state == ReviewState.PUBLISHED


def test_what_waits_goes_on_waiting_when_it_is_changed():
    author, method = make_teacher(), make_method()
    review = make_review(method, author=author)
    Review.objects.filter(pk=review.pk).update(state=ReviewState.WAITING)
    changed = edit_review(author=author, review=review, content=make_content(method, body="Anders."), version=1)
    assert changed.state == ReviewState.WAITING


def test_so_many_changes_a_day(monkeypatch):
    monkeypatch.setattr(publishing, "MOST_CHANGES_A_DAY", 2)
    author, method = make_teacher(), make_method()
    review = make_review(method, author=author)
    for version in (1, 2):
        review = edit_review(author=author, review=review, content=make_content(method), version=version)
    with pytest.raises(ReviewNotAllowed, match="morgen"):
        edit_review(author=author, review=review, content=make_content(method), version=3)
    before = timezone.now() + timedelta(days=1, minutes=1)
    monkeypatch.setattr(timezone, "now", lambda: before)
    assert edit_review(author=author, review=review, content=make_content(method), version=3).version == 4


def test_a_form_that_is_sent_again_changes_nothing():
    author, method = make_teacher(), make_method()
    review = make_review(method, author=author)
    content = make_content(method, score=4)
    edit_review(author=author, review=review, content=content, version=1)
    for version in (1, 0, -1, 3, 10**9):
        with pytest.raises(ReviewChanged):
            edit_review(author=author, review=review, content=content, version=version)
    assert Review.objects.get().version == 2
