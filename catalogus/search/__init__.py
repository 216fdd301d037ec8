"""Search: one question (SearchCriteria), one answer (SearchPage), engines behind one interface.

`get_backend()` gives the engine of this installation; nothing outside this package imports elasticsearch.
"""

from catalogus.search.backend import (
    Facet,
    FacetValue,
    MethodHit,
    ProductHit,
    Relaxation,
    SearchBackend,
    SearchPage,
    get_backend,
)
from catalogus.search.criteria import SearchCriteria, View

__all__ = [
    "Facet",
    "FacetValue",
    "MethodHit",
    "ProductHit",
    "Relaxation",
    "SearchBackend",
    "SearchCriteria",
    "SearchPage",
    "View",
    "get_backend",
]
