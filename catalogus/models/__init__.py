from catalogus.choices import Form, Medium, ProductState, Role
from catalogus.models.concept import Concept, ConceptAlias, Scheme
from catalogus.models.correction import Correction
from catalogus.models.cover import CoverImage, CoverState
from catalogus.models.edit import Edit, EditKind
from catalogus.models.edition import UNKNOWN_EDITION, Edition
from catalogus.models.method import Method
from catalogus.models.outbox import OutboxEntry, OutboxKind
from catalogus.models.overview import CatalogueOverview
from catalogus.models.product import Product
from catalogus.models.publisher import Publisher, PublisherAlias
from catalogus.models.rebuild_run import RebuildRun, RebuildState
from catalogus.models.reread import RereadRequest
from catalogus.models.search_check import SearchCheck
from catalogus.models.search_row import FacetCode, SearchRow
from catalogus.models.version import Cause, ProductVersion, VersionKind
from catalogus.models.words import CompoundWord, RebuildRequest, SearchWord, Synonym

__all__ = [
    "UNKNOWN_EDITION",
    "CatalogueOverview",
    "Cause",
    "CompoundWord",
    "Concept",
    "ConceptAlias",
    "Correction",
    "CoverImage",
    "CoverState",
    "Edit",
    "EditKind",
    "Edition",
    "FacetCode",
    "Form",
    "Medium",
    "Method",
    "OutboxEntry",
    "OutboxKind",
    "Product",
    "ProductState",
    "ProductVersion",
    "Publisher",
    "PublisherAlias",
    "RebuildRequest",
    "RebuildRun",
    "RebuildState",
    "RereadRequest",
    "Role",
    "Scheme",
    "SearchCheck",
    "SearchRow",
    "SearchWord",
    "Synonym",
    "VersionKind",
]
