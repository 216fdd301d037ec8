"""The pages of one result, whatever the server does: what cannot be read is found, told and passed by.

The end is where the server gives no more, not where its count says: counts may be wrong both ways.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from ingest.exceptions import BadAnswer, SourceError
from ingest.koppelpunt.sru import MAX_PAGE, RawRecord, SruAnswer, SruClient

MOST_LOST_IN_A_ROW = 5
"""So many single records in a row without an answer are no bad records: the source itself is out of order."""

_AGAIN = 2
"""How often a part of a page that could not be read is asked for; the page itself had all its tries."""


@dataclass(frozen=True, slots=True)
class Fault:
    """Positions (from 1) at which something was wrong, and how many records were lost there."""

    first: int
    last: int
    lost: int
    message: str


@dataclass(frozen=True, slots=True)
class Page:
    """position: of the record after this page's last. total: what the server counts in the whole result."""

    records: tuple[RawRecord, ...]
    position: int
    total: int
    faults: tuple[Fault, ...] = ()


class PageReader:
    """Reads one result from a position on. expected: what its count said before; reach: how much of it can be had."""

    def __init__(self, client: SruClient, query: str, *, start: int, expected: int, reach: int) -> None:
        self._client = client
        self._query = query
        self._position = start
        self._total = expected
        self._reach = reach
        self._last_identifiers: tuple[str, ...] = ()
        self._lost_in_a_row = 0
        self._told_type = False

    def pages(self) -> Iterator[Page]:
        """The pages in order. Raises SourceError where the source is out of order; all pages before it came out."""
        while self._position <= self._reach:
            page = self._next(min(MAX_PAGE, self._reach - self._position + 1))
            if page is None:
                return
            yield page

    def _next(self, size: int) -> Page | None:
        try:
            answer = self._client.search(self._query, start=self._position, maximum=size)
        except SourceError as error:
            return self._halved(size, self._or_away(error))
        return self._page(answer)

    def _or_away(self, error: SourceError) -> SourceError:
        """The error, if it is this page's: a server that does not even count is away. Raises it otherwise."""
        if not isinstance(error, BadAnswer):
            try:
                self._client.search(self._query, maximum=0, attempts=1)
            except SourceError:
                raise error from None
        return error

    def _halved(self, size: int, error: SourceError) -> Page | None:
        """The first half of what could not be read, or of that; a single record is passed by."""
        while size > 1:
            size = -(-size // 2)
            try:
                answer = self._client.search(self._query, start=self._position, maximum=size, attempts=_AGAIN)
            except SourceError as again:
                error = again
            else:
                return self._page(answer)
        if self._position > self._total:
            return None
        self._lost_in_a_row += 1
        if self._lost_in_a_row >= MOST_LOST_IN_A_ROW:
            raise SourceError(
                _("%(count)d records achter elkaar zijn niet te lezen; de bron lijkt stuk. Het laatst: %(error)s")
                % {"count": self._lost_in_a_row, "error": error}
            )
        fault = Fault(self._position, self._position, 1, str(error))
        self._position += 1
        return Page((), self._position, self._total, (fault,))

    def _page(self, answer: SruAnswer) -> Page | None:
        if not answer.records or answer.is_out_of_range:
            return None
        self._lost_in_a_row = 0
        self._total = answer.total
        identifiers = tuple(record.identifier for record in answer.records)
        # One record twice in a row may be just that.
        if identifiers == self._last_identifiers and len(set(identifiers)) > 1:
            return self._repeated()
        self._last_identifiers = identifiers
        first, self._position = self._position, self._position + len(answer.records)
        faults = []
        if answer.content_type and not self._told_type:
            self._told_type = True
            message = _("Het antwoord is XML, maar noemt zich %(type)s.") % {"type": answer.content_type[:80]}
            faults.append(Fault(first, self._position - 1, 0, message))
        if first > answer.total:
            message = _("De bron telt %(total)d records, maar geeft er meer.") % {"total": answer.total}
            faults.append(Fault(first, self._position - 1, 0, message))
        return Page(answer.records, self._position, answer.total, tuple(faults))

    def _repeated(self) -> Page | None:
        """The source gives one page again and again: there is no getting at what comes after it, if anything does."""
        last = min(self._total, self._reach)
        if self._position > last:
            return None
        fault = Fault(self._position, last, last - self._position + 1, _("De bron geeft steeds dezelfde bladzijde."))
        self._position = self._reach + 1
        return Page((), self._position, self._total, (fault,))
