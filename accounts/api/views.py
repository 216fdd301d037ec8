"""What every view of the API that knows a person has in common."""

from typing import Any

from rest_framework.authentication import BaseAuthentication
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.api.authentication import PersonalTokenAuthentication, SessionAuthentication


class PersonalView(APIView):
    """By a token or a visit; nothing that it answers is kept by anybody.

    The addresses of the API are the same for all but here (portal.caching), so a view must say so itself. What may be
    done with a token, a view says by its permissions: `permission_classes = [has_scope(TokenScope.REVIEW)]`.
    """

    authentication_classes: list[type[BaseAuthentication]] = [
        PersonalTokenAuthentication,
        SessionAuthentication,
    ]

    def finalize_response(self, request: Request, response: Response, *args: Any, **kwargs: Any) -> Response:
        answer = super().finalize_response(request, response, *args, **kwargs)
        answer["Cache-Control"] = "no-store"
        return answer
