"""The facts of a decision as plain values, kept so that it can be explained and taken again years later."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from passdesk.domain.demande import Anterieur, Derogation, Dossier, JustificatifPresente
from passdesk.domain.derogation import DerogationAccordee
from passdesk.domain.evaluation import Decision, Motif
from passdesk.domain.reglement import Reglement


@dataclass(frozen=True, slots=True)
class FaitsDecision:
    """All that a decision was made of, and what it was.

    `reglements`: SHA-256 of each règlement the desk held that day; the one of the day of arrival was applied.
    `derogation_agent`, `derogation_le`: id of the agent who granted the dossier's derogation and the day
    (AAAA-MM-JJ); "" without one.
    """

    dossier: Dossier = field(repr=False)
    decision: Decision = field(repr=False)
    reglements: tuple[bytes, ...] = ()
    derogation_agent: str = ""
    derogation_le: str = ""


def faits_decision(
    dossier: Dossier, decision: Decision, reglements: Sequence[Reglement], accordee: DerogationAccordee | None = None
) -> FaitsDecision:
    """The facts of a decision just taken; `accordee` when the dossier carries a derogation granted at this desk."""
    empreintes = tuple(reglement.empreinte for reglement in reglements)
    if accordee is None or dossier.derogation is None:
        return FaitsDecision(dossier, decision, empreintes)
    return FaitsDecision(dossier, decision, empreintes, accordee.agent, accordee.le)


def ecrire_faits(faits: FaitsDecision) -> dict[str, Any]:
    """As texts, numbers, lists and maps: every field of the dossier and of the decision, dates as ISO texts."""
    return {
        "dossier": _brut(faits.dossier),
        "decision": _brut(faits.decision),
        "reglements": list(faits.reglements),
        **({"derogation": [faits.derogation_agent, faits.derogation_le]} if faits.derogation_agent else {}),
    }


def lire_faits(brut: Mapping[str, Any]) -> FaitsDecision:
    """What `ecrire_faits` wrote; a field that an earlier program did not write has its default.

    Raises TypeError, KeyError or ValueError on anything else: the log is ours.
    """
    agent, le = brut.get("derogation") or ("", "")
    return FaitsDecision(_dossier(brut["dossier"]), _decision(brut["decision"]), tuple(brut["reglements"]), agent, le)


def _brut(valeur: Any) -> Any:
    if dataclasses.is_dataclass(valeur):
        return {champ.name: _brut(getattr(valeur, champ.name)) for champ in dataclasses.fields(valeur)}
    if isinstance(valeur, date):
        return valeur.isoformat()
    if isinstance(valeur, Mapping):
        return {str(cle): _brut(contenu) for cle, contenu in valeur.items()}
    if isinstance(valeur, tuple):
        return [_brut(element) for element in valeur]
    return valeur


def _jour(texte: str | None) -> date | None:
    return date.fromisoformat(texte) if texte is not None else None


def _dossier(brut: Mapping[str, Any]) -> Dossier:
    lu = dict(brut)
    lu["naissance"] = _jour(lu.get("naissance"))
    lu["arrivee_le"] = date.fromisoformat(lu["arrivee_le"])
    lu["justificatifs"] = tuple(
        JustificatifPresente(piece["type"], _jour(piece.get("date")), _jour(piece.get("vu_le")))
        for piece in lu.get("justificatifs", ())
    )
    lu["anterieurs"] = tuple(Anterieur(a["nombre"], date.fromisoformat(a["le"])) for a in lu.get("anterieurs", ()))
    lu["derogation"] = Derogation(**lu["derogation"]) if lu.get("derogation") else None
    return Dossier(**lu)


def _decision(brut: Mapping[str, Any]) -> Decision:
    lu = dict(brut)
    lu["carnets"] = tuple(lu["carnets"])
    lu["motifs"] = tuple(Motif(**motif) for motif in lu["motifs"])
    lu["manquants"] = tuple(tuple(preuves) for preuves in lu["manquants"])
    return Decision(**lu)
