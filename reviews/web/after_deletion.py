"""Two buttons of a writer: what becomes of one review, or of all, when the account goes."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from accounts.web.places import signed_in_only, visitor
from reviews.access import own_review
from reviews.services.after_deletion import choose_after_deletion, choose_for_all

FIELD = "after_deletion"


@signed_in_only
@require_POST
def after_deletion(request: HttpRequest, public_id: str) -> HttpResponse:
    """Of one review; leads back to the person's own reviews."""
    review = own_review(request.user, public_id)
    try:
        choose_after_deletion(author=visitor(request), review=review, choice=request.POST.get(FIELD, ""))
    except ValidationError as refused:
        messages.error(request, _told(refused))
    else:
        messages.success(request, _("Uw keuze is bewaard."))
    return redirect("reviews:own")


@signed_in_only
@require_POST
def after_deletion_of_all(request: HttpRequest) -> HttpResponse:
    """Of all that the person wrote; leads back to the page on which the account is deleted, where nothing went yet."""
    try:
        count = choose_for_all(author=visitor(request), choice=request.POST.get(FIELD, ""))
    except ValidationError as refused:
        messages.error(request, _told(refused))
    else:
        text = ngettext(
            "Uw keuze is bewaard bij uw beoordeling. Er is nog niets gewist.",
            "Uw keuze is bewaard bij uw %(count)d beoordelingen. Er is nog niets gewist.",
            count,
        )
        messages.success(request, text % {"count": count})
    return redirect("accounts:delete")


def _told(refused: ValidationError) -> str:
    return _("Uw keuze is niet bewaard: %(why)s") % {"why": " ".join(refused.messages)}
