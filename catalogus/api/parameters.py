"""The parameters of the lists as OpenAPI describes them, read off the filters that take them."""

from typing import Any

from django import forms
from drf_spectacular.utils import OpenApiParameter

from catalogus.api.filters import CodesField, ProductFilter
from catalogus.search.criteria import DEFAULT_PAGE_SIZE, MAX_REACHABLE, MAX_TEXT_LENGTH, PAGE_SIZES, Sort

_SCHEMAS: dict[str, dict[str, Any]] = {
    "q": {"type": "string", "maxLength": MAX_TEXT_LENGTH},
    "all": {"type": "string", "enum": ["0", "1"], "default": "0"},
    "literal": {"type": "string", "enum": ["0", "1"], "default": "0"},
    "facets": {"type": "string", "enum": ["0", "1"], "default": "0"},
    "sort": {"type": "string", "enum": [sort.value for sort in Sort], "default": Sort.RELEVANCE.value},
    "page": {"type": "integer", "minimum": 1, "maximum": MAX_REACHABLE, "default": 1},
    "page_size": {
        "type": "integer",
        "minimum": PAGE_SIZES[0],
        "maximum": PAGE_SIZES[-1],
        "default": DEFAULT_PAGE_SIZE,
    },
    "cursor": {"type": "string"},
}


def search_parameters() -> list[OpenApiParameter]:
    """One for each parameter that the lists take; none without a description."""
    return [
        OpenApiParameter(
            name=name,
            type=_schema(name, filter_.field),
            description=str(filter_.field.help_text),
            explode=True if isinstance(filter_.field, CodesField) else None,
            style="form" if isinstance(filter_.field, CodesField) else None,
        )
        for name, filter_ in ProductFilter.base_filters.items()
    ]


def _schema(name: str, field: forms.Field) -> dict[str, Any]:
    if isinstance(field, CodesField):
        items: dict[str, Any] = {"type": "string"}
        return {"type": "array", "items": items | ({"enum": list(field.codes)} if field.codes else {})}
    return _SCHEMAS[name]
