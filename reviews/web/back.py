"""The way back to the page where a button was pressed."""

from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme

NEXT = "next"


def way_back(request: HttpRequest, otherwise: str) -> str:
    """The path that the form or the address names, where it is one of this site; else the other one."""
    path = request.POST.get(NEXT) or request.GET.get(NEXT) or ""
    is_ours = path.startswith("/") and url_has_allowed_host_and_scheme(path, allowed_hosts=None)
    return path if is_ours else otherwise
