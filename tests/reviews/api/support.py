"""Asking the API about reviews as somebody, for tests."""

from typing import Any

from django.test import Client

from accounts.models import TokenScope, User
from catalogus.models import Method
from reviews.models import Review, ReviewState
from reviews.rubric import rubric
from reviews.school_years import current_school_year
from tests.accounts.tokens import make_token, token_text
from tests.people import sign_in
from tests.review_support import edition_of

REVIEWS = "/api/v1/reviews/"
OWN = "/api/v1/me/reviews/"
SUMMARIES = "/api/v1/review-summaries/"

_TOKEN = 90_000_000


def said(method: Method, *, score: str = "3", **fields: Any) -> dict[str, Any]:
    """What a program sends to write a review of the method; a field set to None is left out."""
    sent: dict[str, Any] = {
        "method": method.public_id,
        "edition": edition_of(method).pk,
        "school_year": current_school_year(),
        "sector": "vo",
        "levels": ["havo"],
        "years": ["leerjaar-3"],
        "subject": "wiskunde",
        "use": "main",
        "duration": "12-36",
        "role": "teacher",
        "scores": {code: {"answer": score, "reason": "Het ontbreekt."} for code in rubric().codes},
        "strong_point": "De opgaven lopen op.",
        "would_choose_again": "yes",
        "interests": "none",
        "shown_as": "description",
        "after_deletion": "stays",
    } | fields
    return {name: value for name, value in sent.items() if value is not None}


def without_method(method: Method, **fields: Any) -> dict[str, Any]:
    """What changes one."""
    return {name: value for name, value in said(method, **({"version": 1} | fields)).items() if name != "method"}


def by_token(user: User, *scopes: TokenScope, **fields: Any) -> Client:
    """A program with a token of the person, for all that there is unless told otherwise."""
    text = token_text(_TOKEN + user.pk * 10 + len(scopes))
    make_token(user, text=text, **({"scopes": list(scopes)} if scopes else {}), **fields)
    return Client(headers={"Authorization": f"Bearer {text}"}, enforce_csrf_checks=True)


def by_visit(user: User, *, second_factor: bool = True) -> Client:
    return sign_in(Client(), user, second_factor=second_factor)


def post(client: Client, path: str, body: object = None) -> Any:
    return client.post(path, body if body is not None else {}, content_type="application/json")


def put(client: Client, path: str, body: object = None, **headers: str) -> Any:
    return client.put(path, body if body is not None else {}, content_type="application/json", headers=headers)


def problem(response: Any, status: int) -> dict[str, Any]:
    """The document of a refusal, which has the shape that all have."""
    assert response.status_code == status, response.content
    assert response["Content-Type"] == "application/problem+json"
    assert "no-store" in response["Cache-Control"]
    found: dict[str, Any] = response.json()
    assert set(found) == {"type", "title", "status", "detail", "instance", "errors"}
    assert found["status"] == status
    assert found["detail"]
    return found


def fields_of(document: dict[str, Any]) -> list[str]:
    return [error["field"] for error in document["errors"]]


def set_state(review: Review, state: ReviewState) -> Review:
    """As a moderator or its writer would bring it there."""
    is_closed = state in {ReviewState.REMOVED, ReviewState.WITHDRAWN}
    review.state, review.closed_at = state, review.written_at if is_closed else None
    review.removal_reason = "Er staat een naam in." if state == ReviewState.REMOVED else ""
    review.save()
    return review
