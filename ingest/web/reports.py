""" "Klopt er iets niet?": the form about one product or method, and what is told when it was sent."""

from http import HTTPStatus
from urllib.parse import urlencode

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts.web.visitor_limits import WAIT_SECONDS, Limit, count_once_more
from catalogus.models import Method, Product
from ingest.selectors.reports import reportable_method, reportable_product
from ingest.services.reports import report_fault
from ingest.web.report_forms import ReportForm

PRODUCT, METHOD = "product", "method"
"""Parameters: the public id of what a report is about."""


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def report_page(request: HttpRequest) -> HttpResponse:
    """The form; sent, it leads to a page of thanks, so that going back or reloading sends nothing again.

    Without a product or method the page says where to begin; with both, that it takes one (400). What was merged leads
    to what it became.
    """
    given = {name: request.GET.get(name, "") for name in (PRODUCT, METHOD)}
    if all(given.values()) or not any(given.values()):
        return _which_one(request, is_both=any(given.values()))
    subject = _subject(given)
    if request.method != "POST":
        if subject.public_id not in given.values():
            return HttpResponseRedirect(f"{reverse('ingest:report')}?{_query(subject)}")
        return _page(request, subject, ReportForm())
    form = ReportForm(request.POST)
    if not form.is_valid():
        return _page(request, subject, form, HTTPStatus.UNPROCESSABLE_ENTITY)
    match count_once_more(request, "report"):
        case Limit.REACHED:
            form.add_error(
                None, _("Er kwamen net veel meldingen van uw netwerk. Wacht tien minuten en verstuur hem dan.")
            )
            answer = _page(request, subject, form, HTTPStatus.TOO_MANY_REQUESTS)
            answer["Retry-After"] = str(WAIT_SECONDS)
            return answer
        case Limit.UNKNOWN:
            form.add_error(
                None,
                _("Melden lukt door een storing bij ons nu niet. Uw tekst staat er nog: probeer het straks weer."),
            )
            return _page(request, subject, form, HTTPStatus.SERVICE_UNAVAILABLE)
    try:
        report_fault(
            about=subject,
            kind=form.cleaned_data["kind"],
            text=form.cleaned_data["text"],
            reply_email=form.cleaned_data["reply_email"],
        )
    except ValidationError as error:
        form.add_error(None, error)
        return _page(request, subject, form, HTTPStatus.UNPROCESSABLE_ENTITY)
    return HttpResponseRedirect(f"{reverse('ingest:report-thanks')}?{_query(subject)}")


@never_cache
@require_safe
def thanks_page(request: HttpRequest) -> HttpResponse:
    """What happens next with the report, and the way back to what it was about."""
    given = {name: request.GET.get(name, "") for name in (PRODUCT, METHOD)}
    subject = _subject(given) if any(given.values()) else None
    return render(request, "ingest/report_thanks.html", {"subject": subject, "name": _name(subject)})


def _subject(given: dict[str, str]) -> Product | Method:
    try:
        return reportable_product(given[PRODUCT]) if given[PRODUCT] else reportable_method(given[METHOD])
    except (Product.DoesNotExist, Method.DoesNotExist) as error:
        raise Http404(_("Dit product of deze methode staat niet in de catalogus.")) from error


def _which_one(request: HttpRequest, *, is_both: bool) -> HttpResponse:
    status = HTTPStatus.BAD_REQUEST if is_both else HTTPStatus.OK
    return render(request, "ingest/report_which.html", {"is_both": is_both}, status=status)


def _page(
    request: HttpRequest, subject: Product | Method, form: ReportForm, status: HTTPStatus = HTTPStatus.OK
) -> HttpResponse:
    is_product = isinstance(subject, Product)
    context = {
        "subject": subject,
        "name": _name(subject),
        "is_product": is_product,
        "is_withdrawn": isinstance(subject, Product) and subject.withdrawn_at is not None,
        "form": form,
    }
    return render(request, "ingest/report.html", context, status=status)


def _name(subject: Product | Method | None) -> str:
    if subject is None:
        return ""
    return subject.title if isinstance(subject, Product) else subject.name


def _query(subject: Product | Method) -> str:
    return urlencode({PRODUCT if isinstance(subject, Product) else METHOD: subject.public_id})
