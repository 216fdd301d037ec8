"""The errors that this package raises on purpose; the command line shows them without a traceback."""


class DevstackError(Exception):
    """Something stands in the way; the message says what, the remedy what the reader can do."""

    def __init__(self, message: str, *, remedy: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.remedy = remedy


class NotToBeHad(DevstackError):
    """A service that the catalogue can do without is not to be had here; the rest goes on."""


class StopRequested(Exception):
    """Ctrl-C or SIGTERM came while something was going on: no error, someone asked."""
