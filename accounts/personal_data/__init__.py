"""What is held of people: for each table what, why, how long, and what becomes of it when a person goes.

One registry makes the privacy page, the download of one's data and the deletion of an account, so the three tell the
same. Each room registers its own tables in a module `personal_data`, from AppConfig.ready(); a test walks all models
and fails for one that points to a person and is not here.
"""

from accounts.personal_data.actors import FORMER_EDITOR, is_named, replace_actor
from accounts.personal_data.registry import (
    Deletion,
    Ground,
    Holding,
    Row,
    holdings,
    holdings_by_audience,
    plain,
    register,
    rows_of,
)

__all__ = [
    "FORMER_EDITOR",
    "Deletion",
    "Ground",
    "Holding",
    "Row",
    "holdings",
    "holdings_by_audience",
    "is_named",
    "plain",
    "register",
    "replace_actor",
    "rows_of",
]
