"""The parameters of the lists as OpenAPI describes them, read off the filters that take them."""

from typing import Any

from django import forms
from drf_spectacular.utils import OpenApiParameter

from catalogus.api.filters import CodesField, ProductFilter
from catalogus.facets import BY_PARAMETER
from catalogus.search.criteria import DEFAULT_PAGE_SIZE, MAX_REACHABLE, MAX_TEXT_LENGTH, PAGE_SIZES, Sort
from catalogus.search.facet_pages import MAX_CONTAINS_LENGTH, MOST_PAGES, VALUES_ON_A_PAGE

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


def facet_parameters() -> list[OpenApiParameter]:
    """Those of the search, as far as they say what is found, and those of the page of values."""
    how_to_answer = {"sort", "page", "page_size", "cursor", "facets"}
    facet = OpenApiParameter(
        name="parameter",
        type={"type": "string", "enum": list(BY_PARAMETER)},
        location=OpenApiParameter.PATH,
        description="The facet, by the name of its parameter.",
    )
    contains = OpenApiParameter(
        name="contains",
        type={"type": "string", "maxLength": MAX_CONTAINS_LENGTH},
        description="Values alone whose label holds this text; case, accents and signs do not matter.",
    )
    page = OpenApiParameter(
        name="page",
        type={"type": "integer", "minimum": 1, "maximum": MOST_PAGES, "default": 1},
        description=f"{VALUES_ON_A_PAGE} values a page.",
    )
    return [facet, *(one for one in search_parameters() if one.name not in how_to_answer), contains, page]


def _schema(name: str, field: forms.Field) -> dict[str, Any]:
    if isinstance(field, CodesField):
        items: dict[str, Any] = {"type": "string"}
        return {"type": "array", "items": items | ({"enum": list(field.codes)} if field.codes else {})}
    return _SCHEMAS[name]
