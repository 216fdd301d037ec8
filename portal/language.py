"""The language switch in the header."""

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.views import i18n

from accounts.models import User
from accounts.services.profile import choose_language


def set_language(request: HttpRequest) -> HttpResponseBase:
    """Django's own, and for who is signed in the choice is kept with the account, whose language wins everywhere."""
    language = request.POST.get("language", "")
    if request.method == "POST" and isinstance(request.user, User) and language in dict(settings.LANGUAGES):
        choose_language(user=request.user, language=language)
    return i18n.set_language(request)
