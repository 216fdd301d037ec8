"""Publish, change and withdraw a teacher's review. Pages and the API come through here with the same rules."""

import secrets
from collections.abc import Iterable
from datetime import timedelta
from decimal import ROUND_HALF_UP, Decimal
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.access import proven_affiliations
from accounts.models import Affiliation, User
from catalogus.models import Edition, Method
from catalogus.naming import normal_form
from catalogus.public_ids import public_id
from reviews.access import MethodStanding, method_standing
from reviews.content import Answer, ReviewContent
from reviews.exceptions import NeedsAttention, ReviewChanged, ReviewNotAllowed
from reviews.models import Review, ReviewDraft, ReviewScore, ReviewState, ReviewVersion, ShownAs
from reviews.models.moderation import ModerationAction
from reviews.placing import About, places_of
from reviews.rubric import LEAST_SCORED
from reviews.selectors.naming_school import section_at
from reviews.selectors.rubrics import current_rubric_row
from reviews.services.first_published import first_published
from reviews.services.holding import HoldReason, hold_reason, log
from reviews.services.locking import hold_product, lock_method
from reviews.services.summaries import recount_methods
from reviews.standing_words import why_not
from reviews.wording import findings

MOST_A_DAY = 10
"""New reviews of one person in 24 hours: more than anybody teaches with in earnest, few enough to spoil little."""

MOST_CHANGES_A_DAY = 20
"""New versions of one review in 24 hours; each is kept, and read again by whoever follows it."""

_HUNDREDTH = Decimal("0.01")


@transaction.atomic
def publish_review(
    *, author: User, method: Method, content: ReviewContent, acknowledged: bool = False, draft_key: UUID | None = None
) -> Review:
    """Store a teacher's review, in public or before a moderator, and refresh the method's summary.

    method: one that stands. acknowledged: the writer looked at what reviews.wording found and wants it so. draft_key:
    of the draft that it was written in, which goes.

    Raises ReviewNotAllowed (who may not, or too many in a day), NeedsAttention, ReviewChanged (the draft was published
    already) and ValidationError, by field (a second one for this edition and school year, a name that is missing).
    """
    hold_product(content.product)
    method = lock_method(method)
    _take_draft(author, draft_key)
    _refuse_unless_allowed(author, method)
    _refuse_too_many(author)
    _ask_attention(content, acknowledged=acknowledged)
    affiliation = _affiliation(author, content.school)
    now = timezone.now()
    held = hold_reason(author=author, method=method, words=_words(content))
    review = Review(
        public_id=public_id("review", secrets.token_hex(16)),
        author=author,
        school=affiliation.school,
        assurance=affiliation.assurance,
        rubric=current_rubric_row(),
        version=1,
        written_at=now,
    )
    _fill(review, author, content, method)
    review.published_at = first_published(review)
    _settle(review, held)
    _store(review, content)
    if held:
        log(ModerationAction.HELD, review=review, reason=held.value)
    recount_methods([review.shown_method_id])
    return review


@transaction.atomic
def edit_review(
    *, author: User, review: Review, content: ReviewContent, version: int, acknowledged: bool = False,
    draft_key: UUID | None = None,
) -> Review:  # fmt: skip
    """Give a review another version; the earlier ones are kept, and readers see that it was changed.

    version: the one that the writer saw. The school stays, for it is where it was used. A removed one goes before a
    moderator. Raises as publish_review does, ReviewNotAllowed for another's or a withdrawn one too, and ReviewChanged
    where it has another version or state by now.
    """
    hold_product(content.product)
    before = review.shown_method_id
    method = lock_method(review.shown_method)
    review = Review.objects.select_for_update(of=("self",), no_key=True).get(pk=review.pk)
    _take_draft(author, draft_key)
    if review.author_id != author.pk:
        raise ReviewNotAllowed(_("Deze beoordeling is van een ander."))
    if review.state == ReviewState.WITHDRAWN:
        raise ReviewNotAllowed(_("U hebt deze beoordeling ingetrokken; schrijf een nieuwe."))
    if review.version != version:
        raise ReviewChanged(_("De beoordeling is intussen gewijzigd. Kijk hoe zij nu is en pas die aan."))
    _refuse_unless_allowed(author, method)
    _refuse_too_many_changes(review)
    _ask_attention(content, acknowledged=acknowledged)
    held = hold_reason(author=author, method=method, words=_words(content), review=review)
    review.version += 1
    review.edited_at = timezone.now()
    review.rubric = current_rubric_row()
    _fill(review, author, content, method)
    _settle(review, held)
    _store(review, content)
    if held:
        log(ModerationAction.HELD, review=review, reason=held.value)
    recount_methods({before, review.shown_method_id})
    return review


