"""What keeps a desk from awarding although the règlement says yes."""

from __future__ import annotations

from passdesk.domain.evaluation import Decision
from passdesk.domain.reglement import Reglement
from passdesk.services.lien import retire
from passdesk.services.poste import APPAREIL, POT, Poste, campagne_courante, stock
from passdesk.storage import cle_pass, lots
from passdesk.storage import poste as identite


def empechement(poste: Poste, decision: Decision | None, reglement: Reglement, public: str | None) -> str | None:
    """Its code, None when nothing does or when the answer is not *accord*."""
    if decision is None or decision.issue != "accord" or public is None:
        return None
    if not reglement.tenu_au_guichet(public):
        return "reglement_hors_guichet"
    if identite.lire_texte(poste.base, APPAREIL) is None:
        return "poste_non_enrole"
    if retire(poste.base):
        return "poste_retire"
    if cle_pass.en_attente(poste.base):
        return "cle_attendue"
    pot = reglement.pot(public)
    campagne = campagne_courante(poste, pot, decision.carnets)
    if campagne is None:
        return "campagne_absente"
    if poste.horloge.aujourdhui() > campagne.arret_remise:
        return "remise_arretee"
    reste = stock(poste, campagne, pot)
    if any(reste[taille] < decision.carnets.count(taille) for taille in decision.carnets):
        bail = lots.fin_de_bail(poste.base, campagne.numero)
        if bail is not None and bail < poste.horloge.aujourdhui():
            return "bail_depasse"
        return f"reserve_epuisee_{decision.carnets[0] if pot == POT else 'lycee'}"
    return None
