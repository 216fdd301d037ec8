"""Every address of reviews, with ids and forms that nobody should send, by everybody: refused, and no harm done.

It walks the addresses that there are, so one that comes is tried from its first day.
"""

import json
import uuid
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode, urlsplit

import pytest
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from accounts.models import PublisherMember, SectionMember, User
from reviews.content import ReviewContent
from reviews.models import Appeal, HelpfulVote, PublisherReply, Review, ReviewDraft, ReviewFlag, ReviewVersion
from reviews.rubric import rubric
from tests.people import sign_in
from tests.review_support import make_teacher
from tests.rights.world import World, make_world

pytestmark = pytest.mark.django_db

SCRIPT = "<script>alert(1)</script>"
NASTY = (SCRIPT, "\x00", "\u202egnirevel\u202c\u200b", "9" * 5_000, "//elders.example/")
IDS = ("x", "%00", "%F0%9F%A6%89", "a" * 500)
ANSWERS = {200, 201, 204, 301, 302, 400, 401, 403, 404, 405, 409, 412, 413, 415, 422, 428, 429}
"""Anything but these is a fault: 500 most of all, and 503, for every service is there."""

NAMES = (
    *ReviewContent.__dataclass_fields__,
    *(f"{part}-{code}" for part in ("score", "reason") for code in rubric().codes),
    *("actie", "acknowledged", "after", "antwoord", "before", "beoordeling", "concept", "confirm", "cursor", "dagen"),
    *("decision", "draft", "edition", "ean", "gezien", "last_entry", "method", "methode", "next", "noemen", "order"),
    *("page_size", "product", "reason", "reply_text", "saves", "scores", "seen", "sort", "standard", "text", "toon"),
    *("version", "held_account_days", "toestand", "versie", "is_of_reply"),
)
"""What forms and addresses of this room carry."""


NEEDS_NO_WORDS = (":withdraw", ":helpful")
"""Buttons that say all by themselves: whoever may press them does something, whatever else is sent."""


def _walk(resolver: URLResolver, namespace: str = "", route: str = "/") -> Iterator[tuple[str, str, tuple[str, ...]]]:
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from _walk(pattern, inner, route + str(pattern.pattern))
        elif isinstance(pattern, URLPattern) and namespace.startswith("reviews"):
            yield f"{namespace}{pattern.name}", route + str(pattern.pattern), tuple(pattern.pattern.converters)


ADDRESSES = {name: (route, names) for name, route, names in _walk(get_resolver())}


def make_draft(world: World) -> ReviewDraft:
    """Of the writer of the world's reviews."""
    writer = world.review.author
    assert writer is not None
    return ReviewDraft.objects.create(author=writer, method=world.review.method, key=uuid.uuid4())


def paths(name: str, world: World, draft: ReviewDraft) -> list[str]:
    """The address with every id that somebody may try."""
    route, parts = ADDRESSES[name]
    if not parts:
        return [route]
    assert len(parts) == 1, "an address with two parts needs a thought here"
    known: dict[str, list[object]] = {
        "public_id": [world.review.public_id, world.waiting_review.public_id, world.removed_review.public_id,
                      world.review.shown_method.public_id],
        "key": [draft.key, uuid.UUID(int=7)],
        "slug": [world.publisher.slug, world.other_publisher.slug],
        "pk": [world.section.pk, world.other_section.pk, 10**18, 10**30],
    }  # fmt: skip
    ids = [*map(str, known[parts[0]]), *IDS]
    start, _sign, rest = route.partition("<")
    return [f"{start}{one}{rest.partition('>')[2]}" for one in ids]


def visitors(world: World) -> list[tuple[str, Client]]:
    writer = world.review.author
    assert writer is not None
    owner = User.objects.create_user(issuer="https://federatie.example", display_name="Van de uitgever")
    PublisherMember.objects.create(user=owner, publisher=world.publisher, role="owner")
    moderator = make_teacher()
    User.objects.filter(pk=moderator.pk).update(is_moderator=True, is_staff=True)
    moderator.refresh_from_db()
    SectionMember.objects.filter(section=world.section, user=writer).update(role="lead")
    people = {"writer and lead": writer, "owner": owner, "moderator": moderator}
    return [("nobody", Client()), *((name, sign_in(Client(), one)) for name, one in people.items())]


def state() -> tuple[Any, ...]:
    """What nobody's nonsense may change of what others wrote."""
    return (
        list(Review.objects.order_by("pk").values_list("pk", "version", "state", "body", "author")),
        list(ReviewVersion.objects.order_by("pk").values_list("pk", flat=True)),
        [model.objects.count() for model in (Appeal, HelpfulVote, PublisherReply, ReviewFlag)],
    )


def check(answer: Any, told: str) -> None:
    assert answer.status_code in ANSWERS, f"{told}: {answer.status_code}"
    if answer.status_code in {301, 302}:
        assert urlsplit(answer["Location"]).netloc in {"", "testserver"}, f"{told}: leads away"
    elif answer.get("Content-Type", "").startswith("text/html"):
        page = answer.content.decode()
        assert SCRIPT not in page, f"{told}: a script that was sent is in the page"


@pytest.mark.slow
@pytest.mark.parametrize("name", ADDRESSES)
def test_nonsense_by_anybody_is_answered_and_changes_nothing(name, settings):
    settings.ELASTICSEARCH_URL = ""
    world = make_world()
    draft = make_draft(world)
    tried = paths(name, world, draft)
    # What is well-formed but for one thing may do something; a choice that is none never does.
    forms = [dict.fromkeys(NAMES, nasty) for nasty in NASTY]
    before = state()
    for who, client in visitors(world):
        for path in tried:
            for form in (None, *(forms[:1] if any(f"/{one}/" in path for one in IDS) else forms)):
                told = f"{who} {path[:80]} {str(form and form['body'])[:12]!r}"
                with transaction.atomic():
                    query = {} if form is None else {key: form[key][:200] for key in NAMES[-40:]}
                    asked = f"{path}?{urlencode(query)}"
                    check(client.get(asked), f"GET {told}")
                    if form is not None:
                        check(client.post(path, form), f"POST {told}")
                    assert not transaction.get_connection().needs_rollback, told
    assert name.endswith(NEEDS_NO_WORDS) or state() == before, name


@pytest.mark.slow
@pytest.mark.parametrize("name", [one for one in ADDRESSES if one.startswith("reviews-api:")])
def test_bodies_that_are_no_bodies(name):
    world = make_world()
    draft = make_draft(world)
    values: tuple[Any, ...] = (None, True, 7.5, [], {}, [[]], {"a": {"b": [1]}}, "\ud800", SCRIPT, "x" * 20_000, 10**40)
    bodies = [json.dumps(dict.fromkeys(NAMES, value)) for value in values] + [
        *map(json.dumps, values),
        "",
        "{",
        "[" * 10_000,
        '{"a": NaN}',
        '{"body": "\\ud83d"}',
    ]
    before = state()
    for who, client in visitors(world):
        for path in paths(name, world, draft)[:4]:
            for body in bodies:
                for method in ("post", "put", "delete"):
                    answer = client.generic(method.upper(), path, body, content_type="application/json")
                    check(answer, f"{method} {who} {path} {body[:30]}")
    assert name.endswith(NEEDS_NO_WORDS) or state()[0] == before[0], name


def test_there_is_something_to_try():
    assert {"reviews:after-deletion", "reviews:after-deletion-all"} <= ADDRESSES.keys()
