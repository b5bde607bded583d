"""A Region for the commands: its root's phrase, a desk of it, a case, a terminal at which somebody types."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from passdesk.domain.horloge import HorlogeSysteme
from passdesk.protocol.signatures import SignedRequest
from passdesk.server.administration import doter_poste
from passdesk.server.echange import HttpRequest, traiter_sync
from passdesk.server.enrolement import accepter, proposer_code
from passdesk.server.inscription import traiter_demande, traiter_etat
from passdesk.server.region import Region, ouvrir_region
from tests.server.poste_factice import URL, Envoi, PosteFactice

PHRASE = "une phrase pour la racine"
Commande = Callable[..., Any]


def poste_enrole(dossier: Path) -> str:
    """A desk of this Region, joined without a network."""
    region = ouvrir_region(dossier / "region", HorlogeSysteme())
    enroler(region)
    region.fermer()
    return "Lens"


def fil(region: Region) -> Envoi:
    def envoyer(demande: SignedRequest) -> tuple[int, Mapping[str, str], bytes]:
        traiter = {"/v1/enrolement": traiter_demande, "/v1/enrolement/etat": traiter_etat, "/v1/sync": traiter_sync}
        http = HttpRequest(demande.method, demande.url, demande.headers, demande.body)
        reponse = traiter[demande.url.removeprefix(URL)](region, http)
        return reponse.status, reponse.headers, reponse.body

    return envoyer


def enroler(region: Region) -> PosteFactice:
    poste = PosteFactice(fil(region))
    code = proposer_code(region, "Lens")
    poste.demander(code)
    accepter(region, code[:4])
    poste.ou_en_est()
    return poste


def litige_ouvert(dossier: Path) -> str:
    """One desk that gave fifteen pass to one person: the case's id."""
    region = ouvrir_region(dossier / "region", HorlogeSysteme())
    poste = enroler(region)
    for taille in (5, 10):
        doter_poste(region, poste.device, taille=taille, carnets=3)
    poste.inscrire("p1", b"k" * 16)
    poste.accorder("p1", 1, 5)
    poste.accorder("p1", 4, 10)
    (_, _, issue) = poste.synchroniser().outcomes
    region.fermer()
    assert issue.litige is not None
    return issue.litige


class Terminal(io.StringIO):
    """A terminal at which somebody types this."""

    def isatty(self) -> bool:
        return True
