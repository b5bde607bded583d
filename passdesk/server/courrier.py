"""A courier brought to the Region: each of its requests is answered as over the network, into a file for its desk."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from passdesk.domain.erreurs import SaisieRefusee
from passdesk.protocol.courrier import Lettre, ecrire_reponse, lire_courrier
from passdesk.protocol.signatures import declared_sender
from passdesk.server.echange import HttpAnswer, HttpRequest, traiter_sync
from passdesk.server.menage import faire_le_menage
from passdesk.server.postes import Poste, trouver_poste
from passdesk.server.region import Region

URL = "http://region/v1/sync"


@dataclass(frozen=True, slots=True)
class CourrierRecu:
    """What came of it. `reponse`: the bytes to bring back; `deja`: all of it had been received before, or comes from a
    desk put back to an earlier day, which learns it there; `actes`, `litiges`, `en_attente`: as for an exchange;
    `refus`: code of what the Region refused, if any."""

    poste: str
    reponse: bytes = field(repr=False)
    deja: bool
    actes: int
    litiges: int
    en_attente: int
    refus: str | None


def recevoir_courrier(region: Region, octets: bytes) -> CourrierRecu:
    """Takes in what a desk sent by courier; the same one brought again changes nothing.

    Raises SaisieRefusee as `lire_courrier`, and "courrier_inconnu": of a desk that this Region does not know.
    """
    lettres = lire_courrier(octets, region.cles.scellement)
    poste = _expediteur(region, lettres)
    reponses = [traiter_sync(region, HttpRequest("POST", URL, lettre.headers, lettre.body)) for lettre in lettres]
    faire_le_menage(region)
    refus = {str(reponse.faits["refus"]) for reponse in reponses if "refus" in reponse.faits}
    deja = refus == {"compteur_depasse"} and all("refus" in reponse.faits for reponse in reponses)
    retour = [Lettre(reponse.headers, reponse.body, reponse.status) for reponse in reponses]
    return CourrierRecu(
        poste.nom,
        ecrire_reponse(retour, poste.cle_requete, poste.device),
        deja,
        _somme(reponses, "operations"),
        _somme(reponses, "litiges"),
        _somme(reponses, "en_attente"),
        next(iter(sorted(refus - {"compteur_depasse"})), None),
    )


def _somme(reponses: Iterable[HttpAnswer], fait: str) -> int:
    return sum(int(reponse.faits.get(fait, 0)) for reponse in reponses)


def _expediteur(region: Region, lettres: Iterable[Lettre]) -> Poste:
    """The desk that all of them name; their signatures are looked at one by one, afterwards."""
    try:
        noms = {declared_sender(lettre.headers)[0] for lettre in lettres}
    except SaisieRefusee:
        raise SaisieRefusee("courrier_illisible") from None
    if len(noms) != 1:
        raise SaisieRefusee("courrier_illisible")
    with region.magasin.lire() as tx:
        poste = trouver_poste(tx, noms.pop())
    if poste is None:
        raise SaisieRefusee("courrier_inconnu")
    return poste
