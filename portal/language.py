"""The language switch in the header."""

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.views import i18n
from django.views.decorators.csrf import csrf_exempt

from accounts.models import User
from accounts.services.profile import choose_language


# A token in its form would make every page somebody's own, and set a cookie for who only looks. Nothing is at stake:
# from another site no session comes along (SameSite=Lax), so the most that a stranger does is show English here.
@csrf_exempt
def set_language(request: HttpRequest) -> HttpResponseBase:
    """Django's own, and for who is signed in the choice is kept with the account, whose language wins everywhere."""
    language = request.POST.get("language", "")
    if request.method == "POST" and isinstance(request.user, User) and language in dict(settings.LANGUAGES):
        choose_language(user=request.user, language=language)
    return i18n.set_language(request)
