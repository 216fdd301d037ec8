"""The provider over HTTP, in threads of one process: what it keeps in memory, all of them must see."""

import errno
from wsgiref.types import WSGIApplication

from django.core.servers.basehttp import ThreadedWSGIServer, WSGIRequestHandler

from accounts.demo.federation.options import HOST


class PortTaken(Exception):
    """Something else listens there already."""


class _Handler(WSGIRequestHandler):
    # Seconds for a client that says nothing, so that its thread does not wait for ever.
    timeout = 60

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  The name in the base class.
        """Say nothing: the console belongs to the site."""


class Server(ThreadedWSGIServer):
    daemon_threads = True
    request_queue_size = 64

    @property
    def port(self) -> int:
        return int(self.server_address[1])

    def serve(self, application: WSGIApplication) -> None:
        """Until interrupted."""
        self.set_app(application)
        self.serve_forever(poll_interval=0.1)


def listen(port: int) -> Server:
    """A server that has its port and answers nobody yet; 0 takes a free one. Raises PortTaken."""
    try:
        return Server((HOST, port), _Handler)
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            raise PortTaken(f"{HOST}:{port}") from error
        raise
