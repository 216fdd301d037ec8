"""The rows of the table about the publisher's replies and readers' votes."""

from collections.abc import Callable

from reviews.models import HelpfulVote, PublisherReply, Review
from tests.rights.attempts import Action, Attempt, at, sends, visits
from tests.rights.roles import PUBLISHER, STAFF, WORKS_HERE, Person, Role
from tests.rights.world import World

AREA = "Reviews"
_REPLIES = "reviews.access.may_reply"

_WRITES_FOR_PUBLISHER = frozenset({Role.EDITOR, Role.OWNER})


def _has_reply(review: Callable[[World], Review]) -> Callable[[World], bool]:
    return lambda world: PublisherReply.objects.filter(review=review(world), text="Dank u.").exists()


def _replies_to(review: Callable[[World], Review]) -> Attempt:
    return sends(
        at("reviews:reply", lambda world: review(world).public_id),
        lambda _world: {"text": "Dank u."},
        _has_reply(review),
    )


def _withdraws(world: World, person: Person) -> bool:
    """Of a reply that a colleague wrote."""
    PublisherReply.objects.create(
        review=world.review, publisher=world.publisher, text="Van een collega.", answered_version=world.review.version
    )
    return sends(
        at("reviews:reply", lambda world: world.review.public_id),
        lambda _world: {"actie": "intrekken"},
        lambda world: not PublisherReply.objects.filter(review=world.review).exists(),
    )(world, person)


REVIEW_ANSWERING: list[Action] = [
    Action(
        AREA,
        "see what is said of the publisher's methods, to reply",
        STAFF | PUBLISHER,
        visits(at("reviews:publisher-reviews", lambda world: world.publisher.slug)),
        "reviews.access.may_see_reviews_of",
        ("reviews:publisher-reviews",),
    ),
    Action(
        AREA,
        "the same of another publisher's",
        STAFF,
        visits(at("reviews:publisher-reviews", lambda world: world.other_publisher.slug)),
        "reviews.access.may_see_reviews_of",
    ),
    Action(
        AREA,
        "reply in the publisher's name",
        _WRITES_FOR_PUBLISHER,
        _replies_to(lambda world: world.review),
        _REPLIES,
        ("reviews:reply",),
    ),
    Action(AREA, "take the publisher's reply back", _WRITES_FOR_PUBLISHER, _withdraws, _REPLIES),
    Action(
        AREA,
        "reply to a review that waits, or was removed",
        frozenset(),
        _replies_to(lambda world: world.waiting_review),
        _REPLIES,
    ),
    Action(
        AREA,
        "say that a review is of use",
        WORKS_HERE,
        sends(
            at("reviews:helpful", lambda world: world.review.public_id),
            lambda _world: {},
            lambda world: HelpfulVote.objects.filter(review=world.review).exists(),
        ),
        "reviews.access.may_find_helpful",
        ("reviews:helpful",),
    ),
]
