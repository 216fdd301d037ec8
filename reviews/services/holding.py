"""Which reviews wait for a moderator before anybody reads them, and the line about it in the log."""

from datetime import timedelta
from enum import Enum

from django.contrib.postgres.search import TrigramSimilarity
from django.db.models import Case, Exists, OuterRef, QuerySet, Value, When
from django.utils import timezone

from accounts.models import User
from catalogus.models import Method
from catalogus.survivors import leading_to
from reviews.models import (
    FlagState,
    ModerationAction,
    ModerationEntry,
    ModerationSettings,
    PreModeration,
    Review,
    ReviewFlag,
    ReviewState,
    ReviewVersion,
)

LEAST_ALIKE = 0.6
"""By pg_trgm, as signals take it: a removed text with another word in it is that text."""


class HoldReason(Enum):
    """Why a review waits. The log holds the text; it is Dutch for every reader."""

    METHOD = "Beoordelingen van deze methode worden vooraf bekeken."
    NEW_ACCOUNT = "Het account is nieuw."
    WAS_REMOVED = "Een eerdere versie is weggehaald."
    WROTE_REMOVED = "Een andere beoordeling van deze methode door de schrijver is weggehaald."
    TOOK_BACK_FLAGGED = "De schrijver trok een beoordeling van deze methode in waarover een melding openstond."
    COMES_BACK = "De tekst lijkt op een tekst die is weggehaald, of die is ingetrokken toen er een melding openstond."
    STILL_WAITS = "De vorige versie wachtte nog op een moderator."


_VERDICTS = (
    ModerationAction.REMOVED,
    ModerationAction.APPROVED,
    ModerationAction.RESTORED,
    ModerationAction.APPEAL_GRANTED,
)
"""After one of these a moderator has judged what a review said; the last of them holds."""


def hold_reason(*, author: User, method: Method, words: str, review: Review | None = None) -> HoldReason | None:
    """Why what this person says of this method waits; None where it is published at once.

    words: the normal form of all its texts, as ReviewVersion holds it. review: the one that is changed, as it stands;
    None for a new one. What a moderator took away or has yet to look at comes back by a moderator alone: neither by
    changing it twice, nor under another of the writer's reviews, nor by withdrawing it and writing it anew.
    """
    # What was merged into the method counts as well, also where nobody has yet moved the reviews along.
    methods = leading_to(method.pk)
    own = Review.objects.filter(author=author, shown_method__in=methods)
    verdicts = _verdicts_of(own)
    removed = _removed(own, verdicts)
    if review is not None and review.public_id in removed:
        return HoldReason.WAS_REMOVED
    if removed:
        return HoldReason.WROTE_REMOVED
    if review is not None and review.state == ReviewState.WAITING:
        return HoldReason.STILL_WAITS
    flagged = _taken_back_from_moderators(own)
    if review is None and flagged:
        return HoldReason.TOOK_BACK_FLAGGED
    if _comes_back(own, words, verdicts, flagged):
        return HoldReason.COMES_BACK
    if PreModeration.objects.filter(method__in=methods).exists():
        return HoldReason.METHOD
    settings = ModerationSettings.objects.filter(pk=1).first()
    days = settings.held_account_days if settings else 0
    if days and author.joined_at > timezone.now() - timedelta(days=days):
        return HoldReason.NEW_ACCOUNT
    return None


_Verdicts = list[tuple[str, int | None, str]]
"""Public id, version and action, in the order in which they fell."""


def _verdicts_of(reviews: QuerySet[Review]) -> _Verdicts:
    refs = list(reviews.values_list("public_id", flat=True))
    lines = ModerationEntry.objects.filter(review_ref__in=refs, action__in=_VERDICTS).order_by("at", "pk")
    return list(lines.values_list("review_ref", "version", "action"))


def _removed(reviews: QuerySet[Review], verdicts: _Verdicts) -> set[str]:
    """The public ids of those that a moderator took away, and none has let stand since."""
    last = {ref: action for ref, _version, action in verdicts}
    states = dict(reviews.values_list("public_id", "state"))
    return {
        ref
        for ref, state in states.items()
        if state == ReviewState.REMOVED or last.get(ref) == ModerationAction.REMOVED
    }


def _taken_back_from_moderators(reviews: QuerySet[Review]) -> set[int]:
    """Those that were withdrawn while a flag of them was open: it stays so, for there is nothing to decide any more."""
    flags = ReviewFlag.objects.filter(review=OuterRef("pk"), is_of_reply=False, state=FlagState.OPEN)
    return set(reviews.filter(Exists(flags), state=ReviewState.WITHDRAWN).values_list("pk", flat=True))


def _comes_back(reviews: QuerySet[Review], words: str, verdicts: _Verdicts, flagged: set[int]) -> bool:
    """Whether of all texts that were judged, or escaped judging, the one most like `words` was not let stand.

    The most like: who mends what was removed and goes on with what was approved is left alone.
    """
    last = {(ref, version): action for ref, version, action in verdicts}
    if ModerationAction.REMOVED not in last.values() and not flagged:
        return False
    versions = (
        ReviewVersion.objects.filter(review__in=reviews)
        .annotate(alike=Case(When(words=words, then=Value(1.0)), default=TrigramSimilarity("words", words)))
        .filter(alike__gte=LEAST_ALIKE)
        .order_by("-alike", "-at", "-pk")
        .values_list("review", "review__public_id", "number")
    )
    for pk, ref, number in versions:
        if (ref, number) in last:
            return last[ref, number] == ModerationAction.REMOVED
        if pk in flagged:
            return True
    return False


def log(
    action: ModerationAction,
    *,
    reason: str,
    review: Review | None = None,
    method: Method | None = None,
    actor: User | None = None,
) -> ModerationEntry:
    """Write one line of the log; actor: nobody for what the rules did."""
    return ModerationEntry.objects.create(
        action=action,
        reason=reason,
        review_ref=review.public_id if review else "",
        version=review.version if review else None,
        method=method or (review.shown_method if review else None),
        actor=actor,
    )
