"""The errors about reviews that this room raises on purpose; their texts are for who reads them.

* ReviewNotAllowed   this person may not write, change or answer this review; says why
* ReviewChanged      it is no longer as the person saw it: sent twice, changed in another window, judged meanwhile
  + DraftChanged     what was to be kept is of an older window; holds what is kept
* NeedsAttention     the text holds something that its writer is asked to look at before it is published
* RubricRefused      a rubric cannot be loaded as it is; nothing was stored
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from catalogus.exceptions import CatalogusError

if TYPE_CHECKING:
    from reviews.models import ReviewDraft
    from reviews.wording import Finding


class ReviewNotAllowed(CatalogusError):
    pass


class ReviewChanged(CatalogusError):
    pass


class DraftChanged(ReviewChanged):
    """draft: as it is kept now; None where it is gone."""

    def __init__(self, message: str, draft: "ReviewDraft | None") -> None:
        self.draft = draft
        super().__init__(message)


class NeedsAttention(CatalogusError):
    """findings: what was found and where, at least one."""

    def __init__(self, findings: "Sequence[Finding]") -> None:
        self.findings = tuple(findings)
        super().__init__("; ".join(f"{one.field}: {one.message}" for one in self.findings))


class RubricRefused(CatalogusError):
    pass
