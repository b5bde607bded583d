"""The way to the Region's server: one POST, a bounded answer, and every failure named."""

from __future__ import annotations

import ipaddress
import ssl
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol
from urllib.parse import urlsplit

import httpx
import truststore

from passdesk.domain.erreurs import PanneAttendue, SaisieRefusee

DELAI = httpx.Timeout(30.0, connect=10.0)
"""Seconds. A captive portal that answers nothing must not hold a cycle for minutes."""

TAILLE_REPONSE = 17 * 1024 * 1024
"""Bytes read at most from an answer: above any honest one, far below the memory of an old laptop."""


@dataclass(frozen=True, slots=True)
class Reponse:
    """What came back, before anyone believes it."""

    status: int
    headers: Mapping[str, str]
    body: bytes = field(repr=False)


class Transport(Protocol):
    """The border to the network; tests put a faulty one in its place."""

    def post(self, url: str, headers: Mapping[str, str], body: bytes) -> Reponse:
        """One exchange. Raises PanneAttendue("hors_ligne") when no complete answer came."""
        ...

    def close(self) -> None:
        """Lets the connection go."""
        ...


def verifier_adresse(adresse: str) -> str:
    """The server's address without its last slash. Raises SaisieRefusee: not an address, or not protected by TLS.

    `http://` is accepted on loopback only (protocol §5).
    """
    try:
        parties = urlsplit(adresse.strip())
        hote, _ = parties.hostname, parties.port
    except ValueError:
        raise SaisieRefusee("adresse_illisible") from None
    # The path is signed as it is written; a letter that a browser would escape is no part of one.
    lisible = parties.path.isascii() and parties.path.isprintable() and " " not in parties.path
    if parties.scheme not in ("http", "https") or not hote or parties.username is not None or not lisible:
        raise SaisieRefusee("adresse_illisible")
    if parties.scheme == "http" and not _loopback(hote):
        raise SaisieRefusee("adresse_non_protegee")
    return f"{parties.scheme}://{parties.netloc}{parties.path.rstrip('/')}"


def _loopback(hote: str) -> bool:
    if hote == "localhost":
        return True
    try:
        return ipaddress.ip_address(hote).is_loopback
    except ValueError:
        return False


class HttpTransport:
    """httpx with the certificates of the operating system; one kept-alive connection a cycle."""

    def __init__(self, delai: httpx.Timeout = DELAI) -> None:
        self._client = httpx.Client(
            timeout=delai,
            verify=truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT),
            follow_redirects=False,
            # The address is the Region's or nobody's: a proxy variable left in the environment is not asked.
            trust_env=False,
        )

    def __enter__(self) -> HttpTransport:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Lets the connection go."""
        self._client.close()

    def post(self, url: str, headers: Mapping[str, str], body: bytes) -> Reponse:
        """One exchange. Raises PanneAttendue("hors_ligne")."""
        try:
            with self._client.stream("POST", url, headers=dict(headers), content=body) as reponse:
                lu = bytearray()
                for morceau in reponse.iter_bytes():
                    lu += morceau
                    if len(lu) > TAILLE_REPONSE:
                        raise PanneAttendue("reponse_etrangere")
                return Reponse(reponse.status_code, dict(reponse.headers), bytes(lu))
        except (httpx.HTTPError, httpx.InvalidURL, OSError):
            raise PanneAttendue("hors_ligne") from None