@transaction.atomic
def withdraw_review(*, author: User, review: Review) -> Review:
    """Take a review back: nobody but its writer reads it any more, and its place is free for a new one.

    Raises ReviewNotAllowed for another's and for one that a moderator removed, and ReviewChanged where it went to
    another method at this moment. May be called again.
    """
    method = lock_method(review.shown_method)
    review = Review.objects.select_for_update(of=("self",), no_key=True).get(pk=review.pk)
    if review.author_id != author.pk:
        raise ReviewNotAllowed(_("Deze beoordeling is van een ander."))
    if review.shown_method_id != method.pk:
        # Waiting for that method with the review in hand would be the wrong order.
        raise ReviewChanged(_("Deze beoordeling is net bij een andere methode gezet. Probeer het nog eens."))
    if review.state == ReviewState.REMOVED:
        raise ReviewNotAllowed(removed_words())
    if review.state != ReviewState.WITHDRAWN:
        review.state = ReviewState.WITHDRAWN
        review.closed_at = timezone.now()
        review.save(update_fields=["state", "closed_at"])
        ReviewDraft.objects.filter(review=review).delete()
        recount_methods([review.shown_method_id])
    return review


def removed_words() -> str:
    """Why a removed review is not withdrawn, and what its writer can do."""
    return _("Een moderator haalde deze beoordeling weg; u kunt haar aanpassen of in beroep gaan.")


def total_of(answers: Iterable[Answer]) -> Decimal | None:
    """The mean of the scores, 1 to 4 in hundredths; None where fewer than LEAST_SCORED criteria have one."""
    scores = [answer.score for answer in answers if answer.score is not None]
    if len(scores) < LEAST_SCORED:
        return None
    return (Decimal(sum(scores)) / len(scores)).quantize(_HUNDREDTH, ROUND_HALF_UP)


def _take_draft(author: User, key: UUID | None) -> None:
    if key is None:
        return
    gone, _rows = ReviewDraft.objects.filter(key=key, author=author).delete()
    if not gone:
        raise ReviewChanged(_("Deze beoordeling is al verstuurd. Bij uw beoordelingen ziet u hoe zij ervoor staat."))


def _refuse_unless_allowed(author: User, method: Method) -> None:
    standing = method_standing(author, method)
    if standing is not MethodStanding.ALLOWED:
        raise ReviewNotAllowed(why_not(standing))


def _refuse_too_many(author: User) -> None:
    # Two windows of one person wait for each other here, so that both are counted.
    if not User.objects.select_for_update(no_key=True).filter(pk=author.pk):
        raise ReviewNotAllowed(_("Uw account is zojuist verwijderd."))
    since = timezone.now() - timedelta(days=1)
    if Review.objects.filter(author=author, written_at__gt=since).count() >= MOST_A_DAY:
        text = _("U schreef vandaag %(most)d beoordelingen; morgen kunt u verder. Uw concept blijft bewaard.")
        raise ReviewNotAllowed(text % {"most": MOST_A_DAY})


def _refuse_too_many_changes(review: Review) -> None:
    since = timezone.now() - timedelta(days=1)
    if review.versions.filter(at__gt=since, number__gt=1).count() >= MOST_CHANGES_A_DAY:
        text = _("U wijzigde deze beoordeling vandaag %(most)d keer; morgen kunt u verder. Uw concept blijft bewaard.")
        raise ReviewNotAllowed(text % {"most": MOST_CHANGES_A_DAY})


