"""What others than its writer do with a review by the API: flag it, find it of use, reply for the publisher."""

from http import HTTPStatus

from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework.exceptions import PermissionDenied
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.models import PersonalToken
from reviews.access import published_review
from reviews.api import representations, serializers
from reviews.api.base import ReviewView
from reviews.api.bodies import read_body, text, truth, version
from reviews.api.documentation import FLAG, PUBLIC_ID, REPLY, WRITING, problems
from reviews.api.representations import Places
from reviews.models import FlagReason, PublisherReply, Review
from reviews.services.flagging import flag_review
from reviews.services.replying import withdraw_reply, write_reply
from reviews.services.voting import find_helpful, take_back


class FlagView(ReviewView):
    @extend_schema(
        operation_id="review_flag",
        summary="Say that a review is against the rules",
        description="A moderator looks at it. However many flags there are, none of them hides anything.",
        parameters=[PUBLIC_ID],
        request=serializers.FlagBody,
        responses={201: serializers.FlagSerializer, **problems(*WRITING)},
        examples=[FLAG],
    )
    def post(self, request: Request, public_id: str) -> Response:
        review = published_review(public_id)
        body = read_body(request, ("reason", "text", "is_of_reply", "version"))
        flag = flag_review(
            user=self.person,
            review=review,
            reason=text(body, "reason"),
            text=text(body, "text"),
            is_of_reply=truth(body, "is_of_reply"),
            version=version(body),
        )
        told = {
            "review": Places.of(request).review(review.public_id),
            "reason": representations.coded(FlagReason, flag.reason),
            "is_of_reply": flag.is_of_reply,
            "version": flag.version,
            "at": flag.at,
        }
        return Response(told, status=HTTPStatus.CREATED)


class HelpfulView(ReviewView):
    @extend_schema(
        operation_id="review_helpful",
        summary="Say that a review is of use",
        description="For who may review its method, but not its writer. May be sent again: it is one vote.",
        parameters=[PUBLIC_ID],
        request=None,
        responses={200: serializers.HelpfulSerializer, **problems(400, 401, 403, 404)},
    )
    def put(self, request: Request, public_id: str) -> Response:
        read_body(request, ())
        return _vote(find_helpful(user=self.person, review=published_review(public_id)), is_helpful=True)

    @extend_schema(
        operation_id="review_not_helpful",
        summary="Take that back",
        description="May be sent again.",
        parameters=[PUBLIC_ID],
        request=None,
        responses={200: serializers.HelpfulSerializer, **problems(401, 403, 404)},
    )
    def delete(self, request: Request, public_id: str) -> Response:  # noqa: ARG002  The framework's signature.
        return _vote(take_back(user=self.person, review=published_review(public_id)), is_helpful=False)


class ReplyView(ReviewView):
    """By a visit alone: who speaks for a publisher shows a second factor, and a token has none."""

    @extend_schema(
        operation_id="review_reply",
        summary="Reply in the publisher's name",
        description="For editors and owners of the method's publisher, in a visit with a second factor. One reply for"
        " each review; another text takes its place and is marked as changed.",
        parameters=[PUBLIC_ID],
        request=serializers.ReplyBody,
        responses={200: serializers.ReplySerializer, **problems(*WRITING)},
        examples=[REPLY],
    )
    def put(self, request: Request, public_id: str) -> Response:
        _refuse_token(request)
        review = published_review(public_id)
        body = read_body(request, ("text", "version"))
        written = write_reply(author=self.person, review=review, text=text(body, "text"), version=version(body))
        return Response(representations.reply(PublisherReply.objects.select_related("publisher").get(pk=written.pk)))

    @extend_schema(
        operation_id="review_reply_withdraw",
        summary="Take the publisher's reply back",
        description="May be sent again.",
        parameters=[PUBLIC_ID],
        request=None,
        responses={204: None, **problems(401, 403, 404)},
    )
    def delete(self, request: Request, public_id: str) -> Response:
        _refuse_token(request)
        withdraw_reply(author=self.person, review=published_review(public_id))
        return Response(status=HTTPStatus.NO_CONTENT)


def _refuse_token(request: Request) -> None:
    if isinstance(request.auth, PersonalToken):
        raise PermissionDenied(
            _("In de naam van een uitgever antwoordt u met een tweede stap, en dus niet met een token maar aangemeld.")
        )


def _vote(review: Review, *, is_helpful: bool) -> Response:
    return Response({"is_helpful": is_helpful, "helpful_count": review.helpful_count})
