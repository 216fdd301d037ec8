"""The rows of the table about writing, changing and taking back one's own review."""

from django.test import Client
from django.urls import reverse

from catalogus.models import Method
from reviews.access import may_review_method
from reviews.models import Review, ReviewDraft, ReviewState
from reviews.services.drafts import open_draft
from tests.review_support import said_in_a_form
from tests.rights.attempts import Action, at, is_let_in, visits
from tests.rights.roles import SIGNED_IN, WORKS_HERE, Person, Role
from tests.rights.world import World

AREA = "Reviews"
_WRITES = "reviews.access.may_review_method"
_OWN = "reviews.access.own_review"
_OWN_DRAFT = "reviews.access.own_draft"
_PROVEN = SIGNED_IN - {Role.UNPROVEN}
"""Who speaks for others shows a second factor before they write in their own name."""


def _method(world: World) -> Method:
    return world.other_product.method


def _others(world: World) -> str:
    return world.review.public_id


def _publishes(world: World, person: Person) -> bool:
    """Through the form, the preview and its button; whoever may not has no form to send."""
    method = _method(world)
    address = reverse("reviews:write", args=[method.public_id])
    draft = (
        ReviewDraft.objects.filter(author=person.user).first()
        if person.client.get(address).status_code == 200
        else None
    )
    sent = said_in_a_form(method) | {"actie": "publiceren", "saves": "0", "draft": str(draft.key) if draft else ""}
    response = person.client.post(address, sent)
    was_written = Review.objects.filter(method=method).exists()
    assert was_written == is_let_in(response), response.status_code
    return was_written


def _keeps_while_typing(world: World, person: Person) -> bool:
    """What a draft of one's own is for: also of who may not review any more, and never another's. 401 for nobody."""
    method = _method(world)
    key = str(open_draft(author=person.user, method=method).key) if person.user else ""
    address = reverse("reviews:draft", args=[method.public_id])
    response = person.client.post(address, {"draft": key, "saves": "0", "body": "Half"})
    was_kept = ReviewDraft.objects.filter(saves=1).exists()
    assert was_kept == (response.status_code == 200), response.status_code
    return was_kept


def _comes_at_anothers_draft(world: World, person: Person) -> bool:
    draft = open_draft(author=world.colleague.user, method=_method(world))
    discard = reverse("reviews:draft-discard", args=[draft.key])
    kept = person.client.post(
        reverse("reviews:draft", args=[draft.method.public_id]),
        {"draft": str(draft.key), "saves": "0", "body": "Van mij"},
    )
    is_asked, was_done = is_let_in(person.client.get(discard)), is_let_in(person.client.post(discard))
    is_untouched = ReviewDraft.objects.filter(pk=draft.pk, saves=0).exists()
    return is_asked or was_done or kept.status_code == 200 or not is_untouched


def _changes_anothers(world: World, person: Person) -> bool:
    """GET and POST of the form, and of taking it back."""
    edit, withdraw = (reverse(f"reviews:{name}", args=[_others(world)]) for name in ("edit", "withdraw"))
    sent = said_in_a_form(world.review.method) | {"actie": "publiceren", "saves": "0", "draft": "", "version": "1"}
    answers = [_tries(person.client, edit, sent), _tries(person.client, withdraw, {})]
    is_untouched = Review.objects.filter(pk=world.review.pk, version=1, state=ReviewState.PUBLISHED).exists()
    return any(answers) or not is_untouched


def _tries(client: Client, address: str, sent: dict[str, str | list[str]]) -> bool:
    return is_let_in(client.get(address)) or is_let_in(client.post(address, sent))


def _may_write(world: World, person: Person) -> bool:
    request = person.client.get("/zoeken/", follow=True).wsgi_request
    return may_review_method(request.user, _method(world))


REVIEW_WRITING: list[Action] = [
    Action(AREA, "be somebody whose review of a method counts", WORKS_HERE, _may_write, _WRITES),
    Action(
        AREA,
        "write a review and publish it",
        WORKS_HERE,
        _publishes,
        _WRITES,
        ("reviews:write", "reviews:preview", "reviews:thanks"),
    ),
    Action(AREA, "keep one's own draft while typing", _PROVEN, _keeps_while_typing, _OWN_DRAFT, ("reviews:draft",)),
    Action(
        AREA,
        "see one's own reviews and drafts",
        _PROVEN,
        visits(at("reviews:own")),
        "who it is: each sees their own",
        ("reviews:own",),
    ),
    Action(
        AREA,
        "keep, send or throw away another's draft",
        frozenset(),
        _comes_at_anothers_draft,
        _OWN_DRAFT,
        ("reviews:draft-discard",),
    ),
    Action(
        AREA,
        "change or take back another's review",
        frozenset(),
        _changes_anothers,
        _OWN,
        ("reviews:edit", "reviews:withdraw"),
    ),
    Action(
        AREA,
        "be thanked for another's review",
        frozenset(),
        visits(at("reviews:thanks", _others)),
        _OWN,
    ),
]
