"""The sockets of an exchange, under its time limit: httpcore's own limits are for each read, and a name has several
addresses."""

from __future__ import annotations

import socket
import ssl
from collections.abc import Iterable
from typing import Any

import httpcore

from passdesk.sync.delais import TRANCHE, Echeance

MORCEAU = 32 * 1024
"""Bytes handed to the system at once."""


class Flux(httpcore.NetworkStream):
    """One connection; each wait ends with the exchange's time, or when somebody asks to stop."""

    def __init__(self, flux: httpcore.NetworkStream, echeance: Echeance) -> None:
        self._flux, self._echeance = flux, echeance

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        """What comes next. Raises httpcore.ReadTimeout, PanneAttendue(ARRETE)."""
        echeance = self._echeance
        silence = echeance.maintenant() + (echeance.delais.silence if timeout is None else timeout)
        while True:
            attente = min(TRANCHE, echeance.reste(), silence - echeance.maintenant())
            if attente <= 0:
                raise httpcore.ReadTimeout
            try:
                lu = self._flux.read(max_bytes, attente)
            except httpcore.ReadTimeout:
                continue
            echeance.compter(len(lu))
            return lu

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        """Sends it all. Raises httpcore.WriteTimeout, PanneAttendue(ARRETE)."""
        for debut in range(0, len(buffer), MORCEAU):
            morceau = buffer[debut : debut + MORCEAU]
            attente = self._echeance.reste()
            if attente <= 0:
                raise httpcore.WriteTimeout
            self._flux.write(morceau, attente if timeout is None else min(attente, timeout))
            self._echeance.compter(len(morceau))

    def close(self) -> None:
        """Lets the connection go."""
        self._flux.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        """The same connection under TLS. Raises httpcore.ConnectError, httpcore.ConnectTimeout."""
        attente = self._echeance.reste()
        if attente <= 0:
            raise httpcore.ConnectTimeout
        borne = attente if timeout is None else min(attente, timeout)
        return Flux(self._flux.start_tls(ssl_context, server_hostname, borne), self._echeance)

    def get_extra_info(self, info: str) -> Any:
        """What httpcore asks of a connection."""
        return self._flux.get_extra_info(info)


class Reseau(httpcore.NetworkBackend):
    """Opens connections. `relie`: one was opened since the last exchange began."""

    def __init__(self, echeance: Echeance) -> None:
        self._echeance = echeance
        self._reseau = httpcore.SyncBackend()
        self.relie = False

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        """The first address of this name that answers. Raises httpcore.ConnectError, httpcore.ConnectTimeout."""
        try:
            trouvees = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        except (OSError, UnicodeError) as trouble:
            raise httpcore.ConnectError from trouble
        dernier: Exception = httpcore.ConnectError()
        for adresse in dict.fromkeys(str(trouvee[4][0]) for trouvee in trouvees):
            attente = self._echeance.reste()
            if attente <= 0:
                raise httpcore.ConnectTimeout
            borne = attente if timeout is None else min(attente, timeout)
            try:
                flux = self._reseau.connect_tcp(adresse, port, borne, local_address, socket_options)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as trouble:
                dernier = trouble
                continue
            self.relie = True
            return Flux(flux, self._echeance)
        raise dernier
