"""When reviews wait for a moderator, for staff who set it."""

from http import HTTPStatus

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.web.places import visitor
from reviews.exceptions import ReviewNotAllowed
from reviews.models import PreModeration
from reviews.services.switching import held_account_days, hold_method, hold_new_accounts
from reviews.web.guards import staff_only
from reviews.web.holding_forms import AccountHoldingForm, MethodHoldingForm
from reviews.web.refusing import add_errors


@staff_only
@require_http_methods(["GET", "HEAD", "POST"])
def holding_page(request: HttpRequest) -> HttpResponse:
    """When reviews wait for a moderator; POST with `wat` switches it for a method or for new accounts."""
    method_form = MethodHoldingForm(auto_id="methode_%s", initial={"method": request.GET.get("methode", "")})
    account_form = AccountHoldingForm(auto_id="account_%s", initial={"days": held_account_days()})
    if request.method != "POST":
        return _holding_page(request, method_form, account_form)
    what, actor = request.POST.get("wat", ""), visitor(request)
    form: forms.Form
    if what == "accounts":
        form = account_form = AccountHoldingForm(request.POST, auto_id="account_%s")
    elif what in {"aan", "uit"}:
        form = method_form = MethodHoldingForm(request.POST, auto_id="methode_%s")
    else:
        raise Http404(_("Deze instelling is er niet."))
    if not form.is_valid():
        return _holding_page(request, method_form, account_form, HTTPStatus.UNPROCESSABLE_ENTITY)
    said = form.cleaned_data
    try:
        if what == "accounts":
            changed = hold_new_accounts(actor=actor, days=said["days"], reason=said["reason"])
        else:
            changed = hold_method(actor=actor, method=said["method"], is_held=what == "aan", reason=said["reason"])
    except (ValidationError, ReviewNotAllowed) as error:
        return _holding_page(request, method_form, account_form, add_errors(form, error))
    if changed:
        messages.success(request, _("De instelling is gewijzigd en staat in het logboek."))
    else:
        messages.info(request, _("Zo stond het al; er is niets veranderd."))
    return redirect("reviews:moderation-holding")


def _holding_page(
    request: HttpRequest,
    method_form: MethodHoldingForm,
    account_form: AccountHoldingForm,
    status: HTTPStatus = HTTPStatus.OK,
) -> HttpResponse:
    context = {
        "held": PreModeration.objects.select_related("method__publisher"),
        "method_form": method_form,
        "account_form": account_form,
        "may_set_holding": True,
    }
    return render(request, "reviews/moderation/holding.html", context, status=status)
