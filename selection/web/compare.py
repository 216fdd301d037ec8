"""Methods or products side by side."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe


@require_safe
def compare_page(request: HttpRequest) -> HttpResponse:
    """Placeholder."""
    return render(request, "selection/compare.html", {})
