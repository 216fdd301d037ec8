"""The rows of the table about what everybody reads of reviews."""

from tests.rights.attempts import Action, at, visits
from tests.rights.roles import EVERYBODY, Role
from tests.rights.world import World

AREA = "Reviews"

_READS = "reviews.access.review_to_read"

_MODERATORS = frozenset({Role.MODERATOR, Role.STAFF})


def _method(world: World) -> str:
    return world.review.shown_method.public_id


def _published(world: World) -> str:
    return world.review.public_id


REVIEW_READING: list[Action] = [
    Action(
        AREA,
        "read the reviews of a method, and a published review",
        # Whoever has yet to show a second factor is led there first.
        EVERYBODY - {Role.UNPROVEN},
        visits(at("reviews:method-reviews", _method), at("reviews:review", _published)),
        _READS,
        ("reviews:method-reviews", "reviews:review"),
    ),
    Action(
        AREA,
        "read another's review that waits or was removed",
        _MODERATORS,
        visits(
            at("reviews:review", lambda world: world.waiting_review.public_id),
            at("reviews:review", lambda world: world.removed_review.public_id),
        ),
        _READS,
    ),
    Action(
        AREA,
        "read what another's review said before it was changed",
        _MODERATORS,
        visits(at("reviews:review-versions", _published)),
        "reviews.access.may_read_versions",
        ("reviews:review-versions",),
    ),
]
