"""The preview of a draft: as readers will see it, with what its writer is asked to look at first."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.web.places import signed_in_only, visitor
from catalogus.models import Method
from reviews.access import MethodStanding, method_standing, own_draft
from reviews.content import ReviewContent
from reviews.models import ReviewDraft
from reviews.placing import surviving_method_id
from reviews.selectors.rubrics import current_rubric
from reviews.web.preview_words import after_deletion_words, preview_card
from reviews.web.writing import published, read
from reviews.web.writing_fields import whole_number
from reviews.web.writing_page import form_page, labelled_findings, own_reviews_of, refusal_page, sent_page
from reviews.web.writing_places import Subject, standing_method
from reviews.wording import findings


@signed_in_only
@require_http_methods(["GET", "HEAD", "POST"])
def preview(request: HttpRequest, public_id: str) -> HttpResponseBase:
    """?concept: the key of the draft. POST publishes it; `gezien` says that what was pointed out was looked at."""
    method = standing_method(public_id)
    key = request.POST.get("concept", "") or request.GET.get("concept", "")
    try:
        draft = own_draft(request.user, key)
    except Http404:
        return _gone(request, method)
    subject = _subject(draft)
    standing = method_standing(request.user, subject.method)
    if standing is not MethodStanding.ALLOWED:
        return refusal_page(request, subject.method, standing, draft.fields)
    content, errors = read(draft.fields, subject, visitor(request))
    if content is None:
        return form_page(request, subject, draft, draft.fields, errors=errors, status=422)
    if request.method != "POST":
        return _page(request, subject, draft, content)
    if whole_number(request.POST.get("saves", "")) != draft.saves:
        messages.warning(request, _("Het concept is intussen gewijzigd. Dit is hoe het nu is; kijk het na."))
        return redirect(f"{subject.preview_address}?concept={draft.key}")
    is_seen = "gezien" in request.POST
    if findings(content.texts) and not is_seen:
        return _page(request, subject, draft, content, is_unseen=True)
    return published(request, subject, draft, draft.fields, content, acknowledged=is_seen)


def _subject(draft: ReviewDraft) -> Subject:
    if draft.review is not None:
        review = draft.review
        return Subject(Method.objects.select_related("publisher").get(pk=review.shown_method_id), review)
    return Subject(Method.objects.select_related("publisher").get(pk=surviving_method_id(draft.method_id)))


def _gone(request: HttpRequest, method: Method) -> HttpResponseBase:
    """Sent already, in this window or another; or thrown away, or never there."""
    if request.method == "POST":
        return sent_page(request, method, next(iter(own_reviews_of(visitor(request), method)), None))
    messages.info(request, _("Dit concept is verstuurd of weggegooid."))
    return redirect("reviews:own")


def _page(
    request: HttpRequest, subject: Subject, draft: ReviewDraft, content: ReviewContent, *, is_unseen: bool = False
) -> HttpResponse:
    rubric = current_rubric()
    context = {
        "method": subject.method,
        "review": subject.review,
        "draft": draft,
        "back": subject.address,
        "action": subject.preview_address,
        "card": preview_card(visitor(request), subject, content, rubric),
        "after_deletion": after_deletion_words(content),
        "findings": labelled_findings(findings(content.texts), rubric),
        "is_unseen": is_unseen,
    }
    return render(request, "reviews/writing/preview.html", context, status=422 if is_unseen else 200)
