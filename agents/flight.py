"""How many requests are under way to a model server: counted where they leave, so that nothing else holds a place.

Building a request and taking its answer apart is work of this machine; only the server's own time is bounded.
"""

from __future__ import annotations

from contextlib import AbstractContextManager

import httpx


class Gate(httpx.HTTPTransport):
    """Lets so many requests out at once; the others wait here, and that waiting is no time-out of theirs.

    Args:
        places: a semaphore, of threads or of forked processes.
        at_once: connections to keep, the semaphore's size.
    """

    def __init__(self, places: AbstractContextManager[object], at_once: int) -> None:
        # No proxy from the environment: it would carry the chart elsewhere.
        super().__init__(trust_env=False, limits=httpx.Limits(max_connections=at_once, max_keepalive_connections=at_once))
        self._places = places

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """As the transport's; a place is taken until the answer has begun, and vLLM begins when it is whole."""
        with self._places:
            return super().handle_request(request)
