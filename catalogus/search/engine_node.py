"""How the client reaches the engine: one limit on connecting and waiting together, and none on connections."""

from typing import TYPE_CHECKING, cast

from elastic_transport import HttpHeaders, NodeConfig, Urllib3HttpNode
from elastic_transport.client_utils import DEFAULT, DefaultType
from urllib3 import Timeout

if TYPE_CHECKING:
    from elastic_transport._node import NodeApiResponse


class TimedNode(Urllib3HttpNode):
    """The client's usual connection, which by itself allows the limit to connecting and to the answer each.

    An answer that comes drop by drop may take longer: the limit is on each wait for some of it.
    """

    def __init__(self, config: NodeConfig) -> None:
        super().__init__(config)
        # Else who comes when all are in use waits for one of them, however long. Threads are few, and limit themselves.
        self.pool.block = False

    def perform_request(
        self,
        method: str,
        target: str,
        body: bytes | None = None,
        headers: HttpHeaders | None = None,
        request_timeout: DefaultType | float | None = DEFAULT,
    ) -> "NodeApiResponse":
        """See Urllib3HttpNode; request_timeout in seconds."""
        if isinstance(request_timeout, (int, float)):
            # It is handed on to urllib3 as it is, which reads a number as two limits.
            request_timeout = cast("float", Timeout(total=request_timeout))
        return super().perform_request(method, target, body, headers, request_timeout)
