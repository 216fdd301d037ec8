"""The rows of the table in which the rules of reviews are asked themselves, whatever page they decide for by now."""

from collections.abc import Callable

from django.contrib.auth.models import AnonymousUser
from django.http import Http404
from django.urls import reverse

from accounts.access import Visitor
from accounts.models import User
from reviews import access
from reviews.exceptions import ReviewNotAllowed
from reviews.models import AfterDeletion, Review
from tests.rights.attempts import Action, Attempt, at, is_let_in, sends
from tests.rights.roles import EVERYBODY, PUBLISHER, SIGNED_IN, STAFF, WORKS_HERE, Person, Role
from tests.rights.world import World

AREA = "Reviews"

_JUDGES = frozenset({Role.MODERATOR, Role.STAFF})
_PAGE = "/uitleg/"  # Any page will do that whoever has yet to show a second factor is not led away from.


def asks(rule: Callable[[Visitor, World], object]) -> Attempt:
    """Ask the function itself, with the visitor as a page would see them; what it refuses by raising is a no."""

    def attempt(world: World, person: Person) -> bool:
        try:
            return bool(rule(_seen(person), world))
        except (Http404, ReviewNotAllowed):
            return False

    return attempt


def as_writer(attempt: Attempt, review: Callable[[World], Review]) -> Attempt:
    """The same where the person wrote the review; there is none of who has no account."""

    def of_ones_own(world: World, person: Person) -> bool:
        if person.user is None:
            return attempt(world, person)
        own = review(world)
        writer, own.author = own.author, person.user
        own.save(update_fields=["author"])
        try:
            return attempt(world, person)
        finally:
            own.author = writer

    return of_ones_own


def _seen(person: Person) -> Visitor:
    user = person.client.get(_PAGE, follow=True).wsgi_request.user
    assert isinstance(user, User | AnonymousUser)
    return user


def _chooses_for_all(world: World, person: Person) -> bool:
    answer = person.client.post(reverse("reviews:after-deletion-all"), {"after_deletion": AfterDeletion.GOES})
    let_in = is_let_in(answer)
    assert _goes(world) == let_in, f"answer says {let_in}"
    return let_in


def _goes(world: World) -> bool:
    return Review.objects.filter(pk=world.review.pk, after_deletion=AfterDeletion.GOES).exists()


_choose_for_one = sends(
    at("reviews:after-deletion", lambda world: world.review.public_id),
    lambda _world: {"after_deletion": AfterDeletion.GOES},
    _goes,
)

