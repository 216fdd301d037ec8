"""The one interface behind which every service stands."""

from abc import ABC, abstractmethod
from collections.abc import Callable

from devstack.context import Context
from devstack.errors import DevstackError


class Service(ABC):
    """A server that the project needs. The calls come in this order: prepare, start, wait_until_ready, stop."""

    key: str  # Names its files: "postgres".
    label: str  # Names it for the reader: "PostgreSQL".
    variable: str  # The environment variable that holds its address, and that wins when set.
    is_external = False

    def __init__(self, context: Context) -> None:
        self.context = context

    def prepare(self) -> None:  # noqa: B027  Most have nothing to prepare.
        """Build or unpack what a start needs; may take minutes the first time, and reports its own steps.

        Raises NotToBeHad where this machine cannot give what it needs and the catalogue can do without the service.
        """

    @abstractmethod
    def pid(self) -> int | None:
        """The process of this checkout's running server, None where it does not run."""

    @abstractmethod
    def start(self) -> None:
        """Start the server where it does not run; comes back before it is ready."""

    @abstractmethod
    def wait_until_ready(self) -> None:
        """Come back when the server does its real work. Raises DevstackError when it dies or takes too long."""

    @abstractmethod
    def stop(self) -> None:
        """Stop this checkout's server and wait for its end; nothing happens where it does not run."""

    @abstractmethod
    def address(self) -> str:
        """The URL for the environment variable."""


def wait_for(context: Context, ready: Callable[[], bool], *, is_alive: Callable[[], bool], seconds: float) -> str:
    """Poll until ready; "" when it is, else what went wrong ("gestopt" or "te traag"), for the caller's message."""
    waited = 0.0
    pause = 0.05  # Valkey is there in a moment; a Java server is not, so the pauses grow to spare the processor.
    while not ready():
        if not is_alive():
            return "is meteen weer gestopt"
        if waited >= seconds:
            return f"was na {seconds:.0f} s nog niet klaar"
        context.interrupts.sleep(pause)
        waited += pause
        pause = min(0.25, pause * 1.3)
    return ""


def missing_address(label: str) -> DevstackError:
    return DevstackError(f"{label} heeft nog geen adres.", remedy="Start de diensten eerst: python -m devstack up")
