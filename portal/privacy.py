"""What is held of people and why, on one page that is made of the registry that deletion goes by."""

from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from accounts.personal_data import holdings_by_audience
from portal.help_pages import help_context


@dataclass(frozen=True, slots=True)
class Cookie:
    name: str
    purpose: str | Promise
    kept: str | Promise


COOKIES = (
    Cookie(
        settings.SESSION_COOKIE_NAME,
        _("onthoudt dat u bent aangemeld, en wat u tijdens het aanmelden al deed"),
        _("2 weken, of tot u zich afmeldt"),
    ),
    Cookie(
        settings.CSRF_COOKIE_NAME,
        _("voorkomt dat een andere site namens u een formulier verstuurt"),
        _("een jaar"),
    ),
    Cookie(settings.LANGUAGE_COOKIE_NAME, _("onthoudt welke taal u koos"), _("tot u de browser sluit")),
    Cookie("messages", _("toont één keer dat iets is gelukt of niet"), _("tot de volgende pagina")),
)
"""All of them; there are no others, so no leave is asked for any."""

IN_THE_BROWSER = (
    Cookie("te-vergelijken", _("wat u aanvinkte om te vergelijken: namen en nummers"), _("12 uur")),
    Cookie(
        "lijst-zonder-account",
        _("uw lijst als u geen account hebt: namen, nummers en uw notities"),
        _("tot u de lijst leegmaakt of in uw account bewaart"),
    ),
    Cookie("folds", _("welke filters u openklapte"), _("tot u het tabblad sluit")),
)
"""What scripts keep under these names (static/js/); the browser sends none of it along."""


@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    context = help_context(request, "portal:privacy") | {
        "holdings": holdings_by_audience(),
        "cookies": COOKIES,
        "in_the_browser": IN_THE_BROWSER,
        "contact": settings.PRIVACY_CONTACT,
        "is_mail": "@" in settings.PRIVACY_CONTACT,
    }
    return render(request, "portal/privacy.html", context)
