"""What everybody reads of reviews by the API: lists, one, summaries and rubrics."""

from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet
from django.http import Http404
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework.authentication import BaseAuthentication
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.access import Visitor
from accounts.api.errors import InsufficientScope
from accounts.models import PersonalToken, TokenScope, User
from catalogus.exceptions import InvalidCriteria
from reviews.access import review_to_read
from reviews.api import representations, serializers
from reviews.api.base import OpenView, ReviewView, SecondFactorShown
from reviews.api.documentation import LIST_PARAMETERS, PUBLIC_ID, SUBJECT_PARAMETERS, problems
from reviews.api.filters import SUBJECTS, Asked, next_cursor, read_asked, unknown_names
from reviews.api.representations import Places
from reviews.api.subjects import read_subject
from reviews.api.summaries import summary
from reviews.models import Review
from reviews.selectors.authors import AUTHOR_RELATIONS
from reviews.selectors.rubrics import all_rubrics


def with_all(rows: QuerySet[Review]) -> QuerySet[Review]:
    """With what a representation needs: three queries, however many reviews."""
    return rows.select_related(
        "shown_method__publisher",
        "shown_edition",
        "product",
        "reply__publisher",
        *AUTHOR_RELATIONS,
    ).prefetch_related("scores")


def address_of_next(request: Request, cursor: str) -> str:
    pairs = [
        (name, value)
        for name, values in request.query_params.lists()
        if name not in {"", "cursor"}
        for value in values
        if value
    ]
    return f"{request.build_absolute_uri(request.path)}?{urlencode([*pairs, ('cursor', cursor)])}"


class ReviewReading(OpenView):
    """The list; what is sent to it stands in writing.py."""

    @extend_schema(
        operation_id="reviews",
        summary="Published reviews",
        description="Newest first, or those that most found of use. Values of one parameter are alternatives,"
        " parameters narrow each other; product and ean ask for the reviews of the product's method and edition. To"
        " read all of it, follow next until it is null.",
        parameters=LIST_PARAMETERS,
        responses={200: serializers.ReviewPageSerializer, **problems(400, 404)},
    )
    def get(self, request: Request) -> Response:
        asked = read_asked(request.query_params)
        rows = asked.reviews()
        places = Places.of(request)
        found = list(with_all(asked.page(rows)))
        return Response(
            {
                "total": rows.count(),
                **_paging(request, asked, found),
                "results": [representations.review(one, places) for one in found[: asked.page_size]],
            }
        )


def _paging(request: Request, asked: Asked, found: list[Review]) -> dict[str, object]:
    goes_on = len(found) > asked.page_size
    cursor = next_cursor(found[asked.page_size - 1], asked.sort) if goes_on else ""
    return {"page_size": asked.page_size, "next": address_of_next(request, cursor) if cursor else None}


class OneReviewReading(OpenView):
    """One review. Whoever it is asks only where there is something for them alone."""

    def get_authenticators(self) -> list[BaseAuthentication]:
        return ReviewView.get_authenticators(self)

    def perform_authentication(self, request: Request) -> None:
        # A visit is read where a review is not published; a token at once, for one that is no good is told so.
        if "Authorization" in request.headers or not self._is_reading:
            super().perform_authentication(request)

    @extend_schema(
        operation_id="review",
        summary="One review",
        description="A published one for everybody. One that waits, was removed or withdrawn is there for its writer"
        " alone (by a visit, or a token that may read), with how it stands and why; 404 for all others.",
        parameters=[PUBLIC_ID],
        auth=[],
        responses={200: serializers.ReviewSerializer, **problems(401, 403, 404)},
    )
    def get(self, request: Request, public_id: str) -> Response:
        published = _one(public_id, AnonymousUser())
        places = Places.of(request)
        if published is not None:
            return Response(representations.review(published, places))
        user = request.user
        if not isinstance(user, User):
            raise Http404
        # Before it is known whether there is anything: else the refusal itself would tell that there is.
        SecondFactorShown().has_permission(request, self)
        if (own := _one(public_id, user)) is None:
            raise Http404
        if isinstance(request.auth, PersonalToken) and not request.auth.has_scope(TokenScope.READ):
            raise InsufficientScope(TokenScope.READ)
        answer = Response(representations.own_review(own, places))
        answer.is_personal = True  # type: ignore[attr-defined]  # OpenView asks for it.
        return answer


def _one(public_id: str, user: Visitor) -> Review | None:
    try:
        found = review_to_read(user, public_id)
    except Http404:
        return None
    return with_all(Review.objects.filter(pk=found.pk)).get()


class SummaryView(OpenView):
    http_method_names = ["get", "head", "options"]

    @extend_schema(
        operation_id="review_summaries",
        summary="What the reviews of a method come to",
        description="By the id of a method, an edition or a product, or by an EAN or ISBN-13: the summary of the"
        " method, of each edition, and of each criterion. What was merged answers as what it became. There is no mean"
        " below 3 reviewers from 2 schools; no_mean_because tells why.",
        parameters=SUBJECT_PARAMETERS,
        responses={200: serializers.ReviewSummarySerializer, **problems(400, 404)},
    )
    def get(self, request: Request) -> Response:
        return Response(summary(read_subject(_one_subject(request)), Places.of(request)))


def _one_subject(request: Request) -> dict[str, str]:
    query = request.query_params
    errors = unknown_names(query, SUBJECTS)
    given = {name: values[-1] for name in SUBJECTS if (values := [one for one in query.getlist(name) if one])}
    if not errors and len(given) != 1:
        text = _("Noem er precies één van: %(names)s.") % {"names": ", ".join(SUBJECTS)}
        errors = {name: [text] for name in given or SUBJECTS[:1]}
    if errors:
        raise InvalidCriteria(errors)
    return given


class RubricsView(OpenView):
    http_method_names = ["get", "head", "options"]

    @extend_schema(
        operation_id="rubrics",
        summary="The rubrics that reviews were made with",
        description="Each version that was ever in use, the newest first; a review names its own.",
        responses={200: serializers.RubricsSerializer},
    )
    def get(self, request: Request) -> Response:  # noqa: ARG002  The framework's signature.
        return Response({"results": [representations.rubric(one, is_current=now) for one, now in all_rubrics()]})


class CurrentRubricView(OpenView):
    http_method_names = ["get", "head", "options"]

    @extend_schema(
        operation_id="rubric_current",
        summary="The rubric that new reviews are made with",
        description="Its criteria are the names in scores of a new review.",
        responses={200: serializers.RubricSerializer},
    )
    def get(self, request: Request) -> Response:  # noqa: ARG002  Idem.
        return Response(
            next(representations.rubric(one, is_current=True) for one, is_current in all_rubrics() if is_current)
        )
