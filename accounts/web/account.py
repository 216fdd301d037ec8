"""A person's own pages."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe


@never_cache
@require_safe
@login_required
def overview(request: HttpRequest) -> HttpResponse:
    """Who you are here, what was confirmed of it, and the ways on."""
    return render(request, "accounts/overview.html")
