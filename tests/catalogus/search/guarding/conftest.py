"""The real engine behind a network that fails when it is told to."""

from collections.abc import Iterator

import pytest
from django.conf import LazySettings

from tests.catalogus.search.guarding.proxy import EngineProxy
from tests.search_support import SearchIndex


@pytest.fixture
def network(search_index: SearchIndex, settings: LazySettings) -> Iterator[EngineProxy]:
    """What the code under test takes for the engine; `search_index` reaches it around this."""
    with EngineProxy(settings.ELASTICSEARCH_URL) as proxy:
        settings.ELASTICSEARCH_URL = proxy.url
        yield proxy
