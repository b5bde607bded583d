"""The connections of a server: so many at once, of which one gives way to the next: one of those that do what most do.

Whoever reaches the port may open as many as he likes, say nothing, say it slowly, or ask without an end. He holds most
of what he holds, whatever that is; a desk is one more.
"""

from __future__ import annotations

import asyncio
from collections import defaultdict
from typing import cast

from uvicorn.protocols.http.h11_impl import H11Protocol

CONNEXIONS_MAX = 800
"""At once: more than there are desks, fewer than the files (1024) that a system lets a service open."""
EN_ATTENTE = 128
"""Connections taken from the system at a time, which may come on top for an instant."""


class Connexion(H11Protocol):
    """A connection that has another give way when there are too many."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self._depuis = self.loop.time()
        self._reponses = 0
        if len(self.connections) > CONNEXIONS_MAX:
            self._faire_place()

    def on_response_complete(self) -> None:
        self._depuis = self.loop.time()
        self._reponses += 1
        super().on_response_complete()

    def _faire_place(self) -> None:
        """Closes, of those that do what most do, the one that was answered most when they all wait for an answer, else
        the one that has done so for longest."""
        autres = [autre for autre in cast(set[Connexion], self.connections) if autre is not self and autre._reste]
        if len(autres) < CONNEXIONS_MAX:
            return
        occupations: defaultdict[str, list[tuple[tuple[float, float], Connexion]]] = defaultdict(list)
        for autre in autres:
            occupation, tour = autre._occupation
            occupations[occupation].append((tour, autre))
        la_plupart = max(occupations.values(), key=len)
        _, cede = min(la_plupart, key=lambda place: place[0])
        cede.transport.abort()

    @property
    def _reste(self) -> bool:
        """One that is closing still holds its file until its last answer was taken, which may be never."""
        return not self.transport.is_closing() or self.transport.get_write_buffer_size() > 0

    @property
    def _occupation(self) -> tuple[str, tuple[float, float]]:
        """What it does, and its turn to give way among those that do the same: the smallest goes first."""
        if self.cycle is None or self.cycle.response_complete:
            return "se tait", (self._depuis, 0)
        if self.cycle.more_body:
            return "arrive", (self._depuis, 0)
        return "attend", (-self._reponses, self._depuis)
