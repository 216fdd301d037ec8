"""The page that a letter's link to stop leads to. Nobody has to sign in, and looking at it stops nothing."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from selection.exceptions import BadStopLink
from selection.models import SavedSearch
from selection.services.stopping import read_stop, stop_digest


# A mail program posts without a cookie or a form of ours (RFC 8058, clause 3.1); what guards this is the signature.
@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def stop_page(request: HttpRequest, token: str) -> HttpResponse:
    """GET asks, for scanners of mail follow links; POST stops. 404 for a link that this site did not make."""
    try:
        stop = read_stop(token)
    except BadStopLink as refused:
        return render(request, "selection/stop.html", {"refused": refused}, status=404)
    search = None if stop.is_of_all else SavedSearch.objects.filter(pk=stop.search_id, user_id=stop.user_id).first()
    if request.method == "POST":
        stop_digest(stop)
    context = {"is_of_all": stop.is_of_all, "search": search, "is_stopped": request.method == "POST"}
    return render(request, "selection/stop.html", context)
