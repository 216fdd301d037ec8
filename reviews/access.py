"""Who may do what with reviews: one function for each, used by pages and API alike.

Where something may not be known to be there, Http404 is raised; where a person may know why not, ReviewNotAllowed.
"""

from enum import Enum
from typing import TypeGuard
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import Http404
from django.utils.translation import gettext as _

from accounts.access import (
    ReviewStanding,
    Visitor,
    has_any_interest,
    has_interest_in,
    is_editor,
    may_moderate,
    proven_affiliations,
    publisher_role,
    review_standing,
    section_role,
    works_at,
)
from accounts.models import PublisherRole, Section, SectionMember, SectionRole, User
from catalogus.models import Method
from reviews.exceptions import ReviewNotAllowed
from reviews.models import (
    FlagState,
    ModerationAction,
    ModerationEntry,
    PublisherReply,
    Review,
    ReviewDraft,
    ReviewFlag,
    ReviewState,
)

# Writing


class MethodStanding(Enum):
    """Why a person may or may not review this method: what ReviewStanding says, and a tie to its publisher."""

    ALLOWED = "allowed"
    INTEREST = "interest"
    NOT_SIGNED_IN = "not-signed-in"
    PUPIL = "pupil"
    PUBLISHER = "publisher"
    WAITING = "waiting"
    SCHOOL_ENDED = "school-ended"
    UNKNOWN = "unknown"


def method_standing(user: Visitor, method: Method) -> MethodStanding:
    """Whether the person may review this method, and if not, why."""
    standing = review_standing(user)
    if standing is not ReviewStanding.ALLOWED:
        return MethodStanding(standing.value)
    return MethodStanding.INTEREST if has_interest_in(user, method.publisher_id) else MethodStanding.ALLOWED


def may_review_method(user: Visitor, method: Method) -> bool:
    """Whether the person may review this method: may review at all, and has no tie to its publisher."""
    return method_standing(user, method) is MethodStanding.ALLOWED


def own_review(user: Visitor, public_id: str) -> Review:
    """The person's own, whatever became of it. Raises Http404 for another's and for none."""
    return _found(_reviews().filter(public_id=_known(public_id), author=user) if _is_somebody(user) else _none())


def own_draft(user: Visitor, key: str) -> ReviewDraft:
    """One that the person is writing. Raises Http404 for another's, for none and for what is no key."""
    try:
        known = UUID(key)
    except ValueError:
        raise Http404 from None
    mine = ReviewDraft.objects.filter(key=known, author=user) if _is_somebody(user) else ReviewDraft.objects.none()
    found = mine.select_related("method", "product", "review").first()
    if found is None:
        raise Http404
    return found


# Reading


def review_to_read(user: Visitor, public_id: str) -> Review:
    """A published one for everybody; any other for its writer and who may judge it. Raises Http404 else."""
    found = _found(_reviews().filter(public_id=_known(public_id)))
    if found.state == ReviewState.PUBLISHED or is_author(user, found) or may_judge(user, found):
        return found
    raise Http404


def may_read_versions(user: Visitor, review: Review) -> bool:
    """Whether the person reads what it said before: its writer and who may judge it, for it may be private."""
    return is_author(user, review) or may_judge(user, review)


def is_author(user: Visitor, review: Review) -> bool:
    return _is_somebody(user) and review.author_id == user.pk


# Answering


def published_review(public_id: str) -> Review:
    """Raises Http404 where it is not published."""
    return _found(_reviews().filter(public_id=_known(public_id), state=ReviewState.PUBLISHED))


def may_flag(user: Visitor, review: Review) -> bool:
    """Whether the visitor may say that a review is against the rules: everybody but its writer, account or not."""
    return review.state == ReviewState.PUBLISHED and not is_author(user, review)


def may_find_helpful(user: Visitor, review: Review) -> bool:
    """Whether the person may find it of use: who may review its method, but its writer."""
    return (
        review.state == ReviewState.PUBLISHED
        and not is_author(user, review)
        and may_review_method(user, review.shown_method)
    )


def may_reply(user: Visitor, review: Review) -> bool:
    """Whether the person may answer in the publisher's name: its editors and owners."""
    role = publisher_role(user, review.shown_method.publisher_id)
    return review.state == ReviewState.PUBLISHED and role in {PublisherRole.EDITOR, PublisherRole.OWNER}


def may_see_reviews_of(user: Visitor, publisher_id: int) -> bool:
    """Whether the person sees the publisher's own page of reviews to answer: its members and staff."""
    return is_editor(user) or publisher_role(user, publisher_id) is not None


# Moderating


def review_to_moderate(user: Visitor, public_id: str) -> Review:
    """Any review that the moderator may judge. Raises Http404 for who is no moderator and for none.

    Raises ReviewNotAllowed, with why, for one that is not theirs to judge: see judging_refusal.
    """
    if not may_moderate(user):
        raise Http404
    found = _found(_reviews().filter(public_id=_known(public_id)))
    if refusal := judging_refusal(user, found):
        raise ReviewNotAllowed(refusal)
    return found


