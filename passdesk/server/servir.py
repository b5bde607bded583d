"""Uvicorn around the application: one line when it really listens, a clean end on SIGTERM, no access log."""

from __future__ import annotations

import asyncio
import errno
import os
import signal
import socket
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO

import uvicorn

from passdesk.domain.erreurs import PanneAttendue
from passdesk.server.ateliers import Ateliers
from passdesk.server.connexions import EN_ATTENTE, Connexion
from passdesk.server.ramassage import rarefier_le_ramassage
from passdesk.server.region import Region
from passdesk.server.routes import creer_application
from passdesk.server.veille import veiller

FILS = 4
"""Threads beside those that wait for another process: no request to be judged takes one (`routes`)."""
_OCCUPEE = {errno.EADDRINUSE, getattr(errno, "WSAEADDRINUSE", errno.EADDRINUSE)}


class Serveur(uvicorn.Server):
    """A server that says when it listens."""

    def __init__(
        self,
        region: Region,
        pret: Callable[[], None],
        ateliers: Ateliers | None = None,
        presente: Callable[[], Region] | None = None,
        annonce: Path | None = None,
    ) -> None:
        super().__init__(
            uvicorn.Config(
                creer_application(region, ateliers=ateliers, presente=presente),
                access_log=False,
                log_config=None,
                lifespan="off",
                server_header=False,
                timeout_graceful_shutdown=10,
                http=Connexion,
                # A connection that became something else would no longer count among the others.
                ws="none",
                backlog=EN_ATTENTE,
            )
        )
        self._pret = pret
        self._ateliers = ateliers
        self._presente = presente or (lambda: region)
        self._annonce = annonce
        self._veille: asyncio.Task[None] | None = None

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Listens, then calls `pret`."""
        if self._ateliers is not None:
            # One for each request elsewhere, and some to look at those that come.
            fils = ThreadPoolExecutor(self._ateliers.nombre + FILS, "region")
            asyncio.get_running_loop().set_default_executor(fils)
        await super().startup(sockets=sockets)
        if self.started:
            self._pret()
            # Here alone: the other processes judge what they are given.
            self._veille = asyncio.create_task(veiller(self._presente, annonce=self._annonce))

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Ends the requests at hand, then the other processes: the loop does not end before the threads that wait for
        one, and one may be stuck."""
        if self._veille is not None:
            self._veille.cancel()
        await super().shutdown(sockets=sockets)
        if self._ateliers is not None:
            self._ateliers.fermer()


def ouvrir_prise(adresse: str, port: int) -> socket.socket:
    """A bound socket; port 0 lets the system choose. Raises PanneAttendue(adresse_occupee, adresse_refusee)."""
    famille = socket.AF_INET6 if ":" in adresse else socket.AF_INET
    # The protocol is named: asyncio lets a small answer go at once only on sockets that say TCP, the accepted ones say
    # what this one does, and otherwise the body waits a whole round trip for the headers to be acknowledged.
    prise = socket.socket(famille, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        # A desk whose line died says nothing: asked in vain, it is taken for gone. The accepted ones do as this one.
        prise.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
        if hasattr(signal, "SIGKILL"):
            # Elsewhere than on Windows this only skips the wait after a previous server; there it would steal the port.
            prise.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        prise.bind((adresse, port))
        prise.listen(EN_ATTENTE)
    except (OSError, OverflowError) as trouble:
        prise.close()
        occupee = isinstance(trouble, OSError) and trouble.errno in _OCCUPEE
        raise PanneAttendue("adresse_occupee" if occupee else "adresse_refusee", adresse=adresse, port=port) from None
    return prise


def servir(
    region: Region,
    prise: socket.socket,
    pret: Callable[[str], None],
    *,
    entree: BinaryIO | None = None,
    ateliers: Ateliers | None = None,
    presente: Callable[[], Region] | None = None,
    annonce: Path | None = None,
) -> None:
    """Serves until SIGTERM or SIGINT; `pret` receives the address once the server really listens. `ateliers`: the
    processes in which requests are judged, this one without them. `presente`: see `creer_application`; `annonce`: see
    `veiller`.

    `entree`: serves also no longer than this stream stays open, so that a server started by another program cannot
    outlive it, however that program ended.
    """
    adresse, port = prise.getsockname()[:2]
    url = f"http://[{adresse}]:{port}" if ":" in adresse else f"http://{adresse}:{port}"
    rarefier_le_ramassage()
    # Uvicorn raises the signal again once it has stopped: asked to stop, the process ends well.
    anciens = {numero: signal.signal(numero, _rien) for numero in (signal.SIGINT, signal.SIGTERM)}
    serveur = Serveur(region, lambda: pret(url), ateliers, presente, annonce)
    if entree is not None:
        threading.Thread(target=_attendre_la_fin, args=(entree, serveur), daemon=True).start()
    try:
        serveur.run(sockets=[prise])
    finally:
        for numero, ancien in anciens.items():
            signal.signal(numero, ancien)
        prise.close()


def _attendre_la_fin(entree: BinaryIO, serveur: Serveur) -> None:
    # Not through its buffer: Python aborts when it ends while a thread waits in one.
    with suppress(OSError):
        while os.read(entree.fileno(), 1024):
            pass
    serveur.should_exit = True


def _rien(numero: int, cadre: object) -> None:
    """Nothing left to do."""
