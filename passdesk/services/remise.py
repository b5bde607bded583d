"""Handing a printed carnet over to the person."""

from __future__ import annotations

from datetime import date

from passdesk.domain.carnet import Carnet, Etat
from passdesk.domain.erreurs import SaisieRefusee
from passdesk.protocol.serie import serie_carnet
from passdesk.services.carnet_du_poste import SORTIS
from passdesk.services.impression import retirer_papier
from passdesk.services.liste_tenue import jour_passe
from passdesk.services.poste import Poste
from passdesk.storage import attributions, campagnes, carnets


def numero_imprime(carnet: Carnet) -> str:
    """ "127 0000021": the number as it is read on the paper."""
    return serie_carnet(carnet.campagne, carnet.numero)


def remettre(poste: Poste, campagne: int, numero: int, le: date) -> Carnet:
    """Records the hand-over on day `le`, and removes the print file.

    Raises SaisieRefusee: "carnet_inconnu", "carnet_nul" (voided meanwhile), "carnet_non_imprime" (its paper is not
    confirmed), "remise_dans_le_futur", "remise_trop_tot" (before the award), "remise_arretee" (hand-over stops before
    the end of validity), "carnet_expire".
    """
    carnet = carnet_a_remettre(poste, campagne, numero)
    exiger_jour(poste, carnet, le)
    with poste.base.acte(poste.agent_id) as acte:
        acte.inscrire(
            "carnet.remettre", carnet.personne_id, {"campagne": campagne, "numero": numero, "le": le.isoformat()}
        )
    retirer_papier(poste, carnet)
    remis = carnets.get(poste.base, campagne, numero)
    return remis or carnet


def carnet_a_remettre(poste: Poste, campagne: int, numero: int) -> Carnet:
    """The carnet as the desk knows it now. Raises SaisieRefusee: "carnet_inconnu", "carnet_nul"."""
    carnet = carnets.get(poste.base, campagne, numero)
    if carnet is None or campagnes.get(poste.base, campagne) is None:
        raise SaisieRefusee("carnet_inconnu")
    if carnet.etat in SORTIS:
        raise SaisieRefusee("carnet_nul")
    return carnet


def exiger_jour(poste: Poste, carnet: Carnet, le: date) -> None:
    """Refuses a day on which this carnet cannot be handed over, before the receipt is signed too: see `remettre`."""
    connue = campagnes.get(poste.base, carnet.campagne)
    if carnet.etat is not Etat.IMPRIME:
        raise SaisieRefusee("carnet_non_imprime")
    if le > poste.horloge.aujourdhui():
        raise SaisieRefusee("remise_dans_le_futur")
    attribution = attributions.get(poste.base, carnet.attribution_id)
    if attribution is not None and le < attribution.le and not _en_avance(poste, attribution.le, le):
        raise SaisieRefusee("remise_trop_tot")
    if carnet.expire(le):
        raise SaisieRefusee("carnet_expire")
    if connue is not None and le > connue.arret_remise:
        raise SaisieRefusee("remise_arretee")


def _en_avance(poste: Poste, attribue_le: date, le: date) -> bool:
    """True when the clock that dated the award ran ahead: its day is not for months, and the carnet is here today.

    Before a day that the Region proves past, it is the clock of now that is behind.
    """
    passe = jour_passe(poste.base)
    return attribue_le > poste.horloge.aujourdhui() and passe is not None and le >= passe


def remise_annulable(poste: Poste, carnet: Carnet) -> bool:
    """True while a hand-over recorded today may be taken back: the paper is still on the desk."""
    suivi = carnets.suivi(poste.base, carnet.campagne, carnet.numero)
    return (
        suivi is not None
        and suivi.carnet.etat is Etat.REMIS
        and suivi.depuis.astimezone().date() == poste.horloge.maintenant().astimezone().date()
    )


def annuler_remise(poste: Poste, campagne: int, numero: int) -> Carnet:
    """Takes back a hand-over recorded today by mistake: the carnet is printed, to be handed over, again.

    Raises SaisieRefusee: "carnet_inconnu", "remise_non_annulable" (not handed over, or on another day).
    """
    carnet = carnets.get(poste.base, campagne, numero)
    if carnet is None:
        raise SaisieRefusee("carnet_inconnu")
    if not remise_annulable(poste, carnet):
        raise SaisieRefusee("remise_non_annulable")
    le = poste.horloge.aujourdhui().isoformat()
    with poste.base.acte(poste.agent_id) as acte:
        acte.inscrire(
            "carnet.remettre",
            carnet.personne_id,
            {"campagne": campagne, "numero": numero, "le": le, "annule": True},
            v=2,
        )
    return carnets.get(poste.base, campagne, numero) or carnet
