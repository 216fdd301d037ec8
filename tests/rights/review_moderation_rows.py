"""The rows of the table about flags, the moderators' queue and appeals."""

from reviews.models import ModerationEntry, PreModeration, Review, ReviewFlag, ReviewState, SectionConsent
from reviews.services.appeals import make_appeal
from reviews.services.erasing import ERASED
from reviews.services.moderating import last_entry_about
from tests.rights.attempts import Action, at, sends, visits
from tests.rights.roles import EVERYBODY, STAFF, Person, Role
from tests.rights.world import World

AREA = "Reviews"

MODERATORS = frozenset({Role.MODERATOR, Role.STAFF})


def _published(world: World) -> str:
    return world.review.public_id


def _removed(world: World) -> str:
    return world.removed_review.public_id


def _judges(verdict: str, *, last_entry: int = 0) -> dict[str, str]:
    return {"besluit": verdict, "ready": "in-order", "reason": "", "version": "1", "last_entry": str(last_entry)}


def _is(review: Review, state: ReviewState) -> bool:
    return Review.objects.filter(pk=review.pk, state=state).exists()


def _decides_an_appeal(world: World, person: Person) -> bool:
    author = world.removed_review.author
    assert author is not None
    make_appeal(author=author, review=world.removed_review, text="Het is een personage.", version=1)
    return sends(
        at("reviews:moderate", _removed),
        lambda world: _judges("grant", last_entry=last_entry_about(world.removed_review)),
        lambda world: _is(world.removed_review, ReviewState.PUBLISHED),
    )(world, person)


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
    Action(
        AREA,
        "see what waits for a moderator, the log and the signals",
        MODERATORS,
        visits(
            at("reviews:queue"),
            at("reviews:moderation-log"),
            at("reviews:moderation-signals"),
            at("reviews:moderate", _published),
            at("reviews:moderate", _removed),
        ),
        "accounts.access.may_moderate",
        ("reviews:queue", "reviews:moderation-log", "reviews:moderation-signals"),
    ),
    Action(
        AREA,
        "publish a review that waits",
        MODERATORS,
        sends(
            at("reviews:moderate", lambda world: world.waiting_review.public_id),
            lambda _world: _judges("approve"),
            lambda world: _is(world.waiting_review, ReviewState.PUBLISHED),
        ),
        "reviews.access.may_judge",
        ("reviews:moderate",),
    ),
    Action(
        AREA,
        "remove a published review",
        MODERATORS,
        sends(
            at("reviews:moderate", _published),
            lambda _world: _judges("remove"),
            lambda world: _is(world.review, ReviewState.REMOVED),
        ),
        "reviews.access.may_judge",
    ),
    Action(
        AREA,
        "put a removed review back",
        MODERATORS,
        sends(
            at("reviews:moderate", _removed),
            lambda world: _judges("restore", last_entry=last_entry_about(world.removed_review)),
            lambda world: _is(world.removed_review, ReviewState.PUBLISHED),
        ),
        "reviews.access.may_judge",
    ),
    Action(
        AREA,
        "decide about an appeal against what another removed",
        MODERATORS,
        _decides_an_appeal,
        "reviews.access.may_decide_appeal",
    ),
    Action(
        AREA,
        "erase the reason of a line of the moderation log",
        STAFF,
        sends(
            at("reviews:moderation-log"),
            lambda world: {"wissen": str(last_entry_about(world.removed_review))},
            lambda world: ModerationEntry.objects.get(review_ref=world.removed_review.public_id).reason == ERASED,
        ),
        "reviews.access.may_erase_reasons",
        ("reviews:moderation-log",),
    ),
    Action(
        AREA,
        "see and set which reviews wait for a moderator",
        STAFF,
        sends(
            at("reviews:moderation-holding"),
            lambda world: {"wat": "aan", "method": world.product.method.public_id, "reason": "Een aanval."},
            lambda _world: PreModeration.objects.exists(),
        ),
        "reviews.access.may_set_holding",
        ("reviews:moderation-holding",),
    ),
    Action(
        AREA,
        "let the section's school be named with reviews",
        frozenset({Role.LEAD}),
        sends(
            at("reviews:section-consent", lambda world: world.section.pk),
            lambda _world: {"noemen": "ja"},
            lambda world: SectionConsent.objects.filter(section=world.section).exists(),
        ),
        "reviews.access.may_let_school_be_named",
        ("reviews:section-consent",),
    ),
    Action(
        AREA,
        "let another section's school be named",
        frozenset(),
        sends(
            at("reviews:section-consent", lambda world: world.other_section.pk),
            lambda _world: {"noemen": "ja"},
            lambda world: SectionConsent.objects.filter(section=world.other_section).exists(),
        ),
        "reviews.access.may_let_school_be_named",
    ),
]
