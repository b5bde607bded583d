"""The decisions as taken at this desk, with their facts while these are kept."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from passdesk.protocol import canonique
from passdesk.storage.engine import Base
from passdesk.storage.lecture import Ligne, entiers, instant, ligne, lignes, textes
from passdesk.storage.projections.personnes import personnes_fusionnees


@dataclass(frozen=True, slots=True)
class DecisionEnregistree:
    """An answer as recorded. `decision_id`: op_id of its operation; `sujet`: the person it was written for.

    `carnets`: sizes awarded; `empreinte`: SHA-256 of the règlement; `faits_op`: where its facts were written, None
    when they never were; `faits`: the facts themselves (`domain.faits`), None once erased.
    """

    decision_id: str
    sujet: str
    demande_id: str
    attribution_id: str | None
    issue: str
    nombre: int
    reste: int
    carnets: tuple[int, ...]
    motifs: tuple[str, ...]
    reglement: str
    empreinte: bytes
    le: date
    agent_id: str
    quand: datetime
    faits_op: str | None
    faits: dict[str, Any] | None = field(repr=False)


_LUES = "SELECT d.*, f.octets FROM decision d LEFT JOIN decision_faits f ON f.op_id = d.faits_op "


def _decision(champs: Ligne) -> DecisionEnregistree:
    return DecisionEnregistree(
        decision_id=champs["op_id"],
        sujet=champs["sujet"],
        demande_id=champs["demande_id"],
        attribution_id=champs["attribution_id"],
        issue=champs["issue"],
        nombre=champs["pass"],
        reste=champs["reste"],
        carnets=entiers(champs["carnets"]),
        motifs=textes(champs["motifs"]),
        reglement=champs["reglement"],
        empreinte=champs["empreinte"],
        le=date.fromisoformat(champs["le"]),
        agent_id=champs["agent_id"],
        quand=instant(champs["wall"]),
        faits_op=champs["faits_op"],
        faits=canonique.decode(champs["octets"]) if champs["octets"] is not None else None,
    )


def get(base: Base, decision_id: str) -> DecisionEnregistree | None:
    """The decision of this operation, or None."""
    trouvee = ligne(base, f"{_LUES} WHERE d.op_id = ?", [decision_id])
    return _decision(trouvee) if trouvee else None


def par_personne(base: Base, personne_id: str) -> tuple[DecisionEnregistree, ...]:
    """All decisions about a person and those merged into it, oldest first."""
    with base.lecture() as db:
        concernees = personnes_fusionnees(db, personne_id)
    marques = ", ".join("?" for _ in concernees)
    sql = f"{_LUES} WHERE d.sujet IN ({marques}) ORDER BY d.wall, d.op_id"
    return tuple(_decision(champs) for champs in lignes(base, sql, concernees))


def derniere(base: Base, demande_id: str) -> DecisionEnregistree | None:
    """The latest answer given to a request, or None."""
    trouvee = ligne(base, f"{_LUES} WHERE d.demande_id = ? ORDER BY d.wall DESC, d.op_id DESC LIMIT 1", [demande_id])
    return _decision(trouvee) if trouvee else None


def de_l_attribution(base: Base, attribution_id: str) -> DecisionEnregistree | None:
    """The decision that awarded, or None."""
    trouvee = ligne(base, f"{_LUES} WHERE d.attribution_id = ?", [attribution_id])
    return _decision(trouvee) if trouvee else None
