"""What the pages about signing in, and the header of every page, ask of the accounts room."""

from collections.abc import Sequence
from typing import Any
from urllib.parse import quote

from allauth.account.utils import get_next_redirect_url, passthrough_next_redirect_url
from django import template
from django.conf import settings
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.template import Context
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from accounts.devices import describe_device
from accounts.exceptions import FederationRefused
from accounts.names import shown_name

register = template.Library()

register.filter("shown_name", shown_name)
register.filter("device", describe_device)

_NO_PLACE_TO_RETURN_TO = ("account_", "mfa_", "usersessions_", "federation_", "socialaccount_")


@register.simple_tag
def federations() -> list[dict[str, str]]:
    """The schools' federations by name and label, in the order of the settings."""
    return [{"name": name, "label": federation["label"]} for name, federation in settings.FEDERATIONS.items()]


@register.simple_tag(takes_context=True)
def sign_in_url(context: Context) -> str:
    """Where to sign in, so that one comes back to this very page; from a page about signing in, to where that leads."""
    request, address = context.get("request"), reverse("account_login")
    if request is None:
        return address
    name = request.resolver_match.view_name if request.resolver_match else ""
    if name.startswith(_NO_PLACE_TO_RETURN_TO):
        onward = get_next_redirect_url(request)
    else:
        onward = request.get_full_path() if request.method in {"GET", "HEAD"} else None
    return f"{address}?{urlencode({'next': onward})}" if onward else address


@register.simple_tag(takes_context=True)
def url_onward(context: Context, view_name: str, **kwargs: Any) -> str:
    """The address of a page, taking along where the person was on their way to."""
    address: str = passthrough_next_redirect_url(
        context["request"], reverse(view_name, kwargs=kwargs), REDIRECT_FIELD_NAME
    )
    return address


@register.simple_tag(takes_context=True)
def onward_url(context: Context) -> str:
    """Where the person was on their way to, as far as that is a page of this site; else ""."""
    return get_next_redirect_url(context["request"]) or ""


@register.filter
def is_below(path: str, address: str) -> bool:
    """Whether a page belongs to another: "/account/wachtwoord/instellen/" to "/account/wachtwoord/"."""
    return path.startswith(address)


@register.filter
def in_fours(text: str) -> str:
    """ "ABCDEFGH" -> "ABCD EFGH", to copy by hand."""
    return " ".join(text[start : start + 4] for start in range(0, len(text), 4))


@register.filter
def federation_reason(error: Any) -> str:
    """What a refusal of ours says; "" for any other error, whose text is for programmers."""
    return str(error) if isinstance(error, FederationRefused) else ""


@register.simple_tag
def codes_file(codes: Sequence[str]) -> str:
    """A file with the codes as an address of its own: they are shown once, and asked from nobody again."""
    title = _("Herstelcodes van de Open Keuzecatalogus. Elke code werkt één keer.")
    return "data:text/plain;charset=utf-8," + quote("\r\n".join([title, "", *codes, ""]))
