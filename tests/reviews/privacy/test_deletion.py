"""An account goes: its reviews stay or go as their writer chose, nothing of the writer is left, and sums are right."""

import threading
import uuid
from datetime import timedelta
from decimal import Decimal

import pytest
from allauth.account.models import EmailAddress
from django.db import connection, transaction
from django.utils import timezone, translation

from accounts.exceptions import DeletionRefused
from accounts.models import Section, SectionMember, User
from accounts.services.deletion import delete_account
from accounts.services.forgetting import forget_unproven_accounts
from catalogus.models import Concept, Method, OutboxEntry, OutboxKind, Scheme
from reviews.content import content_of_json
from reviews.models import (
    Appeal,
    HelpfulVote,
    ModerationAction,
    ModerationEntry,
    PublisherReply,
    Review,
    ReviewDraft,
    ReviewFlag,
    ReviewState,
    ReviewVersion,
    SectionConsent,
    ShownAs,
)
from reviews.services.deletion import AtDeletion, forget_reviews, lock_reviews, reviews_at_deletion
from reviews.services.holding import log
from reviews.services.prior import stated_prior
from reviews.services.publishing import edit_review
from reviews.services.summaries import summaries_of
from tests.accounts.local import make_account
from tests.factories import make_method
from tests.review_support import make_content, make_review, make_teacher

pytestmark = pytest.mark.django_db

CLOSED = {"closed_at": timezone.now()}


def in_a_section(user: User) -> Section:
    school = user.affiliations.get().school
    section = Section.objects.create(school=school, subject=Concept.objects.get(scheme=Scheme.SUBJECT, code="wiskunde"))
    SectionMember.objects.create(section=section, user=user, role="lead")
    return section


def is_summed_up(method: Method) -> bool:
    method.refresh_from_db()
    summary = summaries_of([method.pk], stated_prior())[method.pk]
    return (method.review_count, method.review_mean, method.review_sort, method.last_reviewed_at) == (
        summary.count,
        summary.mean,
        summary.sort,
        summary.last_reviewed_at,
    )


def test_what_stays_says_nothing_of_who_wrote_it():
    author = make_teacher(display_name="Zonnebloem Kwikstaart")
    section = in_a_section(author)
    code = author.affiliations.get().school.code
    review = make_review(
        make_method(), author=author, body="Van Kwikstaart zelf.", shown_as="name", names_school=True, school=code
    )
    assert review.section == section
    changed = make_content(review.method, body="Zonder naam.", shown_as="name", names_school=True, school=code)
    edit_review(author=author, review=review, content=changed, version=1)
    delete_account(user=author)
    review.refresh_from_db()
    assert (review.state, review.body, review.version) == (ReviewState.PUBLISHED, "Zonder naam.", 2)
    assert (review.author_id, review.section_id, review.names_school, review.shown_as) == (
        None,
        None,
        False,
        ShownAs.DESCRIPTION,
    )
    version = review.versions.get()
    content = content_of_json(version.content)
    assert (version.number, version.at) == (2, review.edited_at)
    assert (content.body, content.school, content.names_school, content.shown_as) == (
        "Zonder naam.",
        "",
        False,
        "description",
    )
    assert review.scores.count() == 8


@pytest.mark.parametrize(
    ("fields", "is_kept"),
    [
        ({}, True),
        ({"after_deletion": "goes"}, False),
        ({"state": "waiting"}, False),
        ({"state": "withdrawn", **CLOSED}, False),
        ({"state": "removed", "removal_reason": "Een naam.", **CLOSED}, False),
    ],
)
def test_what_is_kept(fields, is_kept):
    author, method = make_teacher(), make_method()
    review = make_review(method, author=author)
    Review.objects.filter(pk=review.pk).update(**fields)
    at_deletion = reviews_at_deletion(author)
    delete_account(user=author)
    assert Review.objects.filter(pk=review.pk).exists() == is_kept
    assert ReviewVersion.objects.exists() == is_kept
    assert at_deletion.stays == is_kept
    assert at_deletion.stays + at_deletion.goes + at_deletion.unread == 1


