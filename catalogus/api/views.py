"""REST v1: thin views over search and selectors."""

from dataclasses import replace
from math import ceil
from typing import Any, ClassVar

from django.http import Http404
from django.urls import reverse
from django.utils.cache import patch_cache_control, patch_vary_headers
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema, extend_schema_view
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from catalogus.api import representations, serializers
from catalogus.api.filters import ProductFilter
from catalogus.api.parameters import search_parameters
from catalogus.article_numbers import ean13
from catalogus.exceptions import InvalidCriteria
from catalogus.models import Method, Product
from catalogus.search import SearchCriteria, SearchPage, View, get_backend
from catalogus.search.backend import has_engine
from catalogus.search.criteria import MAX_REACHABLE
from catalogus.search.related import related_methods
from catalogus.search.understanding import Understanding
from catalogus.selectors import (
    method_codes,
    method_editions,
    method_with_relations,
    product_by_ean,
    product_relations,
    product_with_relations,
    surviving_method,
)

CACHED_SECONDS = 60
"""A harvest shows within a minute, and what many ask at once is asked of the engine once."""

BASIC_CACHED_SECONDS = 5
"""What the database answered in the place of an engine: the engine may be back soon, and meanwhile fewer ask."""

_PROBLEM_TYPE = "application/problem+json"


def problems(*statuses: int) -> dict[tuple[int, str], Any]:
    texts = {
        400: "A parameter is unknown or cannot be read.",
        404: "There is no such thing.",
        503: "Neither the search engine nor the database can answer now; try again after Retry-After seconds.",
    }
    return {
        (status, _PROBLEM_TYPE): OpenApiResponse(serializers.ProblemSerializer, description=texts[status])
        for status in statuses
    }


_WHOLE = (
    "\n\nThe total is in each answer. To read all of it, follow next until it is null: page numbers lead to the first"
    " 10,000 results and a cursor beyond. The whole list as a table: /zoeken/export.csv and /zoeken/export.xlsx, with"
    " the same parameters%s; X-Total-Count there says how many rows the whole has."
)

_MOVED = {301: OpenApiResponse(description="Merged into another one; Location tells which.")}


class ReadOnlyView(APIView):
    """GET without a session, a cookie or a user: the answer is the same for everyone who reads the same language."""

    http_method_names = ["get", "head", "options"]

    def finalize_response(self, request: Request, response: Response, *args: Any, **kwargs: Any) -> Response:
        finalized = super().finalize_response(request, response, *args, **kwargs)
        if finalized.status_code == 200 and request.method in {"GET", "HEAD"}:
            patch_cache_control(finalized, public=True, max_age=CACHED_SECONDS)
            # The language comes from a cookie as well; Django itself names Accept-Language alone.
            patch_vary_headers(finalized, ["Cookie", "Accept"])
        return finalized


def cached_for(*, is_basic: bool) -> dict[str, str]:
    """Headers by which an answer is kept for less than usual (ReadOnlyView takes the shorter) where it should be."""
    return {"Cache-Control": f"max-age={BASIC_CACHED_SECONDS}"} if is_basic and has_engine() else {}


class IndexView(ReadOnlyView):
    @extend_schema(
        operation_id="index",
        summary="Where everything is",
        description="The addresses of this API.",
        responses={200: serializers.IndexSerializer},
    )
    def get(self, request: Request) -> Response:
        products = request.build_absolute_uri(reverse("api:products"))
        return Response(
            {
                "products": products,
                "methods": request.build_absolute_uri(reverse("api:methods")),
                "suggest": f"{request.build_absolute_uri(reverse('api:suggest'))}?q={{q}}",
                "product_by_ean": f"{products}ean/{{ean}}/",
                "reviews": request.build_absolute_uri(reverse("reviews-api:reviews")),
                "review_summaries": request.build_absolute_uri(reverse("reviews-api:summaries")),
                "rubrics": request.build_absolute_uri(reverse("reviews-api:rubrics")),
                "openapi": request.build_absolute_uri(reverse("openapi")),
            }
        )


class SearchView(ReadOnlyView):
    """A list: one call of the engine, and facets only when asked for."""

    search_view: ClassVar[View]

    def get(self, request: Request) -> Response:
        criteria, wants_facets = ProductFilter.read(request.query_params, self.search_view)
        answer = get_backend().search(criteria, with_facets=wants_facets)
        understanding = answer.understanding or Understanding(text="")
        relaxations = [representations.relaxation(one) for one in answer.relaxations]
        addresses = representations.Addresses.of(request)
        before, after = _neighbours(answer)
        own = request.build_absolute_uri(request.path)
        return Response(
            {
                "total": answer.total,
                "page_size": criteria.page_size,
                "next": _address(own, after, wants_facets=wants_facets),
                "previous": _address(own, before, wants_facets=wants_facets),
                "took_ms": answer.took_ms,
                "mode": representations.mode(is_basic=answer.is_basic),
                "is_loosened": answer.is_loosened,
                "complete_total": answer.complete_total,
                "replacements": [representations.replacement(word) for word in answer.replacements],
                **representations.understanding(understanding),
                "facets": [representations.facet(facet) for facet in answer.facets] if wants_facets else None,
                "relaxations": relaxations if wants_facets else None,
                "results": [representations.product_hit(hit, addresses) for hit in answer.product_hits]
                or [representations.method_hit(hit, addresses) for hit in answer.method_hits],
            },
            headers=cached_for(is_basic=answer.is_basic),
        )


@extend_schema_view(
    get=extend_schema(
        operation_id="products_search",
        summary="Products that fit a search",
        description="Products by search. Values of one parameter are alternatives, parameters narrow each other."
        + _WHOLE % " and view=products",
        parameters=search_parameters(),
        responses={200: serializers.ProductPageSerializer, **problems(400, 503)},
    )
)
class ProductListView(SearchView):
    search_view = View.PRODUCTS


