from ingest.models.harvest import Cell, CellState, Harvest, HarvestState
from ingest.models.record import Record, RecordState
from ingest.models.source import Source, SourceKind

__all__ = ["Cell", "CellState", "Harvest", "HarvestState", "Record", "RecordState", "Source", "SourceKind"]
