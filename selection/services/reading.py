"""Reading a kept search again: what could be asked when it was kept may not be asked any more."""

from django.http import QueryDict

from catalogus.search import SearchCriteria
from selection.models import SavedSearch


def criteria_of(search: SavedSearch) -> SearchCriteria:
    """What it asks. Raises InvalidCriteria, which tells what of it is no more."""
    return SearchCriteria.from_query(dict(QueryDict(search.query).lists()))
