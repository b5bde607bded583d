"""The bodies that arrive, whose signature nobody read yet: so many bytes of them at once, so long each.

Whoever reaches the port may send as much as he likes, as slowly as he likes. Over the bound, the request that holds
most makes room: what an honest desk sends is small.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterable, AsyncIterator
from contextlib import asynccontextmanager

OCTETS_MAX = 64 * 1024 * 1024
"""Bytes of the requests that arrive or wait for their turn, all together; three hundred desks at once send 10 MiB."""
CORPS_S = 1200.0
"""Seconds for a request to be here whole and have its turn, as many as a desk gives an exchange (`sync.delais`)."""


class CoupeeError(Exception):
    """This request was too long to come, or made room for others."""


class Afflux:
    """The requests of a server that are not judged yet."""

    def __init__(self) -> None:
        self._tenus: dict[asyncio.Timeout, int] = {}
        self._total = 0

    @asynccontextmanager
    async def place(self) -> AsyncIterator[Place]:
        """Raises CoupeeError, from whatever is waited for inside."""
        try:
            async with asyncio.timeout(CORPS_S) as delai:
                self._tenus[delai] = 0
                try:
                    yield Place(self, delai)
                finally:
                    self.oublier(delai)
        except TimeoutError:
            if delai.expired():
                raise CoupeeError from None
            raise

    def tenir(self, delai: asyncio.Timeout, octets: int) -> None:
        """So many bytes more of this one. Raises CoupeeError when it was cut while it was being read."""
        if delai not in self._tenus:
            raise CoupeeError
        self._tenus[delai] += octets
        self._total += octets
        while self._total > OCTETS_MAX:
            coupee = max(self._tenus, key=self._tenus.__getitem__)
            self.oublier(coupee)
            # Its time may have come by itself, in this turn of the loop.
            if not coupee.expired():
                coupee.reschedule(asyncio.get_running_loop().time())

    def oublier(self, delai: asyncio.Timeout) -> None:
        """Nothing of it counts any more."""
        self._total -= self._tenus.pop(delai, 0)


class Place:
    """That of one request."""

    def __init__(self, afflux: Afflux, delai: asyncio.Timeout) -> None:
        self._afflux = afflux
        self._delai = delai

    async def lire(self, morceaux: AsyncIterable[bytes]) -> bytes:
        """The body, once whole. Raises CoupeeError."""
        lus = []
        async for morceau in morceaux:
            lus.append(morceau)
            self._afflux.tenir(self._delai, len(morceau))
        return b"".join(lus)

    def garder(self) -> None:
        """It has its turn: from here on it is judged, and makes room for nobody."""
        self._delai.reschedule(None)
        self._afflux.oublier(self._delai)
