"""Uvicorn around the application: one line when it really listens, a clean end on SIGTERM, no access log."""

from __future__ import annotations

import errno
import gc
import signal
import socket
import threading
from collections.abc import Callable
from typing import BinaryIO

import uvicorn

from passdesk.domain.erreurs import PanneAttendue
from passdesk.server.region import Region
from passdesk.server.routes import creer_application

_OCCUPEE = {errno.EADDRINUSE, getattr(errno, "WSAEADDRINUSE", errno.EADDRINUSE)}


class Serveur(uvicorn.Server):
    """A server that says when it listens."""

    def __init__(self, region: Region, pret: Callable[[], None]) -> None:
        super().__init__(
            uvicorn.Config(
                creer_application(region),
                access_log=False,
                log_config=None,
                lifespan="off",
                server_header=False,
                timeout_graceful_shutdown=10,
            )
        )
        self._pret = pret

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Listens, then calls `pret`."""
        await super().startup(sockets=sockets)
        if self.started:
            self._pret()


def ouvrir_prise(adresse: str, port: int) -> socket.socket:
    """A bound socket; port 0 lets the system choose. Raises PanneAttendue(adresse_occupee, adresse_refusee)."""
    famille = socket.AF_INET6 if ":" in adresse else socket.AF_INET
    # The protocol is named: asyncio lets a small answer go at once only on sockets that say TCP, the accepted ones say
    # what this one does, and otherwise the body waits a whole round trip for the headers to be acknowledged.
    prise = socket.socket(famille, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        if hasattr(signal, "SIGKILL"):
            # Elsewhere than on Windows this only skips the wait after a previous server; there it would steal the port.
            prise.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        prise.bind((adresse, port))
        prise.listen(128)
    except (OSError, OverflowError) as trouble:
        prise.close()
        occupee = isinstance(trouble, OSError) and trouble.errno in _OCCUPEE
        raise PanneAttendue("adresse_occupee" if occupee else "adresse_refusee", adresse=adresse, port=port) from None
    return prise


def servir(
    region: Region, prise: socket.socket, pret: Callable[[str], None], *, entree: BinaryIO | None = None
) -> None:
    """Serves until SIGTERM or SIGINT; `pret` receives the address once the server really listens.

    `entree`: serves also no longer than this stream stays open, so that a server started by another program cannot
    outlive it, however that program ended.
    """
    adresse, port = prise.getsockname()[:2]
    url = f"http://[{adresse}]:{port}" if ":" in adresse else f"http://{adresse}:{port}"
    rarefier_le_ramassage()
    # Uvicorn raises the signal again once it has stopped: asked to stop, the process ends well.
    anciens = {numero: signal.signal(numero, _rien) for numero in (signal.SIGINT, signal.SIGTERM)}
    serveur = Serveur(region, lambda: pret(url))
    if entree is not None:
        threading.Thread(target=_attendre_la_fin, args=(entree, serveur), daemon=True).start()
    try:
        serveur.run(sockets=[prise])
    finally:
        for numero, ancien in anciens.items():
            signal.signal(numero, ancien)
        prise.close()


def rarefier_le_ramassage() -> None:
    """Cycles are looked for less often, and never among what is there already: a batch is thousands of small objects
    that all go at its end, and to look through them, and through the program each time, costs a tenth of it."""
    gc.freeze()
    gc.set_threshold(50_000)


def _attendre_la_fin(entree: BinaryIO, serveur: Serveur) -> None:
    while entree.read(1024):
        pass
    serveur.should_exit = True


def _rien(numero: int, cadre: object) -> None:
    """Nothing left to do."""
