"""From a record to a product: one meaning, however the record came."""

from ingest.mapping.product import MAPPING_VERSION, Mapped, map_entry

__all__ = ["MAPPING_VERSION", "Mapped", "map_entry"]
