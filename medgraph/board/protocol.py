"""Speak HTTP as uvicorn does, and hang up on who does not say in time what he wants."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from uvicorn.protocols.http.h11_impl import H11Protocol

if TYPE_CHECKING:
    import asyncio

_HEAD_WITHIN = 10  # seconds


class Protocol(H11Protocol):
    """One connection; its first request must have a whole head within ten seconds."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Begin to wait for a request."""
        super().connection_made(transport)
        self._waiting = self.loop.call_later(_HEAD_WITHIN, self._hang_up_if_silent)

    def connection_lost(self, exc: Exception | None) -> None:
        """Wait no more."""
        self._waiting.cancel()
        super().connection_lost(exc)

    def _hang_up_if_silent(self) -> None:
        cycle: Any = self.cycle
        if cycle is None and not self.transport.is_closing():
            self.transport.close()
