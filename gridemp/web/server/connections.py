"""HTTP connections that are closed if a client begins a request and does not finish it."""

import asyncio
from typing import Any

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol

PATIENCE = 10.0  # seconds for a request to arrive, header and body


class Connection(H11Protocol):
    """uvicorn's connection, with a limit on the time in which each request has to arrive.

    uvicorn itself limits only the time between an answer and the next request.
    """

    _limit: asyncio.TimerHandle | None = None

    def connection_made(self, transport: Any) -> None:
        """Begin to wait for the first request."""
        super().connection_made(transport)
        self._wait_if_unfinished()

    def data_received(self, data: bytes) -> None:
        """Take some bytes, and wait for the rest of the request if it is unfinished."""
        super().data_received(data)
        self._wait_if_unfinished()

    def connection_lost(self, exc: Exception | None) -> None:
        """Stop waiting."""
        self._stop_waiting()
        super().connection_lost(exc)

    def _wait_if_unfinished(self) -> None:
        if self.conn.their_state not in (h11.IDLE, h11.SEND_BODY):
            self._stop_waiting()
        elif self._limit is None:
            self._limit = self.loop.call_later(PATIENCE, self.transport.close)

    def _stop_waiting(self) -> None:
        if self._limit is not None:
            self._limit.cancel()
            self._limit = None
