"""What becomes of somebody's reviews and votes when they delete their account.

What everybody reads goes or stays as its writer chose for each review. One that stays says nothing of who wrote it,
and what it said before goes: it may have been changed because it told too much.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from django.conf import settings
from django.db import OperationalError, transaction
from django.db.models import Count, F, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from psycopg.errors import LockNotAvailable

from accounts.exceptions import DeletionRefused
from accounts.models import User
from catalogus.models import Method
from catalogus.naming import normal_form
from reviews.content import content_of_json
from reviews.models import (
    AfterDeletion,
    Appeal,
    FlagReason,
    HelpfulVote,
    PublisherReply,
    Review,
    ReviewDraft,
    ReviewFlag,
    ReviewState,
    ReviewVersion,
    ShownAs,
)
from reviews.services.summaries import recount_methods

STAYS = Q(state=ReviewState.PUBLISHED, after_deletion=AfterDeletion.STAYS)
"""Which of somebody's reviews outlive the account: what nobody else may read has no reason to."""


@dataclass(frozen=True, slots=True)
class AtDeletion:
    """How many published reviews of a person would stay, and how many would go; and of those that nobody reads."""

    stays: int
    goes: int
    unread: int


def reviews_at_deletion(user: User) -> AtDeletion:
    """What deletion would do to the person's reviews as they chose by now; one query."""
    own = Review.objects.filter(author=user)
    is_published = Q(state=ReviewState.PUBLISHED)
    found: Mapping[str, int] = own.aggregate(
        stays=Count("pk", filter=STAYS),
        goes=Count("pk", filter=is_published & ~STAYS),
        unread=Count("pk", filter=~is_published),
    )
    return AtDeletion(**found)


def lock_reviews(user: User) -> None:
    """Wait for all who write to the person's reviews, to those that they voted for, and to the methods of theirs.

    Methods first and reviews after them, each in the order of their numbers, as all who change reviews do.
    """
    list(_methods(user).select_for_update(no_key=True))
    list(_concerned(user).select_for_update())


@transaction.atomic
def forget_reviews(user: User) -> None:
    """Erase the person's reviews and votes, but leave those reviews that stay, without them; recount the methods.

    Raises DeletionRefused where somebody writes to one of them that came in since lock_reviews waited for them: who
    has the person's row already may not wait, for the other may be waiting for that.
    """
    try:
        with transaction.atomic():
            methods = [method.pk for method in _methods(user).select_for_update(no_key=True, nowait=True)]
            reviews = list(_concerned(user).select_for_update(nowait=True))
    except OperationalError as error:
        if not isinstance(error.__cause__, LockNotAvailable):
            raise
        text = _("Er veranderde zojuist nog iets aan uw beoordelingen. Er is niets gewist; probeer het nog eens.")
        raise DeletionRefused(text) from error
    ReviewDraft.objects.filter(author=user).delete()
    HelpfulVote.objects.filter(user=user).delete()
    own = Review.objects.filter(author=user)
    staying = list(own.filter(STAYS).values_list("pk", flat=True))
    own.exclude(pk__in=staying).delete()
    _take_writer_out(staying)
    _have_replies_looked_at(staying, user.display_name)
    _recount_votes([review.pk for review in reviews])
    recount_methods(methods)


def _take_writer_out(review_ids: list[int]) -> None:
    newest = ReviewVersion.objects.filter(review__in=review_ids, number=F("review__version"))
    # A version is never changed, so another takes its place.
    without = [_without_writer(version) for version in newest]
    ReviewVersion.objects.filter(review__in=review_ids).delete()
    ReviewVersion.objects.bulk_create(without)
    Appeal.objects.filter(review__in=review_ids).delete()
    # These are about a name that stands there no more, and most likely repeat it.
    ReviewFlag.objects.filter(review__in=review_ids, reason=FlagReason.NAME).delete()
    # What others wrote of the writer is of the writer too; that it was flagged, and why, is not.
    flags = ReviewFlag.objects.filter(review__in=review_ids).exclude(text="")
    flags.exclude(reason=FlagReason.OTHER).update(text="")
    flags.filter(reason=FlagReason.OTHER).update(text=_for_moderators(_ERASED))
    Review.objects.filter(pk__in=review_ids).update(
        author=None, section=None, names_school=False, shown_as=ShownAs.DESCRIPTION
    )


def _have_replies_looked_at(review_ids: list[int], name: str) -> None:
    """Flag for moderators the replies in which a word of the writer's name stands: nobody else is left to see to it."""
    parts = {part for part in normal_form(name).split() if len(part) >= _SHORTEST_PART} - _PARTICLES
    if not parts:
        return
    replies = PublisherReply.objects.filter(review__in=review_ids, removed_at=None).select_related("review")
    ReviewFlag.objects.bulk_create(
        ReviewFlag(
            review=reply.review,
            is_of_reply=True,
            version=reply.review.version,
            reason=FlagReason.PERSONAL_DATA,
            text=_for_moderators(_MAY_BE_NAMED),
        )
        for reply in replies
        # "Kwikstaarts" too.
        if any(word.startswith(part) for word in normal_form(reply.text).split() for part in parts)
    )


def _for_moderators(text: str) -> str:
    """In the language of those who read it, whichever the person's own is."""
    with translation.override(settings.LANGUAGE_CODE):
        return _(text)


_ERASED = gettext_noop("(De toelichting is gewist, want de schrijver van de beoordeling verwijderde het account.)")
_MAY_BE_NAMED = gettext_noop(
    "De schrijver van de beoordeling verwijderde het account. In dit antwoord staat misschien diens naam."
)
_SHORTEST_PART = 3
_PARTICLES = frozenset({"van", "den", "der", "des", "het", "ten", "ter", "von"})
"""Parts of surnames that are words of every Dutch text."""


def _without_writer(version: ReviewVersion) -> ReviewVersion:
    content = content_of_json(version.content)
    without = replace(content, school="", names_school=False, shown_as=ShownAs.DESCRIPTION)
    return ReviewVersion(
        review_id=version.review_id,
        number=version.number,
        content=without.as_json(),
        words=version.words,
        at=version.at,
    )


def _recount_votes(review_ids: list[int]) -> None:
    votes = HelpfulVote.objects.filter(review=OuterRef("pk")).order_by().values("review").annotate(n=Count("pk"))
    counted = Coalesce(Subquery(votes.values("n")), 0, output_field=IntegerField())
    Review.objects.filter(pk__in=review_ids).update(helpful_count=counted)


def _methods(user: User) -> QuerySet[Method]:
    shown = Review.objects.filter(author=user).values("shown_method")
    return Method.objects.filter(pk__in=shown).order_by("pk")


def _concerned(user: User) -> QuerySet[Review]:
    voted = HelpfulVote.objects.filter(user=user).values("review")
    return Review.objects.filter(Q(author=user) | Q(pk__in=voted)).order_by("pk")
