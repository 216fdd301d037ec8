"""Suggestions while somebody types, for other programs' search fields."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from catalogus.api import representations, serializers
from catalogus.api.filters import MOST_UNKNOWN_NAMES
from catalogus.api.views import ReadOnlyView, problems
from catalogus.exceptions import InvalidCriteria
from catalogus.search import SearchCriteria
from catalogus.search.criteria import MAX_TEXT_LENGTH
from catalogus.search.suggest import suggest

_TEXT = OpenApiParameter(
    "q",
    {"type": "string", "maxLength": MAX_TEXT_LENGTH},
    description="What was typed so far. Below two letters or figures there are no suggestions.",
)


class SuggestView(ReadOnlyView):
    @extend_schema(
        operation_id="suggest",
        summary="Suggestions while somebody types",
        description="Methods, subjects, publishers and titles whose names begin so. Names that are only like what was"
        " typed are given where none begins so, and not for words below five letters. Nothing that cannot be ordered.",
        parameters=[_TEXT],
        responses={200: serializers.SuggestionsSerializer, **problems(400)},
    )
    def get(self, request: Request) -> Response:
        found = suggest(_text(request))
        addresses = representations.Addresses.of(request)
        search_page = request.build_absolute_uri(reverse("catalogus:search"))
        return Response(
            {
                "suggestions": [representations.suggestion(one, addresses, search_page) for one in found.found],
                "is_complete": found.is_complete,
            },
            headers={} if found.is_complete else {"Cache-Control": "no-store"},
        )

    def finalize_response(self, request: Request, response: Response, *args: Any, **kwargs: Any) -> Response:
        """What the engine is missing from is not kept: it may be back at the next letter."""
        said = response.get("Cache-Control")
        finalized = super().finalize_response(request, response, *args, **kwargs)
        if said:
            finalized["Cache-Control"] = said
        return finalized


def _text(request: Request) -> str:
    """Raises InvalidCriteria for another parameter, and for a text that cannot be a search."""
    strangers = sorted(request.query_params.keys() - {_TEXT.name})[:MOST_UNKNOWN_NAMES]
    if strangers:
        message = _("De parameter “%(name)s” bestaat niet; kies uit %(known)s.")
        raise InvalidCriteria({name: [message % {"name": name[:80], "known": _TEXT.name}] for name in strangers})
    return SearchCriteria.from_query({"q": request.query_params.getlist("q")}).text
