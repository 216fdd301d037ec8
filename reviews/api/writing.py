"""Writing, changing and taking back one's own review by the API: the same functions as the pages."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from django.core.exceptions import ValidationError
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.models import TokenScope
from catalogus.exceptions import InvalidCriteria
from catalogus.models import Method
from reviews.access import own_review
from reviews.api import representations, serializers
from reviews.api.base import ReviewView
from reviews.api.bodies import CONTENT, edition_method_id, method_to_review, read_body, text, truth, version_to_change
from reviews.api.documentation import (
    APPEAL,
    CHANGED_REVIEW,
    CURSOR,
    IF_MATCH,
    NEEDS_ATTENTION,
    NEW_REVIEW,
    PAGE_SIZE,
    PUBLIC_ID,
    WRITING,
    problems,
)
from reviews.api.filters import read_page_size, unknown_names
from reviews.api.own_pages import next_own_cursor, read_own_cursor
from reviews.api.problems import ReviewExists
from reviews.api.reading import OneReviewReading, ReviewReading, address_of_next, with_all
from reviews.api.representations import Places
from reviews.content import ReviewContent, read_content
from reviews.models import Review, ReviewState
from reviews.selectors.rubrics import current_rubric
from reviews.services.appeals import make_appeal
from reviews.services.publishing import edit_review, publish_review, withdraw_review


class ReviewsView(ReviewReading):
    @extend_schema(
        operation_id="review_create",
        summary="Write a review",
        description="One for each edition and school year. It is public at once, unless state says that it waits for a"
        " moderator. A repeated one is answered 409 with the address of the first.",
        request=serializers.NewReviewBody,
        responses={201: serializers.OwnReviewSerializer, **problems(*WRITING)},
        examples=[NEW_REVIEW, NEEDS_ATTENTION],
    )
    def post(self, request: Request) -> Response:
        body = read_body(request, ("method", *CONTENT, "acknowledged"))
        acknowledged = truth(body, "acknowledged")
        method = method_to_review(body)
        content = _content(body, method)
        try:
            review = publish_review(author=self.person, method=method, content=content, acknowledged=acknowledged)
        except ValidationError as error:
            raise _existing(self, content) or error from error
        return _own(request, review, HTTPStatus.CREATED)


class OneReviewView(OneReviewReading):
    @extend_schema(
        operation_id="review_update",
        summary="Change your review",
        description="Sends the whole of it. The earlier version is kept, and readers see that it was changed.",
        parameters=[PUBLIC_ID, IF_MATCH],
        request=serializers.ChangedReviewBody,
        responses={200: serializers.OwnReviewSerializer, **problems(*WRITING, 412, 428)},
        examples=[CHANGED_REVIEW, NEEDS_ATTENTION],
    )
    def put(self, request: Request, public_id: str) -> Response:
        review = own_review(self.person, public_id)
        body = read_body(request, (*CONTENT, "acknowledged", "version"))
        version = version_to_change(request, body, review)
        acknowledged = truth(body, "acknowledged")
        content = _content(body, review.shown_method)
        changed = edit_review(
            author=self.person, review=review, content=content, version=version, acknowledged=acknowledged
        )
        return _own(request, changed)


class WithdrawView(ReviewView):
    @extend_schema(
        operation_id="review_withdraw",
        summary="Take your review back",
        description="Nobody but you reads it any more, and you may write another. May be sent again.",
        parameters=[PUBLIC_ID],
        request=None,
        responses={200: serializers.OwnReviewSerializer, **problems(400, 401, 403, 404)},
    )
    def post(self, request: Request, public_id: str) -> Response:
        read_body(request, ())
        return _own(request, withdraw_review(author=self.person, review=own_review(self.person, public_id)))


class AppealView(ReviewView):
    @extend_schema(
        operation_id="review_appeal",
        summary="Ask another moderator to look again",
        description="For the writer of a review that was removed; once for each version.",
        parameters=[PUBLIC_ID, IF_MATCH],
        request=serializers.AppealBody,
        responses={201: serializers.AppealSerializer, **problems(*WRITING, 412, 428)},
        examples=[APPEAL],
    )
    def post(self, request: Request, public_id: str) -> Response:
        review = own_review(self.person, public_id)
        body = read_body(request, ("text", "version"))
        version = version_to_change(request, body, review)
        made = make_appeal(author=self.person, review=review, text=text(body, "text"), version=version)
        return Response(representations.appeal_of(made), status=HTTPStatus.CREATED)


class OwnReviewsView(ReviewView):
    scope = TokenScope.READ

    @extend_schema(
        operation_id="own_reviews",
        summary="Your own reviews",
        description="In every state, the newest first, with why one was removed. Drafts are not among them.",
        parameters=[PAGE_SIZE, CURSOR],
        responses={200: serializers.OwnReviewPageSerializer, **problems(400, 401, 403)},
    )
    def get(self, request: Request) -> Response:
        query = request.query_params
        errors = unknown_names(query, ("page_size", "cursor"))
        size = read_page_size(query, errors)
        before = read_own_cursor(query.get("cursor", ""), self.person, errors)
        if errors:
            raise InvalidCriteria(errors)
        rows = Review.objects.filter(author=self.person)
        page = rows if before is None else rows.filter(pk__lt=before)
        found = list(with_all(page.order_by("-pk"))[: size + 1])
        places = Places.of(request)
        cursor = next_own_cursor(found[size - 1]) if len(found) > size else ""
        return Response(
            {
                "total": rows.count(),
                "page_size": size,
                "next": address_of_next(request, cursor) if cursor else None,
                "results": [representations.own_review(one, places) for one in found[:size]],
            }
        )


def _content(body: Mapping[str, Any], method: Method) -> ReviewContent:
    """Raises ValidationError for all that is wrong at once; what is no truth is none for names_school."""
    truth(body, "names_school")
    return read_content(body, rubric=current_rubric(), method=method)


def _own(request: Request, review: Review, status: HTTPStatus = HTTPStatus.OK) -> Response:
    found = with_all(Review.objects.filter(pk=review.pk)).get()
    places = Places.of(request)
    headers = {"Location": places.review(found.public_id)} if status == HTTPStatus.CREATED else {}
    return Response(representations.own_review(found, places), status=status, headers=headers)


def _existing(view: ReviewView, content: ReviewContent) -> ReviewExists | None:
    """The one that keeps the place of another about this edition and school year."""
    found = (
        Review.objects.filter(
            author=view.person,
            method=edition_method_id(content.edition),
            edition=content.edition,
            school_year=content.school_year,
        )
        .exclude(state=ReviewState.WITHDRAWN)
        .first()
    )
    return ReviewExists(Places.of(view.request).review(found.public_id)) if found else None
