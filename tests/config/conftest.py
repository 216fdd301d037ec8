from tests.search_support import search_index, search_index_session

__all__ = ["search_index", "search_index_session"]
