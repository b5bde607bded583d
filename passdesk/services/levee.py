"""What the derogation of a draft does to its dossier, and what the règlement in force lets lift (decision 0025)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from passdesk.domain.clauses import levables, motif_derogation
from passdesk.domain.demande import DEROGATIONS_PAR, Derogation, Dossier
from passdesk.domain.derogation import DerogationPossible
from passdesk.domain.evaluation import Decision, evaluer
from passdesk.domain.reglement import choisir
from passdesk.domain.visite import Brouillon
from passdesk.services.poste import Poste, est_responsable
from passdesk.services.reglements import reglements
from passdesk.storage import agents

PAR = DEROGATIONS_PAR[0]
"""Who a desk can speak for."""


def lever(poste: Poste, brouillon: Brouillon, dossier: Dossier) -> tuple[Dossier, DerogationPossible | None]:
    """The dossier with the derogation of the draft where it still holds, and what may be lifted of its refusal."""
    regles = reglements(poste)
    reglement = choisir(regles, dossier.arrivee_le)
    clause = reglement.derogation
    refus = levables(reglement, evaluer(dossier, regles).motifs) if clause is not None else ()
    if clause is None or not refus:
        return dossier, None
    possible = DerogationPossible(
        refus,
        motif_derogation(clause, reglement, PAR, refus),
        clause.accordee_par.valeur,
        est_responsable(poste),
    )
    accordee = brouillon.derogation
    if (
        accordee is None
        or possible.par != PAR
        or not {motif.code for motif in refus} <= set(accordee.leves)
        or accordee.sur not in ((), faits_leves(dossier))
        or not est_responsable(poste, accordee.agent)
    ):
        return dossier, possible
    agent = agents.get(poste.base, accordee.agent)
    leve = replace(dossier, derogation=Derogation(PAR, accordee.raison))
    return leve, replace(possible, accordee=accordee, agent=agent.nom if agent is not None else "")


def faits_leves(dossier: Dossier) -> tuple[str, ...]:
    """What the refusals that a desk may lift are made of: one of these corrected, somebody has to look again."""
    naissance = dossier.naissance.isoformat() if dossier.naissance else ""
    return (naissance, dossier.commune or "", dossier.public)


def part_de_l_attribution(decision: Decision) -> Mapping[str, object]:
    """What the body of an answer adds: by whom refusals were lifted, and their codes; nothing personal."""
    leve = next((motif for motif in decision.motifs if motif.code == "derogation"), None)
    return {"derogation": {"par": leve.faits["par"], "leves": leve.faits["leves"].split()}} if leve else {}
