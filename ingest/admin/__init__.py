"""What editors see and do in the administration."""

from ingest.admin.sources import SourceAdmin
from ingest.admin.suggestions import SuggestionAdmin

__all__ = ["SourceAdmin", "SuggestionAdmin"]
