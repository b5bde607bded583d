"""The connections of a server: so many at once, and the one that has been silent longest gives way to the next.

Whoever reaches the port may open as many as he likes and say nothing. A desk that comes speaks at once.
"""

from __future__ import annotations

import asyncio
from typing import cast

from uvicorn.protocols.http.h11_impl import H11Protocol

CONNEXIONS_MAX = 800
"""At once: more than there are desks, fewer than the files (1024) that a system lets a service open."""
EN_ATTENTE = 128
"""Connections taken from the system at a time, which may come on top for an instant."""


class Connexion(H11Protocol):
    """A connection that gives way to the next one when it is the one that has been silent longest."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self._depuis = self.loop.time()
        if len(self.connections) > CONNEXIONS_MAX:
            self._faire_place()

    def on_response_complete(self) -> None:
        super().on_response_complete()
        self._depuis = self.loop.time()

    def _faire_place(self) -> None:
        """Closes the silent one, else the request that began to arrive first; itself when all are being judged."""
        ouvertes = [autre for autre in cast(set[Connexion], self.connections) if not autre.transport.is_closing()]
        if len(ouvertes) <= CONNEXIONS_MAX:
            return
        cedent = [(rang, autre._depuis, autre) for autre in ouvertes if (rang := autre._rang) and autre is not self]
        (min(cedent, key=lambda cede: cede[:2])[2] if cedent else self).transport.abort()

    @property
    def _rang(self) -> int:
        """1: nothing was asked; 2: a request arrives; 0: it is judged."""
        if self.cycle is None or self.cycle.response_complete:
            return 1
        return 2 if self.cycle.more_body else 0