@extend_schema_view(
    get=extend_schema(
        operation_id="methods_search",
        summary="Methods with products that fit a search",
        description="The methods view of search: every filter holds within one product of the method." + _WHOLE % "",
        parameters=search_parameters(),
        responses={200: serializers.MethodPageSerializer, **problems(400, 503)},
    )
)
class MethodListView(SearchView):
    search_view = View.METHODS


def _moved(address: str) -> Response:
    # A merge may be undone: who remembers this redirect asks again soon.
    return Response(status=301, headers={"Location": address, "Cache-Control": f"max-age={CACHED_SECONDS}"})


def _product_answer(request: Request, product: Product) -> Response:
    if product.merged_into:
        return _moved(reverse("api:product", args=[product.merged_into.public_id]))
    page_url = request.build_absolute_uri(product.get_absolute_url())
    relations = product_relations(product)
    return Response(representations.product(product, relations, representations.Addresses.of(request), page_url))


class ProductView(ReadOnlyView):
    @extend_schema(
        operation_id="product",
        summary="One product, withdrawn ones included",
        description="All that is known of a product.",
        parameters=[OpenApiParameter("public_id", str, OpenApiParameter.PATH, description="The product's public id.")],
        responses={200: serializers.ProductSerializer, **_MOVED, **problems(404)},
    )
    def get(self, request: Request, public_id: str) -> Response:
        try:
            return _product_answer(request, product_with_relations(public_id=public_id))
        except Product.DoesNotExist as error:
            raise Http404(_("Er is geen product met kenmerk “%(id)s”.") % {"id": public_id}) from error


class ProductByEanView(ReadOnlyView):
    @extend_schema(
        operation_id="product_by_ean",
        summary="One product by its EAN or ISBN-13",
        description="All that is known of the product with this EAN.",
        parameters=[OpenApiParameter("ean", str, OpenApiParameter.PATH, description="13 digits, hyphens allowed.")],
        responses={200: serializers.ProductSerializer, **_MOVED, **problems(400, 404)},
    )
    def get(self, request: Request, ean: str) -> Response:
        number = ean13(ean)
        if number is None:
            message = _("“%(value)s” is geen EAN: dat heeft 13 cijfers en een kloppend controlecijfer.")
            raise InvalidCriteria({"ean": [message % {"value": ean[:80]}]})
        try:
            return _product_answer(request, product_by_ean(number))
        except Product.DoesNotExist as error:
            raise Http404(_("Er is geen product met EAN %(ean)s.") % {"ean": number}) from error


class MethodView(ReadOnlyView):
    @extend_schema(
        operation_id="method",
        summary="One method with its editions",
        description="A method, its editions and how many products each has.",
        parameters=[OpenApiParameter("public_id", str, OpenApiParameter.PATH, description="The method's public id.")],
        responses={200: serializers.MethodSerializer, **_MOVED, **problems(404)},
    )
    def get(self, request: Request, public_id: str) -> Response:
        method = _method(public_id)
        if method.merged_into:
            return _moved(reverse("api:method", args=[surviving_method(method).public_id]))
        addresses = representations.Addresses.of(request)
        page_url = request.build_absolute_uri(method.get_absolute_url())
        return Response(
            representations.method(method, method_editions(method), method_codes(method), addresses, page_url)
        )


class RelatedMethodsView(ReadOnlyView):
    @extend_schema(
        operation_id="method_related",
        summary="Methods like this one",
        description="Methods of which something can be ordered that share a subject and a sector with this one, those"
        " with the same levels and years first, whoever publishes them.",
        parameters=[OpenApiParameter("public_id", str, OpenApiParameter.PATH, description="The method's public id.")],
        responses={200: serializers.RelatedMethodsSerializer, **_MOVED, **problems(404, 503)},
    )
    def get(self, request: Request, public_id: str) -> Response:
        method = _method(public_id)
        if method.merged_into:
            return _moved(reverse("api:method-related", args=[surviving_method(method).public_id]))
        addresses = representations.Addresses.of(request)
        return Response(
            {"results": [representations.related_method(one, addresses) for one in related_methods(method)]}
        )


def _method(public_id: str) -> Method:
    try:
        return method_with_relations(public_id)
    except Method.DoesNotExist as error:
        raise Http404(_("Er is geen methode met kenmerk “%(id)s”.") % {"id": public_id}) from error


def _neighbours(answer: SearchPage) -> tuple[SearchCriteria | None, SearchCriteria | None]:
    """The searches for the page before and after; page numbers as far as they reach, a cursor beyond."""
    criteria = answer.criteria
    after_cursor = replace(criteria, page=1, cursor=answer.next_cursor) if answer.next_cursor else None
    if criteria.cursor:
        return None, after_cursor
    last = max(1, ceil(answer.total / criteria.page_size))
    before = criteria.with_page(min(criteria.page - 1, last)) if criteria.page > 1 else None
    if criteria.page >= last:
        return before, None
    reaches = (criteria.page + 1) * criteria.page_size <= MAX_REACHABLE
    return before, criteria.with_page(criteria.page + 1) if reaches else after_cursor


def _address(own: str, criteria: SearchCriteria | None, *, wants_facets: bool) -> str | None:
    if criteria is None:
        return None
    # The address says which view it is; the parameter belongs to the search page.
    query = replace(criteria, view=View.METHODS).query_string()
    parts = [part for part in (query, "facets=1" if wants_facets else "") if part]
    return f"{own}?{'&'.join(parts)}" if parts else own
