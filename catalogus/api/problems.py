"""Errors of the API as problem documents (RFC 9457): one shape, whatever went wrong and wherever."""

import logging
from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponseBase, JsonResponse
from django.utils.encoding import escape_uri_path
from django.utils.translation import gettext as _
from rest_framework.exceptions import APIException, NotFound
from rest_framework.exceptions import PermissionDenied as ApiPermissionDenied
from rest_framework.request import Request

from catalogus.exceptions import InvalidCriteria, SearchUnavailable
from catalogus.search.backend import RETRY_AFTER_SECONDS

CONTENT_TYPE = "application/problem+json"
INVALID_PARAMETERS = "urn:open-keuzecatalogus:problem:invalid-parameters"
SEARCH_UNAVAILABLE = "urn:open-keuzecatalogus:problem:search-unavailable"
PLAIN = "about:blank"
"""RFC 9457, clause 4.2.1: the problem is no more than its HTTP status, and the title is the status's phrase."""

LONGEST_VALUE = 80
"""An error repeats what was sent up to here: enough to recognise it."""

logger = logging.getLogger(__name__)


class ProblemResponse(JsonResponse):
    """A problem document. errors: {"field", "value" where one was sent, "message"} for each thing that is wrong."""

    def __init__(
        self,
        status: HTTPStatus,
        detail: str,
        instance: str,
        *,
        kind: str = PLAIN,
        title: str = "",
        errors: Sequence[Mapping[str, str]] = (),
    ) -> None:
        super().__init__(
            {
                "type": kind,
                "title": title or status.phrase,
                "status": status.value,
                "detail": detail,
                "instance": escape_uri_path(instance),
                "errors": list(errors),
            },
            status=status.value,
            content_type=CONTENT_TYPE,
            json_dumps_params={"ensure_ascii": False},
        )
        self["Cache-Control"] = "no-store"


def problem_response(exc: Exception, context: Mapping[str, Any]) -> HttpResponseBase | None:
    """What DRF answers when a view raises; None, for Django's own handler, where nobody foresaw it."""
    request: Request = context["request"]
    if isinstance(exc, InvalidCriteria):
        return _invalid_parameters(exc, request)
    if isinstance(exc, SearchUnavailable):
        logger.warning("Search is away: %s", exc)
        return _search_unavailable(request)
    if isinstance(exc, Http404):
        exc = NotFound(str(exc) or None)
    elif isinstance(exc, PermissionDenied):
        exc = ApiPermissionDenied()
    if isinstance(exc, APIException):
        return _plain(exc, request)
    return None


def _invalid_parameters(error: InvalidCriteria, request: Request) -> ProblemResponse:
    errors = []
    for field, messages in error.errors.items():
        in_path = request.parser_context.get("kwargs", {}).get(field, "") if request.parser_context else ""
        given = (",".join(request.query_params.getlist(field)) or str(in_path))[:LONGEST_VALUE]
        errors += [{"field": field, "value": given, "message": message} for message in messages]
    return ProblemResponse(
        HTTPStatus.BAD_REQUEST,
        " ".join(entry["message"] for entry in errors),
        request.path,
        kind=INVALID_PARAMETERS,
        title=_("Een of meer parameters kloppen niet"),
        errors=errors,
    )


def _search_unavailable(request: Request) -> ProblemResponse:
    response = ProblemResponse(
        HTTPStatus.SERVICE_UNAVAILABLE,
        _("De zoekmachine kan nu niet antwoorden; probeer het over %(seconds)d seconden opnieuw.")
        % {"seconds": RETRY_AFTER_SECONDS},
        request.path,
        kind=SEARCH_UNAVAILABLE,
        title=_("Zoeken is even niet mogelijk"),
    )
    response["Retry-After"] = str(RETRY_AFTER_SECONDS)
    return response


def _plain(error: APIException, request: Request) -> ProblemResponse:
    detail = error.detail if isinstance(error.detail, str) else error.default_detail
    response = ProblemResponse(HTTPStatus(error.status_code), str(detail), request.path)
    # As the framework's own handler: how to come back after a 401 (RFC 9110, clause 11.6.1).
    if challenge := getattr(error, "auth_header", ""):
        response["WWW-Authenticate"] = challenge
    return response
