"""The page on which the writer of a removed review reads why, asks another moderator to look, and reads the answer."""

from http import HTTPStatus

from django import forms
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from accounts.web.places import signed_in_only, visitor
from reviews.access import may_appeal, own_review
from reviews.exceptions import ReviewChanged, ReviewNotAllowed
from reviews.models import Appeal, AppealState, ModerationAction, Review
from reviews.services.appeals import make_appeal
from reviews.web.refusing import add_errors


class AppealForm(forms.Form):
    text = forms.CharField(
        label=_("Waarom moet uw beoordeling terug?"),
        strip=False,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_("Ten hoogste 2.000 tekens. Ga in op de reden die de moderator gaf."),
        error_messages={"required": _("Schrijf op waarom de beoordeling terug moet.")},
    )
    version = forms.IntegerField(widget=forms.HiddenInput)


@signed_in_only
@require_http_methods(["GET", "HEAD", "POST"])
def appeal_page(request: HttpRequest, public_id: str) -> HttpResponse:
    review = own_review(request.user, public_id)
    if request.method != "POST":
        return _page(request, review, AppealForm(initial={"version": review.version}))
    if not may_appeal(request.user, review):
        raise PermissionDenied
    form = AppealForm(request.POST)
    if not form.is_valid():
        return _page(request, review, form, HTTPStatus.UNPROCESSABLE_ENTITY)
    said = form.cleaned_data
    try:
        make_appeal(author=visitor(request), review=review, text=said["text"], version=said["version"])
    except (ValidationError, ReviewNotAllowed, ReviewChanged) as error:
        return _page(request, review, form, add_errors(form, error))
    return redirect("reviews:appeal", review.public_id)


def _page(request: HttpRequest, review: Review, form: AppealForm, status: HTTPStatus = HTTPStatus.OK) -> HttpResponse:
    appeals = list(Appeal.objects.filter(review=review))
    is_possible = may_appeal(request.user, review) and not any(one.version == review.version for one in appeals)
    context = {
        "review": review,
        "appeals": appeals,
        "form": form if is_possible or form.is_bound else None,
        "granted": AppealState.GRANTED,
        "is_open": any(one.state == AppealState.OPEN for one in appeals),
        "removed": ModerationAction.REMOVED,
    }
    return render(request, "reviews/moderation/appeal.html", context, status=status)
