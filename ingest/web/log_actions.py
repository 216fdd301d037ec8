"""What a person may decide about a pass: that it stops, and that what it missed is gone indeed."""

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from catalogus.web import formatting
from ingest.access import actor_of, editors_only
from ingest.exceptions import NothingHeld
from ingest.models import Harvest, Record
from ingest.selectors import held_products, waits_for_agreement
from ingest.selectors.withdrawals import due_records
from ingest.services.stopping import request_stop
from ingest.services.withdrawal import accept_withdrawals
from ingest.web.log_rows import held_row

MOST_HELD = 50


@editors_only
@require_POST
def stop_harvest(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask an open pass to stop; its page then tells who asked."""
    one_pass = get_object_or_404(Harvest, pk=pk)
    if not request_stop(harvest=one_pass, actor=actor_of(request)):
        messages.info(request, _("Deze oogst was al klaar, of iemand anders vroeg al om te stoppen."))
    return redirect("ingest:harvest", pk)


@editors_only
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw_page(request: HttpRequest, pk: int) -> HttpResponseBase:
    """What would be withdrawn, and on a POST with the number that was read there: withdraw it.

    A number that is no longer right is answered with the page anew (409), for nobody agreed to that.
    """
    one_pass = get_object_or_404(Harvest.objects.select_related("source"), pk=pk)
    held = due_records(one_pass)
    count = held.count() if waits_for_agreement(one_pass) else 0
    if not count:
        return _nothing_held(request, pk)
    if request.method == "POST" and request.POST.get("aantal") == str(count):
        return _withdraw(request, one_pass)
    products = held_products(held)
    context = {
        "one_pass": one_pass,
        "source": one_pass.source,
        "count": count,
        "count_text": formatting.number(count),
        "going": products.going,
        "going_text": formatting.number(products.going),
        "staying": products.staying,
        "staying_text": formatting.number(products.staying),
        "records": [held_row(record) for record in _listed(held)],
        "most": MOST_HELD,
        "has_changed": request.method == "POST",
    }
    return render(request, "ingest/log_withdraw.html", context, status=409 if request.method == "POST" else 200)


def _listed(held: QuerySet[Record]) -> QuerySet[Record]:
    """The first of them with their products, without what a list does not show."""
    unseen = ("payload", "refused_payload", "product__search_text", "product__search_vector", "product__description")
    return held.select_related("product").defer(*unseen).order_by("pk")[:MOST_HELD]


def _withdraw(request: HttpRequest, one_pass: Harvest) -> HttpResponse:
    """Back to the pass, with what became of it."""
    try:
        count = accept_withdrawals(harvest=one_pass, actor=actor_of(request))
    except NothingHeld:
        return _nothing_held(request, one_pass.pk)
    text = ngettext("%(count)s record is teruggetrokken.", "%(count)s records zijn teruggetrokken.", count)
    messages.success(request, text % {"count": formatting.number(count)})
    return redirect("ingest:harvest", one_pass.pk)


def _nothing_held(request: HttpRequest, pk: int) -> HttpResponse:
    messages.info(request, _("Er wacht niets meer op akkoord bij deze oogst."))
    return redirect("ingest:harvest", pk)