def test_sums_and_documents_follow():
    author, method = make_teacher(), make_method()
    make_review(method, author=author, score=1, after_deletion="goes")
    for _number in range(3):
        make_review(method, score=4)
    method.refresh_from_db()
    assert (method.review_count, method.review_mean) == (4, Decimal("3.25"))
    OutboxEntry.objects.all().delete()
    delete_account(user=author)
    assert is_summed_up(method)
    assert (method.review_count, method.review_mean) == (3, Decimal(4))
    assert OutboxEntry.objects.filter(kind=OutboxKind.METHOD, object_id=method.pk).exists()


def test_all_that_hangs_on_a_review_goes_with_it():
    author, reader = make_teacher(), make_teacher()
    review = make_review(make_method(), author=author, after_deletion="goes")
    HelpfulVote.objects.create(review=review, user=reader)
    ReviewFlag.objects.create(review=review, version=1, user=reader, reason="abuse")
    Appeal.objects.create(review=review, version=1, text="Het was niet zo.")
    PublisherReply.objects.create(review=review, publisher=review.method.publisher, text="Dank u.", answered_version=1)
    ReviewDraft.objects.create(author=author, method=review.method, review=review, key=uuid.uuid4())
    ReviewDraft.objects.create(author=author, method=make_method(), key=uuid.uuid4())
    entry = log(ModerationAction.HELD, review=review, reason="Het account is nieuw.")
    delete_account(user=author)
    for model in (Review, HelpfulVote, ReviewFlag, Appeal, PublisherReply, ReviewDraft, ReviewVersion):
        assert not model.objects.exists(), model
    assert ModerationEntry.objects.get() == entry


def test_what_a_person_said_to_others_stays_without_them_and_their_vote_is_counted_out():
    person, other = make_teacher(), make_teacher()
    section = in_a_section(person)
    review = make_review(make_method())
    HelpfulVote.objects.create(review=review, user=person)
    HelpfulVote.objects.create(review=review, user=other)
    Review.objects.filter(pk=review.pk).update(helpful_count=2)
    ReviewFlag.objects.create(review=review, version=1, user=person, reason="abuse", text="Lees zelf.")
    PublisherReply.objects.create(
        review=review, publisher=review.method.publisher, author=person, text="Dank u.", answered_version=1
    )
    SectionConsent.objects.create(section=section, given_by=person)
    log(ModerationAction.DISMISSED, review=review, reason="Niets mis mee.", actor=person)
    delete_account(user=person)
    review.refresh_from_db()
    assert (review.helpful_count, [vote.user for vote in review.votes.all()]) == (1, [other])
    flag, reply, entry = ReviewFlag.objects.get(), PublisherReply.objects.get(), ModerationEntry.objects.get()
    assert (flag.user, flag.text, reply.author, reply.text) == (None, "Lees zelf.", None, "Dank u.")
    assert (entry.actor, entry.reason) == (None, "Niets mis mee.")
    assert SectionConsent.objects.get().given_by is None


def test_of_what_stays_the_flags_about_its_writers_name_go():
    author = make_teacher()
    review = make_review(make_method(), author=author, shown_as="name")
    for reason in ("name", "author"):
        ReviewFlag.objects.create(review=review, version=1, user=make_teacher(), reason=reason, text="Kwikstaart?")
    delete_account(user=author)
    assert [flag.reason for flag in review.flags.all()] == ["author"]


def test_of_what_stays_no_flag_repeats_what_was_told_of_its_writer():
    author, method = make_teacher(), make_method()
    review, other = make_review(method, author=author), make_review(method)
    for about in (review, other):
        for reason, is_of_reply in (("author", False), ("other", False), ("abuse", True)):
            ReviewFlag.objects.create(
                review=about,
                version=1,
                user=make_teacher(),
                reason=reason,
                text="Kwikstaart van 2B",
                is_of_reply=is_of_reply,
            )
    with translation.override("en"):
        delete_account(user=author)
    told = dict(review.flags.values_list("reason", "text"))
    assert told == {
        "author": "",
        "abuse": "",
        "other": "(De toelichting is gewist, want de schrijver van de beoordeling verwijderde het account.)",
    }
    assert {flag.text for flag in other.flags.all()} == {"Kwikstaart van 2B"}


