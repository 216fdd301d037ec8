"""The errors about reviews that this room raises on purpose; their texts are for who reads them.

* ReviewNotAllowed   this person may not write, change or answer this review; says why
* ReviewChanged      it is no longer as the person saw it: sent twice, changed in another window, judged meanwhile
* NeedsAttention     the text holds something that its writer is asked to look at before it is published
* RubricRefused      a rubric cannot be loaded as it is; nothing was stored
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from catalogus.exceptions import CatalogusError

if TYPE_CHECKING:
    from reviews.wording import Finding


class ReviewNotAllowed(CatalogusError):
    pass


class ReviewChanged(CatalogusError):
    pass


class NeedsAttention(CatalogusError):
    """findings: what was found and where, at least one."""

    def __init__(self, findings: "Sequence[Finding]") -> None:
        self.findings = tuple(findings)
        super().__init__("; ".join(f"{one.field}: {one.message}" for one in self.findings))


class RubricRefused(CatalogusError):
    pass
