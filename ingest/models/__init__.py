from ingest.models.fault import HarvestFault
from ingest.models.harvest import Cell, CellState, Harvest, HarvestState
from ingest.models.quality import QualitySnapshot
from ingest.models.record import Record, RecordState
from ingest.models.remap import Remap, RemapState
from ingest.models.report import DataReport, FaultKind, ReportState
from ingest.models.source import Source, SourceKind
from ingest.models.suggestion import Suggestion, SuggestionState

__all__ = [
    "Cell",
    "CellState",
    "DataReport",
    "FaultKind",
    "Harvest",
    "HarvestFault",
    "HarvestState",
    "QualitySnapshot",
    "Record",
    "RecordState",
    "Remap",
    "RemapState",
    "ReportState",
    "Source",
    "SourceKind",
    "Suggestion",
    "SuggestionState",
]
