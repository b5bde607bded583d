"""A derogation at the desk: a *responsable* lifts a refusal, where the règlement in force lets one (decision 0025).

The reason they write stands in the facts of the decision alone, which an erasure drops; the award holds codes.
"""

from __future__ import annotations

from dataclasses import replace

from passdesk.domain.derogation import DerogationAccordee
from passdesk.domain.erreurs import SaisieRefusee
from passdesk.domain.visite import Brouillon
from passdesk.services.dossier import lire_brouillon
from passdesk.services.levee import PAR, faits_leves
from passdesk.services.poste import Poste, est_responsable
from passdesk.services.reglements import reglements
from passdesk.services.visite import apprecier, noter

LONGUEUR_RAISON = 300
"""Characters kept of the reason."""


def accorder(poste: Poste, brouillon: Brouillon, raison: str) -> Brouillon:
    """The draft with the refusals that stand now lifted, kept at once.

    Raises SaisieRefusee: "derogation_reservee" (the agent is no *responsable*), "derogation_sans_raison",
    "derogation_sans_objet" (nothing is refused, or nothing that a desk may lift).
    """
    _exiger_responsable(poste)
    possible = apprecier(poste, replace(brouillon, derogation=None)).derogation
    if possible is None or possible.par != PAR:
        raise SaisieRefusee("derogation_sans_objet")
    propre = " ".join(raison.split())[:LONGUEUR_RAISON]
    if not propre:
        raise SaisieRefusee("derogation_sans_raison")
    leves = tuple(motif.code for motif in possible.refus)
    jour = poste.horloge.aujourdhui().isoformat()
    lu = lire_brouillon(brouillon, (), poste.horloge.aujourdhui(), reglements=reglements(poste)).dossier
    sur = faits_leves(lu) if lu is not None else ()
    return _garder(poste, replace(brouillon, derogation=DerogationAccordee(propre, poste.agent_id, jour, leves, sur)))


def retirer(poste: Poste, brouillon: Brouillon) -> Brouillon:
    """The draft without its derogation, kept at once. Raises SaisieRefusee("derogation_reservee")."""
    _exiger_responsable(poste)
    return _garder(poste, replace(brouillon, derogation=None))


def _exiger_responsable(poste: Poste) -> None:
    if not est_responsable(poste):
        raise SaisieRefusee("derogation_reservee")


def _garder(poste: Poste, brouillon: Brouillon) -> Brouillon:
    noter(poste, brouillon)
    return brouillon