REVIEW_RULES = [
    Action(
        AREA,
        "may review the publisher's method",
        WORKS_HERE,
        asks(lambda user, world: access.may_review_method(user, world.review.shown_method)),
        "reviews.access.may_review_method, accounts.access.may_review",
    ),
    Action(
        AREA,
        "know what another's review said before it was changed",
        _JUDGES,
        asks(lambda user, world: access.may_read_versions(user, world.review)),
        "reviews.access.may_read_versions",
    ),
    Action(
        AREA,
        "know what one's own review said before",
        SIGNED_IN,
        as_writer(asks(lambda user, world: access.may_read_versions(user, world.review)), lambda world: world.review),
        "reviews.access.may_read_versions",
    ),
    Action(
        AREA,
        "read another's that waits or was removed",
        _JUDGES,
        asks(
            lambda user, world: (
                access.review_to_read(user, world.waiting_review.public_id)
                and access.review_to_read(user, world.removed_review.public_id)
            )
        ),
        "reviews.access.review_to_read",
    ),
    Action(
        AREA,
        "say that a published review is against the rules",
        EVERYBODY,
        asks(lambda user, world: access.may_flag(user, world.review)),
        "reviews.access.may_flag",
    ),
    Action(
        AREA,
        "say so of one's own, or of what nobody reads",
        # Nobody has no review of their own, so for them it is another's.
        frozenset({Role.ANONYMOUS}),
        as_writer(
            asks(
                lambda user, world: (
                    access.may_flag(user, world.review)
                    or access.may_flag(user, world.waiting_review)
                    or access.may_flag(user, world.removed_review)
                )
            ),
            lambda world: world.review,
        ),
        "reviews.access.may_flag",
    ),
    Action(
        AREA,
        "find another's review of use",
        WORKS_HERE,
        asks(lambda user, world: access.may_find_helpful(user, world.review)),
        "reviews.access.may_find_helpful",
    ),
    Action(
        AREA,
        "find one's own of use",
        frozenset(),
        as_writer(asks(lambda user, world: access.may_find_helpful(user, world.review)), lambda world: world.review),
        "reviews.access.may_find_helpful",
    ),
    Action(
        AREA,
        "answer in the publisher's name",
        frozenset({Role.EDITOR, Role.OWNER}),
        asks(lambda user, world: access.may_reply(user, world.review)),
        "reviews.access.may_reply",
    ),
    Action(
        AREA,
        "answer to what nobody reads",
        frozenset(),
        asks(
            lambda user, world: (
                access.may_reply(user, world.waiting_review) or access.may_reply(user, world.removed_review)
            )
        ),
        "reviews.access.may_reply",
    ),
    Action(
        AREA,
        "see the reviews that the publisher can answer",
        STAFF | PUBLISHER,
        asks(lambda user, world: access.may_see_reviews_of(user, world.publisher.pk)),
        "reviews.access.may_see_reviews_of",
    ),
    Action(
        AREA,
        "see those that another publisher can answer",
        STAFF,
        asks(lambda user, world: access.may_see_reviews_of(user, world.other_publisher.pk)),
        "reviews.access.may_see_reviews_of",
    ),
    Action(
        AREA,
        "judge a review of another",
        _JUDGES,
        asks(lambda user, world: access.review_to_moderate(user, world.review.public_id)),
        "reviews.access.review_to_moderate, accounts.access.may_moderate",
    ),
    Action(
        AREA,
        "judge one's own",
        frozenset(),
        as_writer(
            asks(lambda user, world: access.review_to_moderate(user, world.review.public_id)),
            lambda world: world.review,
        ),
        "reviews.access.review_to_moderate",
    ),
    Action(
        AREA,
        "ask to look again at what was removed of another",
        frozenset(),
        asks(lambda user, world: access.may_appeal(user, world.removed_review)),
        "reviews.access.may_appeal",
    ),
    Action(
        AREA,
        "ask so of one's own",
        SIGNED_IN,
        as_writer(
            asks(lambda user, world: access.may_appeal(user, world.removed_review)),
            lambda world: world.removed_review,
        ),
        "reviews.access.may_appeal",
    ),
    Action(
        AREA,
        "decide an appeal against what another moderator did",
        _JUDGES,
        asks(lambda user, world: access.may_decide_appeal(user, world.removed_review)),
        "reviews.access.may_decide_appeal",
    ),
    Action(
        AREA,
        "let reviews wait for a moderator",
        STAFF,
        asks(lambda user, _world: access.may_set_holding(user)),
        "reviews.access.may_set_holding",
    ),
    Action(
        AREA,
        "let the section's school be named",
        frozenset({Role.LEAD}),
        asks(lambda user, world: access.may_let_school_be_named(user, world.section)),
        "reviews.access.may_let_school_be_named",
    ),
    Action(
        AREA,
        "let another section's school be named",
        frozenset(),
        asks(lambda user, world: access.may_let_school_be_named(user, world.other_section)),
        "reviews.access.may_let_school_be_named",
    ),
    Action(
        AREA,
        "choose what becomes of one's review when the account goes",
        SIGNED_IN,
        as_writer(_choose_for_one, lambda world: world.review),
        "reviews.access.own_review",
        ("reviews:after-deletion",),
    ),
    Action(
        AREA,
        "choose it for another's",
        frozenset(),
        _choose_for_one,
        "reviews.access.own_review",
    ),
    Action(
        AREA,
        "choose it for all of one's own",
        SIGNED_IN,
        as_writer(_chooses_for_all, lambda world: world.review),
        "who it is: each chooses for their own",
        ("reviews:after-deletion-all",),
    ),
]
