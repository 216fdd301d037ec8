"""The errors that bringing in records raises on purpose.

* IngestError
  + RecordRejected   one record cannot be used; it is kept with its reasons and the harvest goes on
  + SourceError      a source's answer cannot be used: not SRU, not XML, or a diagnostic that ends the pass
    - BadAnswer      it is this answer that is bad; another question may do
  + HarvestBusy      another process harvests this source
  + RemapBusy        another process reads the stored records again
  + HarvestStopped   somebody asked a harvest to stop; what was read is stored and the next one goes on there
  + HarvestCancelled a person ended the pass; the next one begins anew
  + NothingHeld      no withdrawal waits for a person's word
"""

from ingest.issues import Issue


class IngestError(Exception):
    """The root of this app's errors."""


class RecordRejected(IngestError):
    """One record cannot be used."""

    def __init__(self, issue: Issue) -> None:
        self.issue = issue
        super().__init__(str(issue))


class SourceError(IngestError):
    """A source's answer cannot be used."""


class BadAnswer(SourceError):
    """This one answer cannot be used: too large, cut off, no XML, or the server's own fault each time it is asked."""


class HarvestBusy(IngestError):
    """Another process harvests this source."""


class RemapBusy(IngestError):
    """Another process reads the stored records again."""


class HarvestStopped(IngestError):
    """Somebody asked a harvest to stop."""


class HarvestCancelled(IngestError):
    """A person ended the pass."""


class NothingHeld(IngestError):
    """No withdrawal waits for a person's word."""
