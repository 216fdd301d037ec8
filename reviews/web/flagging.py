"""The page on which any reader, account or not, tells that a review or its reply is against the rules."""

from datetime import datetime
from http import HTTPStatus
from urllib.parse import urlencode

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts.models import User
from accounts.web.visitor_limits import WAIT_SECONDS, Limit, count_once_more
from reviews.access import may_flag, published_review
from reviews.exceptions import ReviewChanged, ReviewNotAllowed
from reviews.models import PublisherReply, Review
from reviews.school_years import school_year_label
from reviews.services.flagging import flag_review, reply_said_at
from reviews.web.flag_forms import FlagForm
from reviews.web.refusing import add_errors

OF_REPLY = "antwoord"
"""Parameter: "1" where the publisher's reply is meant, and not the review."""


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def flag_page(request: HttpRequest, public_id: str) -> HttpResponse:
    """The form; sent, it leads to a page of thanks, so that going back or reloading sends nothing again."""
    review = published_review(public_id)
    reply = _reply(request, review)
    if not may_flag(request.user, review):
        return _page(request, review, reply, None, HTTPStatus.FORBIDDEN)
    form = FlagForm(
        request.POST if request.method == "POST" else None,
        version=review.version,
        reply_text=reply_said_at(reply).isoformat() if reply else "",
        is_of_reply=reply is not None,
    )
    if request.method != "POST":
        return _page(request, review, reply, form)
    if not form.is_valid():
        return _page(request, review, reply, form, HTTPStatus.UNPROCESSABLE_ENTITY)
    user = request.user if isinstance(request.user, User) else None
    if user is None:
        match count_once_more(request, "flag"):
            case Limit.REACHED:
                text = _("Er kwamen net veel meldingen van uw netwerk. Wacht tien minuten en verstuur hem dan.")
                form.add_error(None, text)
                answer = _page(request, review, reply, form, HTTPStatus.TOO_MANY_REQUESTS)
                answer["Retry-After"] = str(WAIT_SECONDS)
                return answer
            case Limit.UNKNOWN:
                form.add_error(
                    None,
                    _("Melden zonder account lukt door een storing niet. Uw tekst staat er nog: probeer het later."),
                )
                return _page(request, review, reply, form, HTTPStatus.SERVICE_UNAVAILABLE)
    version, text_at = _seen(form)
    try:
        flag_review(
            user=user,
            review=review,
            reason=form.cleaned_data["reason"],
            text=form.cleaned_data["text"],
            is_of_reply=reply is not None,
            version=version,
            reply_text_at=text_at,
        )
    except (ValidationError, ReviewNotAllowed, ReviewChanged) as error:
        return _page(request, review, reply, form, add_errors(form, error))
    return HttpResponseRedirect(_address("reviews:flag-thanks", review, reply))


@never_cache
@require_safe
def flag_thanks_page(request: HttpRequest, public_id: str) -> HttpResponse:
    """What happens next with the flag, and the way back."""
    review = published_review(public_id)
    context = {"review": review, "is_of_reply": request.GET.get(OF_REPLY) == "1"}
    return render(request, "reviews/moderation/flag_thanks.html", context)


def _page(
    request: HttpRequest,
    review: Review,
    reply: PublisherReply | None,
    form: FlagForm | None,
    status: HTTPStatus = HTTPStatus.OK,
) -> HttpResponse:
    context = {
        "review": review,
        "reply": reply,
        "form": form,
        "action": _address("reviews:flag", review, reply),
        "school_year": school_year_label(review.school_year),
        "excerpt": reply.text if reply else review.strong_point or review.weak_point,
    }
    return render(request, "reviews/moderation/flag.html", context, status=status)


def _reply(request: HttpRequest, review: Review) -> PublisherReply | None:
    """The reply where the address says so. Raises Http404 where there is none."""
    asked = request.GET.get(OF_REPLY, "")
    if not asked:
        return None
    found = PublisherReply.objects.filter(review=review, removed_at=None).select_related("publisher").first()
    if asked != "1" or found is None:
        raise Http404(_("Bij deze beoordeling staat geen antwoord van de uitgever."))
    return found


def _seen(form: FlagForm) -> tuple[int | None, datetime | None]:
    """What the reader had before them; None for what no form of ours says."""
    version, reply_text = form.seen
    try:
        return int(version) if version.isascii() and version.isdigit() else None, parse_datetime(reply_text)
    except ValueError:
        return None, None


def _address(name: str, review: Review, reply: PublisherReply | None) -> str:
    ending = f"?{urlencode({OF_REPLY: 1})}" if reply else ""
    return reverse(name, args=[review.public_id]) + ending
