"""A decision as it was taken: found again, explained, and taken once more with the règlement of that day."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from passdesk.domain.erreurs import SaisieRefusee
from passdesk.domain.evaluation import Decision, evaluer
from passdesk.domain.examen import ExigenceExaminee, examiner
from passdesk.domain.faits import FaitsDecision, lire_faits
from passdesk.domain.personne import Personne
from passdesk.domain.reglement import Reglement, choisir
from passdesk.services.poste import Poste
from passdesk.services.reglements import par_empreinte, reglements
from passdesk.storage import agents, attributions, carnets, decisions, personnes
from passdesk.storage.decisions import DecisionEnregistree

EtatRejeu = Literal["meme", "differente", "reglement_inconnu", "faits_effaces", "faits_absents"]
"""`faits_absents`: recorded by a program that did not keep them; `faits_effaces`: dropped with the person's data."""


@dataclass(frozen=True, slots=True)
class DecisionPrise:
    """An answer as it was given. `decision_id`: op_id of its operation; `codes`: its reasons, known in every case.

    `reglement`: the id; `titre`: of the règlement applied; `executoire_le`: the day from which it applies, None when
    it is not at this desk. `agent`: name of who recorded it, "" when unknown. `personne`: None once erased.
    `derogation_agent`: name of who granted its derogation, "" without one or when unknown.
    """

    decision_id: str
    demande_id: str
    issue: str
    nombre: int
    reste: int
    carnets: tuple[int, ...]
    codes: tuple[str, ...]
    reglement: str
    titre: str
    empreinte: bytes
    executoire_le: date | None
    le: date
    agent: str = field(repr=False)
    personne: Personne | None = field(repr=False)
    faits: FaitsDecision | None = field(repr=False)
    faits_effaces: bool = False
    derogation_agent: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Rejeu:
    """The same facts judged again today. `decision`: what comes out, None when it cannot be judged."""

    etat: EtatRejeu
    decision: Decision | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class Explication:
    """All that the page and the letter say. `examen`: the papers, empty when facts or règlement are not there."""

    prise: DecisionPrise
    rejeu: Rejeu
    examen: tuple[ExigenceExaminee, ...]
    reglement: Reglement | None = field(repr=False)
    rejouee_le: date
    suivantes: bool = False
    """True when the request was answered again since."""


def decision_prise(poste: Poste, decision_id: str) -> DecisionPrise:
    """The decision as taken. Raises SaisieRefusee("decision_inconnue")."""
    lue = decisions.get(poste.base, decision_id)
    if lue is None:
        raise SaisieRefusee("decision_inconnue")
    return _prise(poste, lue)


def decisions_de(poste: Poste, personne_id: str) -> tuple[DecisionPrise, ...]:
    """The answers given to a person, those to whoever was merged into it too, oldest first."""
    return tuple(_prise(poste, lue) for lue in decisions.par_personne(poste.base, personne_id))


def derniere_decision(poste: Poste, demande_id: str) -> str:
    """The latest answer given to a request. Raises SaisieRefusee("decision_inconnue")."""
    return _connue(decisions.derniere(poste.base, demande_id))


def decision_du_carnet(poste: Poste, campagne: int, numero: int) -> str:
    """The decision that awarded a carnet. Raises SaisieRefusee("carnet_inconnu" | "decision_inconnue")."""
    suivi = carnets.suivi(poste.base, campagne, numero)
    if suivi is None:
        raise SaisieRefusee("carnet_inconnu")
    attribution = attributions.get(poste.base, suivi.carnet.attribution_id)
    if attribution is not None and attribution.remplace is not None:
        # A replacement decides nothing: the answer is that of the first carnet.
        return decision_du_carnet(poste, *attribution.remplace)
    return _connue(decisions.de_l_attribution(poste.base, suivi.carnet.attribution_id))


def rejouer(poste: Poste, prise: DecisionPrise) -> Rejeu:
    """Judges the facts again, with the règlements of that day and no other; a newer one changes nothing."""
    faits = prise.faits
    if faits is None:
        return Rejeu("faits_effaces" if prise.faits_effaces else "faits_absents")
    applique = par_empreinte(poste, prise.empreinte)
    if applique is None:
        return Rejeu("reglement_inconnu")
    d_alors = [reglement for reglement in reglements(poste) if reglement.empreinte in faits.reglements]
    tous = len({reglement.empreinte for reglement in d_alors}) == len(set(faits.reglements))
    if not tous or choisir(d_alors, faits.dossier.arrivee_le).empreinte != prise.empreinte:
        # Earlier awards may count by their own règlement: with one of those missing, the answer could be another.
        if not applique.compte_les_autres_reglements.valeur:
            return Rejeu("reglement_inconnu")
        d_alors = [applique]
    decision = evaluer(faits.dossier, d_alors)
    return Rejeu("meme" if _memes(decision, faits.decision) else "differente", decision)


def expliquer(poste: Poste, decision_id: str) -> Explication:
    """Everything known of a decision, and what it is today. Raises SaisieRefusee("decision_inconnue")."""
    prise = decision_prise(poste, decision_id)
    applique = par_empreinte(poste, prise.empreinte)
    examen = examiner(prise.faits.dossier, applique) if prise.faits is not None and applique is not None else ()
    derniere = decisions.derniere(poste.base, prise.demande_id)
    return Explication(
        prise=prise,
        rejeu=rejouer(poste, prise),
        examen=examen,
        reglement=applique,
        rejouee_le=poste.horloge.aujourdhui(),
        suivantes=derniere is not None and derniere.decision_id != decision_id,
    )


def _connue(lue: DecisionEnregistree | None) -> str:
    if lue is None:
        raise SaisieRefusee("decision_inconnue")
    return lue.decision_id


def _memes(une: Decision, autre: Decision) -> bool:
    """The same answer for the same reasons; the facts that fill a sentence may have been told otherwise."""

    def dite(decision: Decision) -> tuple[object, ...]:
        codes = tuple(motif.code for motif in decision.motifs)
        nombres = (decision.pass_accordes, decision.carnets, decision.reste)
        return (decision.issue, decision.reglement, *nombres, codes, decision.manquants)

    return dite(une) == dite(autre)


def _prise(poste: Poste, lue: DecisionEnregistree) -> DecisionPrise:
    applique = par_empreinte(poste, lue.empreinte)
    agent = agents.get(poste.base, lue.agent_id)
    faits = lire_faits(lue.faits) if lue.faits is not None else None
    accordant = agents.get(poste.base, faits.derogation_agent) if faits is not None else None
    return DecisionPrise(
        decision_id=lue.decision_id,
        demande_id=lue.demande_id,
        issue=lue.issue,
        nombre=lue.nombre,
        reste=lue.reste,
        carnets=lue.carnets,
        codes=lue.motifs,
        reglement=lue.reglement,
        titre=applique.titre if applique is not None else "",
        empreinte=lue.empreinte,
        executoire_le=applique.executoire_le if applique is not None else None,
        le=lue.le,
        agent=agent.nom if agent is not None else "",
        personne=personnes.get(poste.base, lue.sujet),
        faits=faits,
        faits_effaces=lue.faits_op is not None and lue.faits is None,
        derogation_agent=accordant.nom if accordant is not None else "",
    )
