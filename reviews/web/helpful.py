"""The button that says that a review is of use, and the one that takes it back."""

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from accounts.models import User
from reviews.access import published_review
from reviews.exceptions import ReviewNotAllowed
from reviews.services.voting import find_helpful, take_back
from reviews.web.back import way_back

TAKES_BACK = "terug"
"""What the button named "actie" says that takes a vote back."""


@never_cache
@require_POST
def helpful(request: HttpRequest, public_id: str) -> HttpResponse:
    """Back to the page where the button stood. Whoever is not signed in is led there by way of signing in."""
    review = published_review(public_id)
    back = way_back(request, reverse("reviews:review", args=[review.public_id]))
    user = request.user
    if not user.is_authenticated or not isinstance(user, User):
        return redirect_to_login(back)
    try:
        if request.POST.get("actie") == TAKES_BACK:
            take_back(user=user, review=review)
            messages.success(request, _("Uw “nuttig” is teruggenomen."))
        else:
            find_helpful(user=user, review=review)
            messages.success(request, _("Genoteerd dat u deze beoordeling nuttig vindt."))
    except ReviewNotAllowed as refused:
        raise PermissionDenied(str(refused)) from refused
    return redirect(back)