def judging_refusal(user: Visitor, review: Review) -> str:
    """Why the person may not judge the review or its reply; "" where they may.

    Nobody judges what they wrote or flagged, what came from where they work, or anything while they speak, or lately
    spoke, for a publisher, for its rivals' reviews are as little theirs as its own. Staff neither: where only they are
    left, it is for people to find somebody else. reviews_to_judge says the same of many at once.
    """
    if not may_moderate(user):
        return _("Hierover beslissen moderatoren.")
    if refusal := judging_nothing(user):
        return refusal
    if is_author(user, review):
        return _("Dit schreef u zelf. Laat een andere moderator ernaar kijken.")
    own = PublisherReply.objects.filter(review=review, author=user.pk)
    if ReviewFlag.objects.filter(review=review, user=user.pk, state=FlagState.OPEN).exists() or own.exists():
        return _("U meldde dit zelf, of schreef het antwoord erop. Laat een andere moderator ernaar kijken.")
    if works_at(user, review.school) or _sections_of(user).filter(section=review.section_id).exists():
        return _("Dit komt van een school of vaksectie waar u bij hoort. Laat een andere moderator ernaar kijken.")
    return ""


def judging_nothing(user: Visitor) -> str:
    """Why a moderator may judge no review at all; "" where there are some that they may."""
    if not has_any_interest(user):
        return ""
    return _(
        "U werkt of werkte kort geleden voor een uitgever, en beslist daarom over geen enkele beoordeling. Laat een "
        "andere moderator ernaar kijken. Is er geen, vraag de redactie dan om er een aan te wijzen zonder zo’n belang."
    )


def reviews_to_judge(user: Visitor) -> QuerySet[Review]:
    """All that the person may judge, by the rules of judging_refusal; none for who is no moderator."""
    if not _is_somebody(user) or not may_moderate(user) or has_any_interest(user):
        return _none()
    theirs = Q(section__in=_sections_of(user).values("section"))
    for school in (affiliation.school for affiliation in proven_affiliations(user)):
        if school.is_institution:
            theirs |= Q(school__institution_code=school.institution_code)
        else:
            theirs |= Q(school__code__in=[school.code, school.institution_code])
    # Of who deleted their account nobody is the author; such a review is nobody's own.
    theirs |= Q(author__isnull=False, author=user)
    flagged = ReviewFlag.objects.filter(review=OuterRef("pk"), user=user, state=FlagState.OPEN)
    answered = PublisherReply.objects.filter(review=OuterRef("pk"), author=user)
    not_theirs = Review.objects.filter(theirs | Exists(flagged) | Exists(answered)).values("pk")
    return Review.objects.exclude(pk__in=not_theirs)


def may_judge(user: Visitor, review: Review) -> bool:
    """Whether the person may judge the review or its reply."""
    return not judging_refusal(user, review)


def may_decide_appeal(user: Visitor, review: Review) -> bool:
    """Whether the person may judge an appeal: a moderator who may judge the review and did not remove it.

    Staff may where they did remove it only when nobody else can: that is for people to arrange, so they may not either.
    """
    if not may_judge(user, review):
        return False
    removals = ModerationEntry.objects.filter(review_ref=review.public_id, action=ModerationAction.REMOVED)
    last = removals.order_by("-at", "-pk").first()
    return last is None or last.actor_id is None or last.actor_id != user.pk


def may_appeal(user: Visitor, review: Review) -> bool:
    """Whether the person may ask to look again: the writer of what was removed."""
    return review.state == ReviewState.REMOVED and is_author(user, review)


def may_set_holding(user: Visitor) -> bool:
    """Whether the person may let reviews wait for a moderator, of a method or of new accounts: staff."""
    return is_editor(user)


def may_erase_reasons(user: Visitor) -> bool:
    """Whether the person may erase the reason of a line of the log: staff, whom somebody asks who was named in it."""
    return is_editor(user)


# Sections


def may_let_school_be_named(user: Visitor, section: Section) -> bool:
    """Whether the person may let a section's school be named: its lead."""
    return section.ended_at is None and section_role(user, section) == SectionRole.LEAD


def _reviews() -> QuerySet[Review]:
    return Review.objects.select_related(
        "shown_method__publisher", "shown_edition", "method", "edition", "product", "school"
    )


def _sections_of(user: Visitor) -> QuerySet[SectionMember]:
    return SectionMember.objects.filter(user=user.pk, left_at=None)


def _none() -> QuerySet[Review]:
    return Review.objects.filter(Q(pk__in=[]))


def _known(public_id: str) -> str:
    """PostgreSQL takes no NUL."""
    return "" if "\x00" in public_id else public_id


def _found(rows: QuerySet[Review]) -> Review:
    found = rows.first()
    if found is None:
        raise Http404
    return found


def _is_somebody(user: Visitor) -> TypeGuard[User]:
    return isinstance(user, User) and user.is_active
