"""A whole answer from the database: which rows are hits is read once, and what they are chunk by chunk."""

from collections.abc import Iterator

from catalogus.search.backend import Hit, HitWalk
from catalogus.search.criteria import SearchCriteria, View
from catalogus.search.postgres.asked import Asked
from catalogus.search.postgres.asking import searching
from catalogus.search.postgres.finding import find
from catalogus.search.postgres.hits import method_hits, product_hits

HITS_PER_CHUNK = 1000

WALK_SECONDS = 30.0
"""A million hits are put in order within ten."""


class Walk(HitWalk):
    """See HitWalk. What is written meanwhile changes neither which hits there are nor their order; a product that is
    gone by the time its chunk is read is left out.
    """

    def __init__(self, criteria: SearchCriteria) -> None:
        """Read which rows are hits. Raises SearchUnavailable."""
        self.criteria = criteria
        with searching(seconds=WALK_SECONDS):
            asked = Asked.of(criteria.with_page(1))
            self._found = find(asked.criteria, asked.fits, asked.score, limit=None)
        self.total = len(self._found)

    def chunks(self) -> Iterator[list[Hit]]:
        """The hits in their order, each once. Raises SearchUnavailable where the database takes too long."""
        for start in range(0, self.total, HITS_PER_CHUNK):
            rows = self._found[start : start + HITS_PER_CHUNK]
            with searching(seconds=WALK_SECONDS):
                hits: list[Hit]
                if self.criteria.view == View.METHODS:
                    hits = list(method_hits({row.pk: row.matching for row in rows}, {}))
                else:
                    hits = list(product_hits([row.pk for row in rows]).values())
            yield hits

    def close(self) -> None:
        """Nothing is held."""
