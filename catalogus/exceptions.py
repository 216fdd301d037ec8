"""The errors that the catalogue raises on purpose.

* CatalogusError
  + EditRefused         what an editor asked for cannot be done as things are; says why and what to do instead
  + InvalidCriteria     a search that cannot be read: names field, value and remedy (400)
  + SearchUnavailable   what was asked did not answer in time, or is not there; 503 where nobody else can
  + ExportTooSlow       a download was read so slowly that its place went to another
  + RebuildRunning      the indexes are being rebuilt by somebody else
  + IndexMismatch       a rebuilt index does not hold what the database holds; the old one stays
  + WorkStopped         somebody asked long work to stop; says how to go on
  + FetchError          something outside could not be fetched
    - FetchRefused      an address that is not public, or too many redirects: never tried again
    - FetchFailed       a time-out, a broken connection or a server's fault: may be tried again
    - ResponseTooLarge  more bytes than the caller allowed
"""


class CatalogusError(Exception):
    """The root of the catalogue's own errors."""


class EditRefused(CatalogusError):
    """An editor's action cannot be done as things are. reasons: sentences for people."""

    def __init__(self, *reasons: str) -> None:
        self.reasons = reasons
        super().__init__(" ".join(reasons))


class InvalidCriteria(CatalogusError):
    """A search that cannot be read. errors: field -> sentences for people."""

    def __init__(self, errors: dict[str, list[str]]) -> None:
        self.errors = errors
        super().__init__("; ".join(f"{field}: {' '.join(texts)}" for field, texts in errors.items()))


class SearchUnavailable(CatalogusError):
    """The search engine did not answer in time, or none is set."""


class ExportTooSlow(CatalogusError):
    """A download was read so slowly that its place went to another; what was sent is not whole."""


class RebuildRunning(CatalogusError):
    """Another rebuild of the same indexes is under way."""


class IndexMismatch(CatalogusError):
    """An index does not hold what the database holds."""


class WorkStopped(CatalogusError):
    """Somebody asked long work to stop; what was done is kept."""


class FetchError(CatalogusError):
    """Something outside could not be fetched."""


class FetchRefused(FetchError):
    """The address is not one that may be fetched."""


class FetchFailed(FetchError):
    """The other side did not answer as it should; a later try may succeed."""


class ResponseTooLarge(FetchError):
    """The answer is larger than the caller allowed."""
