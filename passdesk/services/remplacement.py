"""Another carnet for one that was lost, stolen or damaged: void first, new numbers, and it counts 0 (protocol §3)."""

from __future__ import annotations

from passdesk.domain.carnet import REMPLACABLES, Carnet, Etat
from passdesk.domain.erreurs import SaisieRefusee
from passdesk.domain.personne import Personne
from passdesk.domain.visite import CarnetAttribue
from passdesk.services.lien import retire
from passdesk.services.poste import APPAREIL, Poste, marquer
from passdesk.storage import attributions, campagnes, carnets, cle_pass, lots, personnes
from passdesk.storage import poste as identite

_SORTIS = (Etat.ANNULE, Etat.GACHE)
"""A replacement that never reached the person leaves the place to another."""


def remplacant(poste: Poste, carnet: Carnet) -> Carnet | None:
    """The carnet that was given, or is to be given, in the place of this one."""
    for attribution in attributions.par_remplace(poste.base, carnet.campagne, carnet.numero):
        for suivi in carnets.par_attribution(poste.base, attribution.attribution_id):
            if suivi.carnet.etat not in _SORTIS and not _rendu_avant_remise(suivi.carnet):
                return suivi.carnet
    return None


def remplace_par(poste: Poste, carnet: Carnet) -> tuple[int, int] | None:
    """(campaign, number) of the carnet that this one replaces."""
    attribution = attributions.get(poste.base, carnet.attribution_id)
    return attribution.remplace if attribution is not None else None


def peut_etre_remplace(poste: Poste, carnet: Carnet) -> bool:
    """True for a void carnet that the person had, or was about to have, and that nothing replaces yet."""
    return (
        carnet.etat in REMPLACABLES
        and not _rendu_avant_remise(carnet)
        and personnes.get(poste.base, carnet.personne_id) is not None
        and remplacant(poste, carnet) is None
    )


def obstacle(poste: Poste, carnet: Carnet) -> str | None:
    """What keeps this desk from replacing it today, as a code; None when it can.

    The old value stays spent until its campaign closes: the new carnet is of that campaign, and of no other.
    """
    if not peut_etre_remplace(poste, carnet):
        return "acte_impossible"
    if carnet.rangs_bloques:
        # New numbers would be good everywhere until the Region blocks them in their turn.
        return "remplacement_bloque"
    campagne = campagnes.get(poste.base, carnet.campagne)
    if identite.lire_texte(poste.base, APPAREIL) is None or campagne is None:
        return "poste_non_enrole"
    if retire(poste.base):
        return "poste_retire"
    if cle_pass.en_attente(poste.base):
        return "cle_attendue"
    if poste.horloge.aujourdhui() > campagne.arret_remise:
        return "remise_arretee"
    if _libre(poste, carnet) is None:
        return f"reserve_epuisee_{carnet.taille}"
    return None


def remplacer(poste: Poste, campagne: int, numero: int) -> CarnetAttribue:
    """Awards a carnet as large, of new numbers, to the holder of a void one. It is still to print and to hand over.

    Raises SaisieRefusee: "carnet_inconnu", or the code of `obstacle`. Nothing is recorded then.
    """
    with poste.base.acte(poste.agent_id) as acte:
        suivi = carnets.suivi(poste.base, campagne, numero)
        if suivi is None:
            raise SaisieRefusee("carnet_inconnu")
        ancien = suivi.carnet
        code = obstacle(poste, ancien)
        libre = _libre(poste, ancien)
        attribution = attributions.get(poste.base, ancien.attribution_id)
        if code is not None or libre is None or attribution is None:
            raise SaisieRefusee(code or "carnet_inconnu")
        attribution_id = acte.nouvel_id()
        acte.inscrire(
            "attribution.accorder",
            ancien.personne_id,
            {
                "attribution": attribution_id,
                "demande": attribution.demande_id,
                "remplace": {"campagne": campagne, "numero": numero},
                "pass": 0,
                "reste": 0,
                "carnets": [
                    {
                        "campagne": campagne,
                        "numero": libre.numero,
                        "taille": ancien.taille,
                        "dernier_jour": ancien.dernier_jour.isoformat(),
                        "kid": libre.kid,
                        "pot": libre.pot,
                    }
                ],
                "motifs": [*attribution.motifs],
                "reglement": attribution.reglement,
                "empreinte": attribution.empreinte,
                "le": poste.horloge.aujourdhui().isoformat(),
            },
            v=2,
        )
        (nouveau,) = carnets.par_attribution(poste.base, attribution_id)
    # Before any paper: a base put back to an earlier day must not give this number again.
    marquer(poste)
    personne = personnes.get(poste.base, ancien.personne_id) or Personne(ancien.personne_id, "", "")
    return CarnetAttribue(nouveau.carnet, personne, attribution_id)


def _rendu_avant_remise(carnet: Carnet) -> bool:
    """Returned without ever having been given: its value goes back to the pot, and nothing is owed."""
    return carnet.etat is Etat.RETOURNE and carnet.remis_le is None


def _libre(poste: Poste, carnet: Carnet) -> lots.NumeroLibre | None:
    """The next number of the same size, of the pot that the carnet came from."""
    suivi = carnets.suivi(poste.base, carnet.campagne, carnet.numero)
    if suivi is None:
        return None
    return lots.numero_libre(poste.base, carnet.campagne, carnet.taille, suivi.pot, poste.horloge.aujourdhui())
