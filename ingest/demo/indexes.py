"""The indexes that queries and drilldowns may name, each with the column behind it."""

from dataclasses import dataclass
from enum import Enum
from typing import Final

from ingest.demo.diagnostics import Diagnostic


class IndexKind(Enum):
    """KEYWORD: the whole value counts. TEXT: words count. SET: several whole values in one record. MOMENT: a time."""

    KEYWORD = "keyword"
    TEXT = "text"
    SET = "set"
    MOMENT = "moment"


@dataclass(frozen=True, slots=True)
class Index:
    """words: the column with the words of the value, for TEXT alone. can_drill_down: whether its values are counted;
    not those that every record has one of its own of.
    """

    name: str
    column: str
    kind: IndexKind = IndexKind.KEYWORD
    words: str = ""
    can_drill_down: bool = True


TITLE: Final = Index("Title", "title", IndexKind.TEXT, "title_words", can_drill_down=False)
_ALL: Final = (
    Index("ProductId", "product_id", can_drill_down=False),
    Index("Publisher", "publisher"),
    Index("ProductFamilyName", "family", IndexKind.TEXT, "family_words"),
    TITLE,
    Index("ProductState", "state"),
    Index("IntendedEndUserRole", "role"),
    Index("Medium", "medium"),
    Index("IsConsumptionProduct", "consumption"),
    Index("Sectors.Sector", "sectors", IndexKind.SET),
    Index("LastModifiedDate", "modified", IndexKind.MOMENT, can_drill_down=False),
    # Both are the recordIdentifier here; in Edurep only the second is, and the first is the part behind the colon.
    Index("meta.record.id", "identifier", can_drill_down=False),
    Index("meta.upload.id", "identifier", can_drill_down=False),
    Index("meta.repository.id", "repository"),
    Index("cql.serverChoice", "title", IndexKind.TEXT, "title_words", can_drill_down=False),
)
NAMES: Final = tuple(index.name for index in _ALL)
_BY_NAME: Final = {index.name.lower(): index for index in _ALL}


def index_named(name: str) -> Index:
    """Raises Diagnostic 16 for a name that no index has."""
    found = _BY_NAME.get(name.lower())
    if found is None:
        raise Diagnostic(16, name)
    return found
