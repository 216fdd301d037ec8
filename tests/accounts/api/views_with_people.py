"""Two addresses of an API that knows people, for tests of how it knows them."""

from typing import Any

from django.urls import path
from rest_framework.request import Request
from rest_framework.response import Response

from accounts import access
from accounts.api.permissions import has_scope
from accounts.api.views import PersonalView
from accounts.models import TokenScope, User


class _WhoView(PersonalView):
    permission_classes = [has_scope(TokenScope.READ)]

    def get(self, request: Request) -> Response:
        user = request.user
        assert isinstance(user, User)
        told: dict[str, Any] = {
            "user": user.pk,
            "token": getattr(request.auth, "prefix", None),
            "has_second_factor": user.has_second_factor,
            "is_editor": access.is_editor(user),
            "may_administer": access.may_administer(user),
            "may_moderate": access.may_moderate(user),
            "publishers": sorted(access.publishers_of(user)),
            "may_review": access.may_review(user),
        }
        return Response(told)


class _WriteView(PersonalView):
    permission_classes = [has_scope(TokenScope.REVIEW)]

    def post(self, request: Request) -> Response:
        return Response({"user": request.user.pk}, status=201)


urlpatterns = [path("who/", _WhoView.as_view(), name="who"), path("write/", _WriteView.as_view(), name="write")]
