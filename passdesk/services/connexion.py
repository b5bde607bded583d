"""The way from this desk to the Region: straight, as this computer's settings say, or through a given intermediary."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal
from urllib.parse import urlsplit

from passdesk.domain.erreurs import SaisieRefusee
from passdesk.services.poste import ADRESSE, PROXY, Poste, est_responsable
from passdesk.storage import poste as identite
from passdesk.sync.proxy import lire_proxy, proxy_du_systeme
from passdesk.sync.transport import HttpTransport, Transport

Passage = Literal["systeme", "aucun", "adresse"]
PASSAGES: tuple[Passage, ...] = ("systeme", "aucun", "adresse")


@dataclass(frozen=True, slots=True)
class Chemin:
    """`passage`: "systeme" unless somebody chose; `adresse`: the `host:port` typed, "" for the two others."""

    passage: Passage
    adresse: str = ""


COMME_L_ORDINATEUR = Chemin("systeme")
"""What a desk does until somebody chooses."""


def lire_chemin(poste: Poste) -> Chemin:
    """What this desk was told."""
    garde = identite.lire_texte(poste.base, PROXY) or ""
    if garde in ("", "aucun"):
        return Chemin("aucun" if garde else "systeme")
    return Chemin("adresse", garde)


def regler_chemin(poste: Poste, passage: str, adresse: str = "") -> None:
    """How the Region is reached from now on.

    Raises SaisieRefusee: "reglage_reserve" (the agent is no *responsable*), "proxy_illisible",
    "proxy_avec_mot_de_passe".
    """
    if not est_responsable(poste):
        raise SaisieRefusee("reglage_reserve")
    garde = lire_proxy(adresse) if passage == "adresse" else "aucun" if passage == "aucun" else None
    identite.ecrire_texte(poste.base, PROXY, garde)


def ouvrir_chemin(poste: Poste, arreter: Callable[[], bool] = lambda: False, adresse: str | None = None) -> Transport:
    """The transport that the settings say; `arreter` is asked while something is waited for.

    `adresse`: the Region's, when this desk does not keep it yet.
    """
    chemin = lire_chemin(poste)
    proxy = chemin.adresse or None
    if chemin.passage == "systeme":
        hote = urlsplit(adresse or identite.lire_texte(poste.base, ADRESSE) or "").hostname
        proxy = proxy_du_systeme(hote) if hote else None
    return HttpTransport(proxy=proxy, arreter=arreter)
