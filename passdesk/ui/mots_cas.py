"""What waits in *À vérifier*, named by its fact: the same words in the list, in the case, and on *Aujourd'hui*."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from passdesk.domain.francais import date_longue, typographie
from passdesk.services.litiges import ActeEnSuspens, AVerifier, Cas, ReglementEcarte

DECIDE = {
    "homonyme": "deux personnes",
    "meme_personne": "une seule personne",
    "erreur": "la personne garde tout",
    "fraude": "carnets annulés",
    "clos": "dossier fermé",
}
"""What the Region decided, in the words of the desk."""


def decision(cas: Cas) -> str:
    """ "La Région a décidé : deux personnes"."""
    mot = DECIDE.get(cas.decision, "")
    return typographie(f"La Région a décidé : {mot}") if mot else "La Région a décidé"


def titre_cas(cas: Cas) -> str:
    """The fact, not the mechanism."""
    if cas.decision:
        return decision(cas)
    if cas.homonyme:
        return f"Un homonyme, et {cas.excedent}\u00a0pass en attente" if cas.excedent else "Un homonyme à vérifier"
    if cas.separees:
        return f"{cas.excedent}\u00a0pass en attente, de deux fiches séparées"
    if cas.excedent:
        return f"{cas.excedent}\u00a0pass de trop pour la même personne"
    if cas.retire:
        return "Un homonyme a été retiré"
    return "Un numéro de carnet à vérifier"


def titre_suspens(actes: Sequence[ActeEnSuspens]) -> str:
    """ "3 actes gardés à part par la Région"."""
    pluriels = "s" if len(actes) > 1 else ""
    return f"{len(actes)}\u00a0acte{pluriels} gardé{pluriels} à part par la Région"


def titre_reglement(ecarte: ReglementEcarte) -> str:
    """The fact, with the day people know it by."""
    try:
        return f"Le règlement du {date_longue(date.fromisoformat(ecarte.reglement))} n’est pas appliqué ici"
    except ValueError:
        return "Un règlement reçu n’est pas appliqué ici"


def premier(lu: AVerifier) -> str:
    """The first line of the list, with the person when it is about one; empty when nothing waits."""
    if lu.ouverts:
        cas = lu.ouverts[0]
        nom = cas.personne.nom_courant if cas.personne is not None else ""
        return ", ".join(mot for mot in (titre_cas(cas), nom) if mot)
    if lu.suspens:
        raison = min(acte.raison for acte in lu.suspens)
        return titre_suspens([acte for acte in lu.suspens if acte.raison == raison])
    return titre_reglement(lu.reglements[0]) if lu.reglements else ""
