"""The catalogue as a whole: how much there is, of what, and what is new, for pages that everybody opens."""

from catalogus.search.overview.storing import overview, refresh_overview
from catalogus.search.overview.values import NOTHING_COUNTED, NamedMethod, Overview, SectorOverview

__all__ = ["NOTHING_COUNTED", "NamedMethod", "Overview", "SectorOverview", "overview", "refresh_overview"]
