"""What other rooms' pages show of what was brought in."""

from typing import Any

from django import template
from django.template import Context

from accounts.access import is_editor
from catalogus.models import Method, Product
from ingest.access import may_see_quality, may_see_records
from ingest.web.method_sources import method_sources as sources_of
from ingest.web.provenance import product_provenance as provenance_of

register = template.Library()


@register.inclusion_tag("ingest/provenance.html", name="product_provenance", takes_context=True)
def product_provenance(context: Context, product: Product) -> dict[str, Any]:
    """Where a product's facts come from, for who may see its records; nothing, and without a query, for a visitor."""
    request = context.get("request")
    if request is None or not may_see_records(request.user, product.publisher_id):
        return {"provenance": None}
    return {"provenance": provenance_of(product, is_editor=is_editor(request.user))}


@register.inclusion_tag("ingest/components/_method_sources.html", name="method_sources", takes_context=True)
def method_sources(context: Context, method: Method) -> dict[str, Any]:
    """Through which sources a method came, for everybody, in one query; and, for who may see it, how well it came."""
    request = context.get("request")
    may_judge = request is not None and may_see_quality(request.user, [method.publisher_id])
    return {"method": method, "sources": sources_of(method), "may_see_quality": may_judge}


@register.inclusion_tag("ingest/components/_report_link.html")
def report_link(kind: str, public_id: str, name: str) -> dict[str, Any]:
    """The way to say that something is wrong; kind: "method" or "product"."""
    return {"kind": kind, "public_id": public_id, "name": name}
