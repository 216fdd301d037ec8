"""The page on which a publisher's editor replies to a review, changes the reply or takes it back."""

from http import HTTPStatus

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.models import User
from accounts.web.places import signed_in_only, visitor
from catalogus.services.publishers import survivor
from reviews.access import may_reply, published_review
from reviews.exceptions import ReviewChanged, ReviewNotAllowed
from reviews.models import PublisherReply, Review
from reviews.selectors.authors import shown_author
from reviews.services.replying import reply_mark, withdraw_reply, write_reply
from reviews.web.answering_forms import ReplyForm

WITHDRAWS = "intrekken"
"""What the button named "actie" says that takes the reply back."""


@signed_in_only
@require_http_methods(["GET", "HEAD", "POST"])
def reply_page(request: HttpRequest, public_id: str) -> HttpResponse:
    """404 where nobody reads the review; 403 for who does not speak for its publisher as an editor or owner.

    What was typed is there again whatever was wrong; where the review or the reply changed meanwhile (409) the page
    shows it as it is now, and sending again answers that.
    """
    review = published_review(public_id)
    if not may_reply(request.user, review):
        raise PermissionDenied
    reply = _reply_to(review)
    if request.method != "POST":
        return _page(request, review, reply, _fresh_form(review, reply))
    if request.POST.get("actie") == WITHDRAWS:
        return _withdraw(request, visitor(request), review)
    form = ReplyForm(request.POST)
    status = HTTPStatus.UNPROCESSABLE_ENTITY
    if form.is_valid():
        try:
            write_reply(
                author=visitor(request),
                review=review,
                text=form.cleaned_data["text"],
                seen=form.cleaned_data["seen"],
                version=form.cleaned_data["version"],
            )
        except ValidationError as error:
            form.add_error("text", error.messages[0])
        except ReviewNotAllowed as refused:
            form.add_error(None, str(refused))
            status = HTTPStatus.FORBIDDEN
        except ReviewChanged as changed:
            review, reply = published_review(public_id), _reply_to(review)
            form = _fresh_form(review, reply, typed=form.cleaned_data["text"], told=str(changed))
            status = HTTPStatus.CONFLICT
        else:
            messages.success(request, _("Uw antwoord staat onder de beoordeling."))
            return _done(review)
    return _page(request, review, reply, form, status)


def _withdraw(request: HttpRequest, user: User, review: Review) -> HttpResponse:
    try:
        withdraw_reply(author=user, review=review)
    except ReviewNotAllowed as refused:
        reply = _reply_to(review)
        form = _fresh_form(review, reply, typed=reply.text if reply else "", told=str(refused))
        return _page(request, review, reply, form, HTTPStatus.FORBIDDEN)
    messages.success(request, _("Het antwoord is ingetrokken."))
    return _done(review)


def _done(review: Review) -> HttpResponse:
    return redirect("reviews:publisher-reviews", survivor(review.shown_method.publisher).slug)


def _reply_to(review: Review) -> PublisherReply | None:
    return PublisherReply.objects.filter(review=review).select_related("publisher").first()


def _fresh_form(review: Review, reply: PublisherReply | None, *, typed: str | None = None, told: str = "") -> ReplyForm:
    """A form about what stands now. typed: a text that was sent already; told: what was wrong then."""
    values = {"version": review.version, "seen": reply_mark(reply)}
    if typed is None:
        return ReplyForm(initial=values | {"text": reply.text if reply else ""})
    form = ReplyForm(values | {"text": typed})
    if told:
        form.add_error(None, told)
    return form


def _page(
    request: HttpRequest,
    review: Review,
    reply: PublisherReply | None,
    form: ReplyForm,
    status: HTTPStatus = HTTPStatus.OK,
) -> HttpResponse:
    context = {
        "review": review,
        "author": shown_author(review),
        "reply": reply,
        "publisher": survivor(review.shown_method.publisher),
        "form": form,
    }
    return render(request, "reviews/answering/reply.html", context, status=status)
