"""Loads the demonstration's reviews, once: who comes again finds what people made of them since.

Everything is invented; the accounts that wrote it have the demonstration's issuer and no password, so nobody signs in
to them, and a site that is no demonstration lets that issuer in nowhere.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, time

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.exceptions import DemonstrationRefused
from accounts.models import DEMONSTRATION_ISSUER
from reviews.demo.own import load_own
from reviews.demo.plan import plan_reviews
from reviews.demo.reactions import plan_votes, store_moderation, store_replies, store_votes
from reviews.demo.shelf import titles, vocabulary
from reviews.demo.storing import store_people, store_reviews
from reviews.models import Review, ReviewState
from reviews.selectors.rubrics import current_rubric, current_rubric_row
from reviews.services.mending import restate_when_alone
from reviews.services.summaries import recount_methods, reviewed_methods

COUNT = 3000


@dataclass(frozen=True, slots=True)
class Loaded:
    """added: how many reviews were stored now; own: how many of them, and drafts, are of the teacher who signs in."""

    added: int
    own: int
    reviews: int
    methods: int
    waiting: int


def load_reviews(*, count: int = COUNT) -> Loaded:
    """Store them where there are none yet. Raises DemonstrationRefused outside the demonstration."""
    if not settings.DEMONSTRATION:
        raise DemonstrationRefused(
            _("Dit is geen demonstratie (DEMONSTRATION staat uit): verzonnen beoordelingen komen hier niet. "
              "Start de demonstratie met `make run`.")
        )  # fmt: skip
    invented = Review.objects.filter(author__issuer=DEMONSTRATION_ISSUER, author__subject__startswith="beoordelaar-")
    with transaction.atomic():
        added = 0 if invented.exists() else _load(count)
        own = load_own()
    return Loaded(
        added=added,
        own=own,
        reviews=Review.objects.count(),
        methods=Review.objects.filter(state=ReviewState.PUBLISHED).values("shown_method").distinct().count(),
        waiting=Review.objects.filter(state=ReviewState.WAITING).count(),
    )


def _load(count: int) -> int:
    today = timezone.localdate()
    now = datetime.combine(today, time(0), UTC)
    plan = plan_reviews(titles(), count=count, today=today, codes=current_rubric().codes, known=vocabulary())
    people = store_people(plan)
    votes = plan_votes(plan.written, plan)
    votes = {ref: [number for number in numbers if number in people.users] for ref, numbers in votes.items()}
    stored = store_reviews(
        plan.written, people, current_rubric_row(), {ref: len(numbers) for ref, numbers in votes.items()}
    )
    reviews = {review.public_id: review for review in stored}
    store_votes(votes, reviews, people, now)
    store_replies(plan.written, reviews, now)
    store_moderation(plan, reviews, people, now)
    # Sort values follow what all reviews say together; before there were any, that was the middle of the scale. Where
    # it comes to be something else, every method that has reviews is counted by that.
    if not restate_when_alone(wait_seconds=60):
        for batch in reviewed_methods():
            recount_methods(batch)
    return len(stored)
