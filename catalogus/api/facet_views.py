"""All values of one facet of a search, in pages."""

from typing import Any, ClassVar

from django.http import Http404
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework.request import Request
from rest_framework.response import Response

from catalogus.api import representations, serializers
from catalogus.api.filters import ProductFilter
from catalogus.api.parameters import facet_parameters
from catalogus.api.views import ReadOnlyView, cached_for, problems
from catalogus.facets import BY_PARAMETER
from catalogus.search import View
from catalogus.search.facet_pages import FacetPage, FacetQuestion, facet_page

_NOT_OF_THE_SEARCH = ("page", "contains")


class FacetView(ReadOnlyView):
    """One call of the backend, which counts this facet alone."""

    search_view: ClassVar[View]

    def get(self, request: Request, parameter: str) -> Response:
        rule = BY_PARAMETER.get(parameter)
        if rule is None:
            text = _("Er is geen facet “%(name)s”; kies uit %(known)s.")
            raise Http404(text % {"name": parameter[:80], "known": ", ".join(BY_PARAMETER)})
        query = request.query_params.copy()
        for name in _NOT_OF_THE_SEARCH:
            query.pop(name, None)
        criteria, _wants_facets = ProductFilter.read(query, self.search_view)
        found = facet_page(criteria, rule, FacetQuestion.from_query(dict(request.query_params.lists())))
        own = request.build_absolute_uri(request.path)
        here = found.question.page
        return Response(
            {
                **representations.facet_page(found),
                "next": _address(own, found, here + 1) if here < found.page_count else None,
                "previous": _address(own, found, min(here - 1, found.page_count)) if here > 1 else None,
            },
            headers=cached_for(is_basic=found.is_basic),
        )


_DESCRIPTION = (
    "Values of one facet of a search with their counts, 100 a page, also those that the list of facets leaves out."
    " Takes the parameters of the list."
)
_ANSWERS: dict[Any, Any] = {200: serializers.FacetPageSerializer, **problems(400, 404, 503)}


@extend_schema_view(
    get=extend_schema(
        operation_id="products_facet",
        summary="All values of one facet, products counted",
        description=_DESCRIPTION,
        parameters=facet_parameters(),
        responses=_ANSWERS,
    )
)
class ProductFacetView(FacetView):
    search_view = View.PRODUCTS


@extend_schema_view(
    get=extend_schema(
        operation_id="methods_facet",
        summary="All values of one facet, methods counted",
        description=_DESCRIPTION,
        parameters=facet_parameters(),
        responses=_ANSWERS,
    )
)
class MethodFacetView(FacetView):
    search_view = View.METHODS


def _address(own: str, found: FacetPage, page: int) -> str:
    # The address says which view it is; the parameter belongs to the search page.
    pairs = [(name, value) for name, value in found.criteria.parameters() if name != "view"]
    if found.question.contains:
        pairs.append(("contains", found.question.contains))
    return f"{own}?{urlencode([*pairs, ('page', str(page))])}"
