"""Drafts: kept while their writer types, and thrown away."""

from http import HTTPStatus

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from accounts.models import User
from accounts.web.places import signed_in_only, visitor
from reviews.access import own_draft
from reviews.exceptions import DraftChanged
from reviews.selectors.rubrics import current_rubric
from reviews.services.drafts import discard_draft, save_draft
from reviews.web.writing_fields import field_names, sent_fields, whole_number
from reviews.web.writing_places import standing_method


@never_cache
@require_POST
def keep(request: HttpRequest, public_id: str) -> JsonResponse:
    """Keep the form as it stands; answers {"message", "saves"}, or {"message"} with why not.

    200 kept, 401 signed out, 409 another window kept something newer or the draft is gone, 422 too large.
    """
    if not isinstance(request.user, User):
        told = _("Niet bewaard: u bent afgemeld. Laat dit venster open en meld u aan in een ander venster.")
        return _answer(HTTPStatus.UNAUTHORIZED, told)
    standing_method(public_id)
    rubric = current_rubric()
    saves = whole_number(request.POST.get("saves", ""))
    try:
        kept = save_draft(
            draft=own_draft(request.user, request.POST.get("draft", "")),
            fields=sent_fields(request.POST, rubric),
            saves=-1 if saves is None else saves,
            names=field_names(rubric),
        )
    except Http404:
        return _answer(HTTPStatus.CONFLICT, _("Niet bewaard: dit concept is intussen verstuurd of weggegooid."))
    except DraftChanged:
        told = _("Niet bewaard: in een ander venster is verder geschreven. Druk op “Concept bewaren” om te kiezen.")
        return _answer(HTTPStatus.CONFLICT, told)
    except ValidationError as refused:
        told = _("Niet bewaard. %(why)s") % {"why": " ".join(refused.messages)}
        return _answer(HTTPStatus.UNPROCESSABLE_ENTITY, told)
    clock = timezone.localtime(kept.updated_at)
    told = _("Bewaard om %(time)s") % {"time": f"{clock:%H:%M}"}
    return JsonResponse({"message": told, "saves": kept.saves})


def _answer(status: HTTPStatus, message: str) -> JsonResponse:
    return JsonResponse({"message": message}, status=status)


@signed_in_only
@require_http_methods(["GET", "HEAD", "POST"])
def discard(request: HttpRequest, key: str) -> HttpResponseBase:
    """GET asks, POST throws it away; 404 for another's."""
    draft = own_draft(request.user, key)
    if request.method == "POST":
        discard_draft(author=visitor(request), key=draft.key)
        messages.success(request, _("Het concept is weggegooid."))
        return redirect("reviews:own")
    return _asks(request, {"draft": draft, "method": draft.review.shown_method if draft.review else draft.method})


def _asks(request: HttpRequest, context: dict[str, object]) -> HttpResponse:
    return render(request, "reviews/writing/discard.html", context)
