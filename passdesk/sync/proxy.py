"""The intermediary that some networks impose between a desk and the Region: how its address is written and found."""

from __future__ import annotations

from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass

from passdesk.domain.erreurs import SaisieRefusee

PORT = 8080
"""When the address says none: the usual one."""


def lire_proxy(texte: str) -> str:
    """`host:port` out of what was typed. Raises SaisieRefusee("proxy_illisible" | "proxy_avec_mot_de_passe").

    Only the plain kind: the Region is reached through it under TLS, whatever the intermediary is.
    """
    propre = texte.strip()
    try:
        parties = urlsplit(propre if "://" in propre else f"http://{propre}")
        hote, port = parties.hostname, parties.port
    except ValueError:
        raise SaisieRefusee("proxy_illisible") from None
    lisible = parties.netloc.isascii() and parties.netloc.isprintable() and " " not in parties.netloc
    if parties.scheme != "http" or not hote or not lisible or parties.path not in ("", "/") or parties.query:
        raise SaisieRefusee("proxy_illisible")
    if parties.username is not None:
        raise SaisieRefusee("proxy_avec_mot_de_passe")
    return f"[{hote}]:{port or PORT}" if ":" in hote else f"{hote}:{port or PORT}"


def proxy_du_systeme(hote: str) -> str | None:
    """The `host:port` that this computer's settings give to reach `hote` under TLS; None: straight.

    An automatic script is not read: who has one types the address.
    """
    if proxy_bypass(hote):
        return None
    donne = getproxies().get("https") or getproxies().get("all")
    if not donne:
        return None
    try:
        return lire_proxy(donne)
    except SaisieRefusee:
        # Of another kind, or with a password: as good as none.
        return None
