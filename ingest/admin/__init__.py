"""What editors see and do in the administration."""

from ingest.admin.reports import DataReportAdmin
from ingest.admin.sources import SourceAdmin
from ingest.admin.suggestions import SuggestionAdmin

__all__ = ["DataReportAdmin", "SourceAdmin", "SuggestionAdmin"]