@pytest.mark.parametrize(
    ("name", "text", "fields", "is_flagged"),
    [
        ("Zoë van der Kwikstaart", "Dank u, mevrouw KWIKSTAART.", {}, True),
        ("Zoë van der Kwikstaart", "Zoe's vraag is terecht.", {}, True),
        ("Zoë van der Kwikstaart", "Kwikstaarts oordeel", {}, True),
        ("Zoë van der Kwikstaart", "Dank u voor het lezen van der mate.", {}, False),
        ("Jo X.", "Jo, dank u.", {}, False),
        ("", "Dank u.", {}, False),
        ("Zoë Kwikstaart", "Dank Zoë.", {"removed_at": timezone.now(), "removal_reason": "Een naam."}, False),
    ],
)
def test_a_reply_that_may_name_the_writer_is_laid_before_moderators(name, text, fields, is_flagged):
    author = make_teacher(display_name=name)
    review, goes = (make_review(make_method(), author=author, after_deletion=what) for what in ("stays", "goes"))
    for about in (review, goes):
        PublisherReply.objects.create(
            review=about, publisher=about.method.publisher, text=text, answered_version=1, **fields
        )
    delete_account(user=author)
    flags = list(ReviewFlag.objects.all())
    assert bool(flags) == is_flagged
    for flag in flags:
        assert (flag.review, flag.is_of_reply, flag.reason, flag.state) == (review, True, "personal-data", "open")
        assert (flag.user, flag.version) == (None, 1)
        assert "misschien diens naam" in flag.text


def test_two_reviews_that_stay_of_two_who_are_gone_may_be_about_the_same():
    method = make_method()
    for _number in range(2):
        author = make_teacher()
        make_review(method, author=author)
        delete_account(user=author)
    assert Review.objects.filter(method=method, author=None).count() == 2


def test_how_many_stay_and_go():
    author = make_teacher()
    assert reviews_at_deletion(author) == AtDeletion(0, 0, 0)
    make_review(make_method(), author=author)
    make_review(make_method(), author=author, after_deletion="goes")
    Review.objects.filter(pk=make_review(make_method(), author=author).pk).update(state="waiting")
    assert reviews_at_deletion(author) == AtDeletion(stays=1, goes=1, unread=1)


def test_an_unproven_account_that_said_something_of_a_review_is_more_than_an_address():
    """Whatever room keeps a row of somebody, the account is not swept away under it."""
    review = make_review(make_method())
    users = [make_account(email=f"u{number}@school.example") for number in range(3)]
    User.objects.filter(pk__in=[user.pk for user in users]).update(joined_at=timezone.now() - timedelta(days=31))
    EmailAddress.objects.update(verified=False)
    ReviewFlag.objects.create(review=review, version=1, user=users[0], reason="abuse")
    ReviewDraft.objects.create(author=users[1], method=review.method, key=uuid.uuid4())
    assert forget_unproven_accounts() == 1
    assert set(User.objects.filter(pk__in=[user.pk for user in users])) == set(users[:2])


@pytest.mark.django_db(transaction=True)
def test_who_deletes_while_somebody_holds_a_new_review_of_theirs_waits_for_nobody():
    """It came in after the locks were taken; who holds the person may wait for no one who may want the person."""
    author = make_teacher()
    with transaction.atomic():
        lock_reviews(author)
        taken, ends, faults = threading.Event(), threading.Event(), []

        def hold() -> None:
            try:
                with transaction.atomic():
                    review = make_review(make_method(), author=author)
                    made.append(review.pk)
                with transaction.atomic():
                    Review.objects.select_for_update().get(pk=review.pk)
                    taken.set()
                    ends.wait(20)
            except BaseException as fault:  # noqa: BLE001  Told below, in the thread of the test.
                faults.append(fault)
                taken.set()
            finally:
                connection.close()

        made: list[int] = []
        thread = threading.Thread(target=hold)
        thread.start()
        taken.wait(20)
        assert not faults
        with pytest.raises(DeletionRefused, match="nog eens"):
            forget_reviews(author)
        ends.set()
        thread.join(20)
    assert Review.objects.filter(pk__in=made, author=author).exists()
    delete_account(user=author)
    assert Review.objects.get(pk__in=made).author is None
