"""The moderators' own pages: what waits, oldest first, and one review with everything that is needed to judge it."""

from collections.abc import Sequence
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.selectors.people import person_name
from accounts.web.places import visitor
from reviews.access import judging_nothing, may_set_holding, review_to_moderate
from reviews.content import ReviewContent, content_of_json
from reviews.exceptions import ReviewChanged, ReviewNotAllowed
from reviews.models import FlagState
from reviews.rubric import Rubric
from reviews.selectors.queue import Queue, flag_groups, flagged_reviews, open_appeals, queue_counts, waiting_reviews
from reviews.selectors.rubrics import rubric_of
from reviews.selectors.threads import Thread, thread_of
from reviews.services.flagging import reply_said_at
from reviews.signals import signals_about
from reviews.web.guards import moderators_only
from reviews.web.judging import VERDICTS, possible_verdicts
from reviews.web.judging_forms import JudgingForm
from reviews.web.marks import Change, changes, shown_fields
from reviews.web.oldest_first import oldest_first
from reviews.web.refusing import add_errors

PER_PAGE = 25

KIND, VERDICT = "soort", "besluit"
"""Parameters: which queue; the name of the button."""


@moderators_only
@require_safe
def queue_page(request: HttpRequest) -> HttpResponse:
    """One of the queues, by default the first that is not empty."""
    user, counts = visitor(request), queue_counts(visitor(request))
    kind = _queue(request.GET.get(KIND, "")) or next((one for one in Queue if counts[one]), Queue.WAITING)
    rows: Sequence[Any]
    if kind is Queue.APPEALS:
        page = oldest_first(open_appeals(user), request, PER_PAGE)
        rows = [{"review": appeal.review, "appeal": appeal, "since": appeal.at} for appeal in page.rows]
    else:
        found = waiting_reviews(user) if kind is Queue.WAITING else flagged_reviews(user)
        page = oldest_first(found, request, PER_PAGE)
        groups = flag_groups([review.pk for review in page.rows], FlagState.OPEN)
        rows = [{"review": one, "flags": groups.get(one.pk, []), "since": one.since} for one in page.rows]
    context = {
        "kind": kind,
        "queues": [{"value": one, "label": _QUEUE_WORDS[one](), "count": counts[one]} for one in Queue],
        "rows": rows,
        "page": page,
        "why_nothing": judging_nothing(user),
        "may_set_holding": may_set_holding(user),
    }
    return render(request, "reviews/moderation/queue.html", context)


@moderators_only
@require_http_methods(["GET", "HEAD", "POST"])
def moderate_page(request: HttpRequest, public_id: str) -> HttpResponse:
    """The whole thread of a review; POST judges it and leads back to the queue."""
    try:
        review = review_to_moderate(request.user, public_id)
    except ReviewNotAllowed as refused:
        context = {"why": str(refused), "may_set_holding": may_set_holding(request.user)}
        return render(request, "reviews/moderation/not_yours.html", context, status=HTTPStatus.FORBIDDEN)
    thread, actor = thread_of(review), visitor(request)
    if request.method != "POST":
        return _thread_page(request, thread)
    verdict = VERDICTS.get(request.POST.get(VERDICT, ""))
    if verdict is None:
        raise Http404(_("Dit besluit is er niet."))
    form = JudgingForm(request.POST, auto_id=f"{verdict.part}_%s")
    if not form.is_valid():
        return _thread_page(request, thread, verdict.part, form, HTTPStatus.UNPROCESSABLE_ENTITY)
    try:
        verdict.act(actor, thread, form)
    except (ValidationError, ReviewNotAllowed, ReviewChanged) as error:
        status = add_errors(form, error)
        # What is shown now is what the next try is about.
        return _thread_page(request, thread_of(review_to_moderate(actor, public_id)), verdict.part, form, status)
    messages.success(request, str(verdict.done))
    return redirect("reviews:queue")


@dataclass(frozen=True, slots=True)
class _Version:
    """changes: what the newest changed, empty for the first one; fields: what an older one said, label and text."""

    number: int
    at: Any
    changes: Sequence[Change] = ()
    fields: Sequence[tuple[str, str]] = ()


def _thread_page(
    request: HttpRequest,
    thread: Thread,
    part: str = "",
    bound: JudgingForm | None = None,
    status: HTTPStatus = HTTPStatus.OK,
) -> HttpResponse:
    review = thread.review
    rubric = rubric_of(review.rubric_id)
    contents = [content_of_json(version.content) for version in thread.versions]
    verdicts = possible_verdicts(visitor(request), thread)
    context = {
        "thread": thread,
        "review": review,
        "fields": list(shown_fields(contents[0], rubric)),
        "versions": _versions(thread, contents, rubric),
        "forms": _forms(verdicts, part, bound),
        # What the next judging is about, whatever the last one was.
        "seen": {
            "version": review.version,
            "last_entry": thread.last_entry,
            "reply_text": reply_said_at(thread.reply).isoformat() if thread.reply else "",
        },
        "bound": bound,
        "entries": [{"entry": one, "who": person_name(one.actor) if one.actor else ""} for one in thread.entries],
        "signals": signals_about(review),
        "open": FlagState.OPEN,
        "may_set_holding": may_set_holding(request.user),
    }
    return render(request, "reviews/moderation/moderate.html", context, status=status)


def _versions(thread: Thread, contents: Sequence[ReviewContent], rubric: Rubric) -> list[_Version]:
    """The newest by what it changed, which is what a moderator has to read; marks for all would take ten times long."""
    newest, *older = thread.versions
    changed = changes(contents[1], contents[0], rubric) if older else []
    return [
        _Version(newest.number, newest.at, changes=changed),
        *(
            _Version(version.number, version.at, fields=list(shown_fields(content, rubric)))
            for version, content in zip(older, contents[1:], strict=True)
        ),
    ]


def _forms(verdicts: Sequence[str], part: str, bound: JudgingForm | None) -> dict[str, dict[str, Any]]:
    """Of each part that something can be decided about: its form and buttons; also where what was sent has become
    impossible, so that what was typed is there to take along."""
    forms = {}
    for name in ("appeal", "review", "reply"):
        buttons = [{"value": one, "verdict": VERDICTS[one]} for one in verdicts if VERDICTS[one].part == name]
        if not buttons and part != name:
            continue
        form = bound if bound is not None and part == name else JudgingForm(auto_id=f"{name}_%s")
        forms[name] = {"form": form, "buttons": buttons}
    return forms


def _queue(given: str) -> Queue | None:
    """Raises Http404 for one that there is not."""
    if not given:
        return None
    if given not in set(Queue):
        raise Http404(_("Deze wachtrij is er niet."))
    return Queue(given)


_QUEUE_WORDS = {
    Queue.WAITING: lambda: _("Wacht op publicatie"),
    Queue.FLAGGED: lambda: _("Meldingen"),
    Queue.APPEALS: lambda: _("Beroep"),
}
