"""To a federation and back."""

from allauth.account.internal.decorators import login_not_required
from allauth.account.utils import get_next_redirect_url
from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.helpers import render_authentication_error
from allauth.socialaccount.providers.base.constants import AuthProcess
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from accounts.federation.oauth import FederationOAuth2Adapter
from catalogus.http_sessions import RequestFailed


@login_not_required
@never_cache
@require_GET
def login(request: HttpRequest, name: str) -> HttpResponseBase:
    """Send the person to the federation. A link, and no form: a federation sends on to the school's own address, and
    `form-action` would have to name them all."""
    provider = _provider(request, name)
    try:
        response: HttpResponseBase = provider.redirect(
            request, process=AuthProcess.LOGIN, next_url=get_next_redirect_url(request)
        )
    except (OAuth2Error, RequestFailed) as error:
        response = render_authentication_error(request, provider, exception=error)
    return response


@login_not_required
@never_cache
@require_GET
def callback(request: HttpRequest, name: str) -> HttpResponseBase:
    """Take who comes back (OpenID Connect Core 1.0, clause 3.1.2.5)."""
    _provider(request, name)
    view = OAuth2CallbackView.adapter_view(FederationOAuth2Adapter(request, name))
    response: HttpResponseBase = view(request)
    return response


def _provider(request: HttpRequest, name: str):  # type: ignore[no-untyped-def]  # allauth has no types.
    if name not in settings.FEDERATIONS:
        raise Http404(_("Deze federatie is er niet."))
    return get_adapter().get_provider(request, provider=name)
