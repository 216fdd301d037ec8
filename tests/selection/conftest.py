import pytest

from tests.search_support import SearchIndex
from tests.selection.world import Catalogue


@pytest.fixture
def catalogue(search_index: SearchIndex) -> Catalogue:
    """A catalogue without products, with its index."""
    return Catalogue(search_index)
