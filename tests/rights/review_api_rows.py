"""The rows of the table about reviews by the API: the rights of the pages, by a visit and by a token."""

import json
from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from django.test import Client
from django.urls import reverse

from reviews.models import Appeal, HelpfulVote, PublisherReply, Review, ReviewFlag, ReviewState
from tests.accounts.tokens import make_token, token_text
from tests.factories import make_method
from tests.reviews.api.support import said, without_method
from tests.rights.attempts import Action, Attempt, at, visits
from tests.rights.roles import EVERYBODY, SIGNED_IN, WORKS_HERE, Person, Role
from tests.rights.world import World

AREA = "Reviews"
_REPLIES = "reviews.access.may_reply"
_WRITES = "reviews.access.may_review_method"
_OWN = "reviews.access.own_review"
_WRITES_FOR_PUBLISHER = frozenset({Role.EDITOR, Role.OWNER})
_ALLOWED = {HTTPStatus.OK, HTTPStatus.CREATED, HTTPStatus.NO_CONTENT}
_REFUSED = {HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN, HTTPStatus.NOT_FOUND}

Body = Callable[[World], dict[str, Any]]


def _nothing(_world: World) -> dict[str, Any]:
    return {}


def calls(verb: str, name: str, body: Body, took: Callable[[World], bool], *, by_token: bool = False) -> Attempt:
    """Send JSON about the world's review; `took` tells from the database whether it did what it is for."""

    def attempt(world: World, person: Person) -> bool:
        assert not took(world), "it was so before"
        args = [] if name == "reviews" else [world.review.public_id]
        client = _program(person) if by_token else person.client
        path = reverse(f"reviews-api:{name}", args=args)
        status = client.generic(verb, path, _json(body(world)), content_type="application/json").status_code
        assert status in _ALLOWED | _REFUSED, status
        assert took(world) == (status in _ALLOWED), f"answer says {status}, database says {took(world)}"
        return status in _ALLOWED

    return attempt


def _json(body: dict[str, Any]) -> bytes:
    return json.dumps(body).encode()


def _program(person: Person) -> Client:
    """One with a token of the person, for all that a token may; nobody has none."""
    if person.user is None:
        return Client()
    text = token_text(80_000_000 + person.user.pk)
    make_token(person.user, text=text)
    return Client(headers={"Authorization": f"Bearer {text}"})


def _sees(name: str, review: Callable[[World], Review] | None = None) -> Attempt:
    def attempt(world: World, person: Person) -> bool:
        args = [review(world).public_id] if review else []
        status = person.client.get(reverse(f"reviews-api:{name}", args=args)).status_code
        assert status in _ALLOWED | _REFUSED, status
        return status in _ALLOWED

    return attempt


def _new(_world: World) -> dict[str, Any]:
    return said(make_method(name="Nieuw beoordeeld"))


def _is_written(_world: World) -> bool:
    return Review.objects.filter(method__name="Nieuw beoordeeld").exists()


def _is_changed(world: World) -> bool:
    return Review.objects.get(pk=world.review.pk).version > 1


def _is_withdrawn(world: World) -> bool:
    return Review.objects.get(pk=world.review.pk).state == ReviewState.WITHDRAWN


def _has_vote(world: World) -> bool:
    return HelpfulVote.objects.filter(review=world.review).exists()


def _has_reply(world: World) -> bool:
    return PublisherReply.objects.filter(review=world.review, text="Dank u.").exists()


def _takes_reply_back(world: World, person: Person) -> bool:
    """One that a colleague wrote."""
    PublisherReply.objects.create(
        review=world.review, publisher=world.publisher, text="Van een collega.", answered_version=world.review.version
    )
    is_gone = calls(
        "DELETE", "reply", _nothing, lambda world: not PublisherReply.objects.filter(review=world.review).exists()
    )
    return is_gone(world, person)


def _change(world: World) -> dict[str, Any]:
    return without_method(world.review.method)


REVIEW_API: list[Action] = [
    Action(
        AREA,
        "read reviews, summaries and rubrics by the API",
        EVERYBODY,
        visits(
            at("reviews-api:reviews"),
            at("reviews-api:review", lambda world: world.review.public_id),
            lambda world: f"{reverse('reviews-api:summaries')}?product={world.product.public_id}",
            at("reviews-api:rubrics"),
            at("reviews-api:rubric-current"),
        ),
        "nobody: it is open",
        (
            "reviews-api:reviews",
            "reviews-api:review",
            "reviews-api:summaries",
            "reviews-api:rubrics",
            "reviews-api:rubric-current",
        ),
    ),
    Action(
        AREA,
        "read one that waits, by the API",
        frozenset({Role.MODERATOR, Role.STAFF}),
        _sees("review", lambda world: world.waiting_review),
        "reviews.access.review_to_read",
    ),
    Action(
        AREA,
        "read one that was removed, by the API",
        frozenset({Role.MODERATOR, Role.STAFF}),
        _sees("review", lambda world: world.removed_review),
        "reviews.access.review_to_read",
    ),
    Action(
        AREA,
        "read one's own reviews by the API",
        SIGNED_IN - {Role.UNPROVEN},
        _sees("own"),
        "who it is: each reads their own",
        ("reviews-api:own",),
    ),
    Action(AREA, "write a review by the API", WORKS_HERE, calls("POST", "reviews", _new, _is_written), _WRITES),
    Action(
        AREA,
        "write a review by the API with a token",
        WORKS_HERE,
        calls("POST", "reviews", _new, _is_written, by_token=True),
        _WRITES,
    ),
    Action(AREA, "change another's by the API", frozenset(), calls("PUT", "review", _change, _is_changed), _OWN),
    Action(
        AREA,
        "change another's by the API with a token",
        frozenset(),
        calls("PUT", "review", _change, _is_changed, by_token=True),
        _OWN,
    ),
    Action(
        AREA,
        "withdraw another's by the API",
        frozenset(),
        calls("POST", "withdraw", _nothing, _is_withdrawn),
        _OWN,
        ("reviews-api:withdraw",),
    ),
    Action(
        AREA,
        "appeal for another by the API",
        frozenset(),
        calls(
            "POST", "appeals", lambda _world: {"text": "Toch.", "version": 1}, lambda _world: Appeal.objects.exists()
        ),
        "reviews.access.own_review, reviews.access.may_appeal",
        ("reviews-api:appeals",),
    ),
    Action(
        AREA,
        "flag a review by the API",
        SIGNED_IN - {Role.UNPROVEN},
        calls(
            "POST",
            "flags",
            lambda _world: {"reason": "abuse"},
            lambda world: ReviewFlag.objects.filter(review=world.review).exists(),
        ),
        "reviews.access.may_flag",
        ("reviews-api:flags",),
    ),
    Action(
        AREA,
        "say by the API that a review is of use",
        WORKS_HERE,
        calls("PUT", "helpful", _nothing, _has_vote),
        "reviews.access.may_find_helpful",
        ("reviews-api:helpful",),
    ),
    Action(
        AREA,
        "reply in the publisher's name by the API",
        _WRITES_FOR_PUBLISHER,
        calls("PUT", "reply", lambda _world: {"text": "Dank u."}, _has_reply),
        _REPLIES,
        ("reviews-api:reply",),
    ),
    Action(
        AREA,
        "the same with a token",
        frozenset(),
        calls("PUT", "reply", lambda _world: {"text": "Dank u."}, _has_reply, by_token=True),
        _REPLIES,
    ),
    Action(AREA, "take the publisher's reply back by the API", _WRITES_FOR_PUBLISHER, _takes_reply_back, _REPLIES),
]