def _ask_attention(content: ReviewContent, *, acknowledged: bool) -> None:
    found = findings(content.texts)
    if found and not acknowledged:
        raise NeedsAttention(found)


def _affiliation(author: User, code: str) -> Affiliation:
    """Where it was used: the school that the writer chose, of those where they were shown to work."""
    proven = proven_affiliations(author)
    if not code and len(proven) == 1:
        return proven[0]
    if not code:
        text = _("U werkt op meer dan één school; kies waar u het gebruikte: %(codes)s.")
        raise ValidationError({"school": text % {"codes": ", ".join(one.school.code for one in proven)}})
    found = next((one for one in proven if one.school.code == code), None)
    if found is None:
        text = _("U werkt niet op school “%(code)s”; kies uit %(codes)s.")
        codes = ", ".join(one.school.code for one in proven)
        raise ValidationError({"school": text % {"code": code, "codes": codes}})
    return found


def _fill(review: Review, author: User, content: ReviewContent, method: Method) -> None:
    """Write what is said into the columns. Raises ValidationError for what only the person's account can tell."""
    if content.shown_as == ShownAs.NAME and not author.display_name.strip():
        raise ValidationError(
            {"shown_as": _("Uw account heeft nog geen naam. Geef er een op, of kies een omschrijving.")}
        )
    review.section = section_at(author, review.school, content.subject)
    if content.names_school and review.section is None:
        raise ValidationError(
            {
                "names_school": _(
                    "Een school wordt alleen genoemd als haar vaksectie dat goedvindt, en u bent daar lid van geen."
                )
            }
        )
    # What was reviewed stays the method that it was, also where it was merged since.
    reviewed = Edition.objects.get(pk=content.edition)
    review.method_id, review.edition_id, review.product_id = reviewed.method_id, reviewed.pk, content.product
    place = places_of([about := About(review.method_id, review.edition_id, review.product_id)])[about]
    review.shown_method_id, review.shown_edition_id = place.method, place.edition
    if review.shown_method_id != method.pk:
        raise ReviewChanged(_("Wat u beoordeelt, is intussen bij een andere methode gezet. Begin daar opnieuw."))
    for name in _COLUMNS:
        setattr(review, name, getattr(content, name))
    review.levels, review.years = list(content.levels), list(content.years)
    review.total = total_of(content.answers.values())


_COLUMNS = (
    "school_year",
    "sector",
    "subject",
    "use",
    "duration",
    "role",
    "pupils",
    "strong_point",
    "weak_point",
    "would_choose_again",
    "body",
    "interests",
    "interests_text",
    "shown_as",
    "names_school",
    "after_deletion",
)
"""What stands in ReviewContent as in Review."""


def _settle(review: Review, held: HoldReason | None) -> None:
    """Public, or before a moderator."""
    review.closed_at, review.removal_reason = None, ""
    if held:
        review.state = ReviewState.WAITING
        return
    review.state = ReviewState.PUBLISHED
    review.published_at = review.published_at or review.edited_at or review.written_at


def _store(review: Review, content: ReviewContent) -> None:
    try:
        review.full_clean(exclude=["shown_method", "shown_edition", "section"])
    except ValidationError as error:
        raise ValidationError(_by_field(error)) from error
    review.save()
    review.scores.all().delete()
    ReviewScore.objects.bulk_create(
        ReviewScore(review=review, criterion=code, score=one.score, unscored=one.unscored, reason=one.reason)
        for code, one in content.answers.items()
    )
    ReviewVersion.objects.create(
        review=review,
        number=review.version,
        content=content.as_json(),
        words=_words(content),
        at=review.edited_at or review.written_at,
    )


def _words(content: ReviewContent) -> str:
    return normal_form(" ".join(content.texts.values()))


def _by_field(error: ValidationError) -> dict[str, list[str]]:
    """A constraint's own sentence belongs to the school year: the form's field that can be changed."""
    errors = error.message_dict
    whole = errors.pop("__all__", [])
    return errors | ({"school_year": whole} if whole else {})
