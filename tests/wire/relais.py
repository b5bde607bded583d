"""Faulty intermediaries on loopback: one that relays and cuts at a named point, one that gives an answer of its own."""

from __future__ import annotations

import contextlib
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Literal

Point = Literal["en_tete", "corps", "apres_la_reponse", "reponse_en_tete", "reponse_corps"]
POINTS: tuple[Point, ...] = ("en_tete", "corps", "apres_la_reponse", "reponse_en_tete", "reponse_corps")
"""In the headers or the body of a request; once the server has answered; in the headers or the body of its answer."""


class Relais:
    """Between a desk and the server at `port`. `coupe` says where the next request is cut; `recues`: bodies relayed.

    `changer` rewrites the head of each request, in bytes.
    """

    def __init__(self, port: int) -> None:
        self._port = port
        self._ecoute = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self._ecoute.getsockname()[1]}"
        self.coupe: Callable[[int], Point | None] = lambda _: None
        self.changer: Callable[[bytes], bytes] = lambda tete: tete
        self.recues: list[bytes] = []
        self.vues = 0
        self._fils: list[threading.Thread] = []
        self._liens: list[socket.socket] = []
        self._fil = threading.Thread(target=self._accepter, name="relais")
        self._fil.start()

    def fermer(self) -> None:
        """Stops; every thread has ended."""
        for lien in (self._ecoute, *self._liens):
            with contextlib.suppress(OSError):
                lien.shutdown(socket.SHUT_RDWR)
            lien.close()
        for fil in (self._fil, *self._fils):
            fil.join(20)

    def _accepter(self) -> None:
        while True:
            try:
                client, _ = self._ecoute.accept()
            except OSError:
                return
            self._liens.append(client)
            fil = threading.Thread(target=self._relayer, args=(client,), name="relais")
            self._fils.append(fil)
            fil.start()

    def _relayer(self, client: socket.socket) -> None:
        with client, contextlib.suppress(OSError):
            while (lue := lire_message(client)) is not None:
                self.vues += 1
                # A connection for each: one that rests is closed by the server, and the desk could not know it.
                with socket.create_connection(("127.0.0.1", self._port)) as serveur:
                    self._liens.append(serveur)
                    if not self._une(client, serveur, *lue, self.coupe(self.vues)):
                        return

    def _une(
        self, client: socket.socket, serveur: socket.socket, tete: bytes, corps: bytes, point: Point | None
    ) -> bool:
        """Relays one request and its answer; False once it is cut."""
        if point == "en_tete":
            serveur.sendall(tete[: len(tete) // 2])
            return False
        if point == "corps":
            serveur.sendall(tete + corps[: len(corps) // 2])
            return False
        serveur.sendall(self.changer(tete) + corps)
        self.recues.append(corps)
        reponse = lire_message(serveur)
        if reponse is None or point == "apres_la_reponse":
            return False
        entier = b"".join(reponse)
        if point == "reponse_en_tete":
            client.sendall(reponse[0][: len(reponse[0]) // 2])
            return False
        if point == "reponse_corps":
            client.sendall(entier[: len(reponse[0]) + len(reponse[1]) // 2])
            return False
        client.sendall(entier)
        return True


def lire_message(lien: socket.socket) -> tuple[bytes, bytes] | None:
    """(head with its empty line, body) of the next HTTP message with a content-length; None at the end."""
    recu = b""
    while b"\r\n\r\n" not in recu:
        morceau = lien.recv(65536)
        if not morceau:
            return None
        recu += morceau
    tete, _, corps = recu.partition(b"\r\n\r\n")
    champs = [ligne.partition(b":") for ligne in tete.split(b"\r\n")[1:]]
    longueur = next((int(valeur) for nom, _, valeur in champs if nom.strip().lower() == b"content-length"), 0)
    while len(corps) < longueur:
        morceau = lien.recv(65536)
        if not morceau:
            return None
        corps += morceau
    return tete + b"\r\n\r\n", corps


@contextmanager
def relais(port: int) -> Iterator[Relais]:
    """A relay for the block."""
    ouvert = Relais(port)
    try:
        yield ouvert
    finally:
        ouvert.fermer()


@contextmanager
def imposteur(repondre: Callable[[socket.socket], None]) -> Iterator[int]:
    """Somebody on loopback who gives every connection to `repondre`, then closes it; gives the port."""
    ecoute = socket.create_server(("127.0.0.1", 0))
    liens: list[socket.socket] = []
    fils: list[threading.Thread] = []

    def servir(client: socket.socket) -> None:
        with client, contextlib.suppress(OSError):
            repondre(client)

    def accepter() -> None:
        while True:
            try:
                client, _ = ecoute.accept()
            except OSError:
                return
            liens.append(client)
            fils.append(threading.Thread(target=servir, args=(client,), name="imposteur"))
            fils[-1].start()

    fil = threading.Thread(target=accepter, name="imposteur")
    fil.start()
    try:
        yield ecoute.getsockname()[1]
    finally:
        for lien in (ecoute, *liens):
            with contextlib.suppress(OSError):
                lien.shutdown(socket.SHUT_RDWR)
            lien.close()
        for ouvert in (fil, *fils):
            ouvert.join(20)
