"""What an error outside every view looks like: a page for people, a problem document below /api/."""

from http import HTTPStatus

from django.conf import settings
from django.core.exceptions import TooManyFieldsSent
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views import defaults

from catalogus.api.problems import ProblemResponse

API = "/api/"


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponseBase:
    if request.path.startswith(API):
        return ProblemResponse(HTTPStatus.BAD_REQUEST, _what_is_wrong(exception), request.path)
    if isinstance(exception, TooManyFieldsSent):
        return render(request, "400.html", {"what_is_wrong": _what_is_wrong(exception)}, status=HTTPStatus.BAD_REQUEST)
    return defaults.bad_request(request, exception)


def _what_is_wrong(exception: Exception) -> str:
    if isinstance(exception, TooManyFieldsSent):
        return _("Dit verzoek heeft meer dan %(maximum)d parameters; gebruik er minder.") % {
            "maximum": settings.DATA_UPLOAD_MAX_NUMBER_FIELDS
        }
    return _("Dit verzoek kan niet worden gelezen.")


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponseBase:
    if request.path.startswith(API):
        detail = _("Dit adres bestaat niet; /api/v1/ noemt de adressen die er zijn.")
        return ProblemResponse(HTTPStatus.NOT_FOUND, detail, request.path)
    return defaults.page_not_found(request, exception)


def server_error(request: HttpRequest) -> HttpResponse | HttpResponseBase:
    if request.path.startswith(API):
        detail = _("Er ging bij ons iets mis; het is vastgelegd. Probeer het later opnieuw.")
        return ProblemResponse(HTTPStatus.INTERNAL_SERVER_ERROR, detail, request.path)
    return defaults.server_error(request)
