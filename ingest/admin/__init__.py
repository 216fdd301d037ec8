"""The administration of what is brought in; each module registers its own tables."""

from ingest.admin import sources

__all__ = ["sources"]
