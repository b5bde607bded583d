"""The way to the Region's server: one POST, a bounded answer, and every failure named."""

from __future__ import annotations

import ipaddress
import ssl
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Protocol
from urllib.parse import urlsplit

import httpcore
import truststore

from passdesk.domain.erreurs import PanneAttendue, SaisieRefusee
from passdesk.sync.delais import Delais, Echeance
from passdesk.sync.flux import Reseau

DELAIS = Delais()

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
        """One exchange. Raises PanneAttendue("hors_ligne", entame=…) when no complete answer came; `entame`: True when
        the connection was there and carried something."""
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
    """HTTP/1.1 with the certificates of the operating system; one kept-alive connection a cycle.

    `proxy`: the `host:port` that leads to the Region, never asked for an address on loopback. `arreter` is asked while
    something is waited for. Nothing of the environment is read, no coding of the answer is asked for nor undone.
    """

    def __init__(
        self,
        delais: Delais = DELAIS,
        *,
        proxy: str | None = None,
        arreter: Callable[[], bool] = lambda: False,
        temps: Callable[[], float] = time.monotonic,
        certificats: ssl.SSLContext | None = None,
    ) -> None:
        self._proxy = proxy
        self._echeance = Echeance(delais, temps, arreter)
        self._reseau = Reseau(self._echeance)
        self._certificats = certificats or truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        self._droit = self._chemin(None)
        self._detour = self._chemin(httpcore.Proxy(f"http://{proxy}")) if proxy else self._droit
        self._temps = {"connect": delais.connexion, "read": delais.silence, "write": delais.silence}

    def __enter__(self) -> HttpTransport:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Lets the connections go."""
        self._droit.close()
        self._detour.close()

    def post(self, url: str, headers: Mapping[str, str], body: bytes) -> Reponse:
        """One exchange. Raises PanneAttendue: "hors_ligne" and the codes of `_panne`, "envoi_arrete"."""
        self._echeance.commencer()
        self._reseau.relie = False
        chemin = self._droit if _loopback(urlsplit(url).hostname or "") else self._detour
        entetes = [("user-agent", "passdesk"), *headers.items()]
        try:
            with chemin.stream(
                "POST", _en_ascii(url), headers=entetes, content=body, extensions={"timeout": self._temps}
            ) as reponse:
                lu = bytearray()
                for morceau in reponse.iter_stream():
                    lu += morceau
                    if len(lu) > TAILLE_REPONSE:
                        raise PanneAttendue("reponse_etrangere")
                return Reponse(reponse.status, _entetes(reponse.headers), bytes(lu))
        except (*_HTTP, OSError, ValueError) as trouble:
            raise PanneAttendue(self._panne(chemin, trouble), entame=self._echeance.entame) from None

    def _chemin(self, proxy: httpcore.Proxy | None) -> httpcore.ConnectionPool:
        return httpcore.ConnectionPool(
            ssl_context=self._certificats, proxy=proxy, max_connections=1, network_backend=self._reseau
        )

    def _panne(self, chemin: httpcore.ConnectionPool, trouble: Exception) -> str:
        """What can be told of a trouble; "hors_ligne" is the code of all that only time mends."""
        if isinstance(trouble, httpcore.ProxyError):
            return "proxy_mot_de_passe" if str(trouble).startswith("407") else "proxy_refuse"
        refus = _refus_tls(trouble)
        if isinstance(refus, ssl.SSLCertVerificationError):
            return "certificat_refuse"
        detour = chemin is not self._droit
        if refus is not None:
            return "proxy_refuse" if detour else "reponse_etrangere"
        if detour and not self._reseau.relie and isinstance(trouble, httpcore.ConnectError | httpcore.ConnectTimeout):
            return "proxy_muet"
        return "hors_ligne"


_HTTP = (
    httpcore.TimeoutException,
    httpcore.NetworkError,
    httpcore.ProtocolError,
    httpcore.ProxyError,
    httpcore.UnsupportedProtocol,
)


def _entetes(recus: list[tuple[bytes, bytes]]) -> dict[str, str]:
    """Names in lower case; what is given twice is joined, as a list is."""
    lus: dict[str, str] = {}
    for nom, valeur in recus:
        cle, texte = nom.decode("latin-1").lower(), valeur.decode("latin-1")
        lus[cle] = f"{lus[cle]}, {texte}" if cle in lus else texte
    return lus


def _refus_tls(trouble: BaseException | None) -> ssl.SSLError | None:
    """Somebody answered, who is not the Region under TLS: a page in clear, or a certificate that is not known here.

    A connection that is merely cut is none of these.
    """
    while trouble is not None:
        if isinstance(trouble, ssl.SSLError) and not isinstance(trouble, ssl.SSLEOFError | ssl.SSLZeroReturnError):
            return trouble
        trouble = trouble.__cause__ or trouble.__context__
    return None


def _en_ascii(url: str) -> str:
    """The same address with the name of the site as it travels."""
    parties = urlsplit(url)
    hote = parties.hostname or ""
    if hote.isascii():
        return url
    port = f":{parties.port}" if parties.port else ""
    return parties._replace(netloc=hote.encode("idna").decode("ascii") + port).geturl()
