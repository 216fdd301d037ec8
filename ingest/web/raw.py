"""Records as they were sent, for who works for the catalogue and for the publisher that they are about."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from catalogus.models import Product
from catalogus.selectors import product_with_relations
from ingest.access import require_records, signed_in_only
from ingest.models import Record
from ingest.web.raw_payload import content_of
from ingest.web.raw_rows import record_card

MOST_RECORDS = 20
"""Records of one product on one page; the real feed has two or three at most."""


@signed_in_only
@require_safe
def product_raw_page(request: HttpRequest, public_id: str) -> HttpResponse:
    """Every record that describes a product, the most believed first; a merged product's are its survivor's."""
    try:
        product = product_with_relations(public_id)
    except Product.DoesNotExist as error:
        raise Http404(_("Dit product staat niet in de catalogus.")) from error
    if product.merged_into is not None:
        return redirect("ingest:product-raw", product.merged_into.public_id)
    require_records(request.user, product.publisher_id)
    records = (
        Record.objects.filter(product=product)
        .select_related("source", "publisher")
        .order_by("source__precedence", "identifier", "pk")[: MOST_RECORDS + 1]
    )
    cards = [record_card(record) for record in records]
    context = {
        "product": product,
        "cards": cards[:MOST_RECORDS],
        "has_more": len(cards) > MOST_RECORDS,
        "most": MOST_RECORDS,
    }
    return render(request, "ingest/raw_product.html", context)


@signed_in_only
@require_safe
def record_raw_page(request: HttpRequest, pk: int) -> HttpResponse:
    """One record, with a product or without."""
    record = get_object_or_404(
        Record.objects.select_related("source", "publisher", "product").defer(
            "product__search_text", "product__search_vector", "product__description"
        ),
        pk=pk,
    )
    require_records(request.user, record.publisher_id)
    context = {"record": record, "product": record.product, "card": record_card(record)}
    return render(request, "ingest/raw_record.html", context)


@signed_in_only
@require_safe
def record_download(request: HttpRequest, pk: int, which: str) -> HttpResponse:
    """The whole content as plain text: a browser that ran or drew it would trust a stranger."""
    record = get_object_or_404(Record, pk=pk)
    require_records(request.user, record.publisher_id)
    content = record.refused_payload if which == "geweigerd" else record.payload
    if content is None:
        raise Http404(_("Van dit record is geen geweigerde inhoud bewaard."))
    response = HttpResponse(content_of(content), content_type="text/plain; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="record-{pk}.txt"'
    response["X-Content-Type-Options"] = "nosniff"
    return response
