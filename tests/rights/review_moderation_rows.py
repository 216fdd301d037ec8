"""The rows of the table about flags, the moderators' queue and appeals."""

from reviews.models import ReviewFlag
from tests.rights.attempts import Action, at, sends, visits
from tests.rights.roles import EVERYBODY, Role
from tests.rights.world import World

AREA = "Reviews"

MODERATORS = frozenset({Role.MODERATOR, Role.STAFF})


def _published(world: World) -> str:
    return world.review.public_id


def _removed(world: World) -> str:
    return world.removed_review.public_id


REVIEW_MODERATION: list[Action] = [
    Action(
        AREA,
        "say that a published review is against the rules",
        # Whoever has yet to show a second factor is led there first.
        EVERYBODY - {Role.UNPROVEN},
        sends(
            at("reviews:flag", _published),
            lambda _world: {"reason": "abuse", "text": "Zie de tweede zin."},
            lambda world: ReviewFlag.objects.filter(review=world.review).exists(),
        ),
        "reviews.access.may_flag",
        ("reviews:flag", "reviews:flag-thanks"),
    ),
    Action(
        AREA,
        "say it of one that waits",
        frozenset(),
        sends(
            at("reviews:flag", lambda world: world.waiting_review.public_id),
            lambda _world: {"reason": "abuse"},
            lambda world: ReviewFlag.objects.filter(review=world.waiting_review).exists(),
        ),
        "reviews.access.may_flag",
    ),
    Action(
        AREA,
        "appeal against the removal of another's review",
        frozenset(),
        visits(at("reviews:appeal", _removed)),
        "reviews.access.may_appeal",
        ("reviews:appeal",),
    ),
]
