"""Who looked at the file of a person at this desk; never sent, and gone with the person."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from passdesk.storage.effacables import concernees
from passdesk.storage.engine import Base
from passdesk.storage.lecture import instant, ligne, lignes, maintenant_ms


@dataclass(frozen=True, slots=True)
class Consultation:
    """One look: by which agent, at what (`geste`), when (UTC)."""

    agent_id: str
    geste: str
    quand: datetime


def noter(base: Base, personne_id: str, agent_id: str, geste: str, *, repos_ms: int) -> None:
    """Keeps a look; the same one again within `repos_ms` is the same look."""
    sql = "SELECT quand FROM consultation WHERE (personne_id, agent_id, geste) = (?, ?, ?) ORDER BY rang DESC LIMIT 1"
    derniere = ligne(base, sql, [personne_id, agent_id, geste])
    maintenant = maintenant_ms(base)
    if derniere is not None and 0 <= maintenant - derniere["quand"] < repos_ms:
        return
    with base.ecriture() as db:
        db.execute(
            "INSERT INTO consultation (personne_id, agent_id, geste, quand) VALUES (?, ?, ?, ?)",
            [personne_id, agent_id, geste, maintenant],
        )


def par_personne(base: Base, personne_id: str) -> tuple[Consultation, ...]:
    """All looks at this person and at those merged into it, oldest first."""
    siennes = concernees(base, personne_id)
    marques = ", ".join("?" for _ in siennes)
    sql = f"SELECT agent_id, geste, quand FROM consultation WHERE personne_id IN ({marques}) ORDER BY rang"  # noqa: S608
    return tuple(Consultation(c["agent_id"], c["geste"], instant(c["quand"])) for c in lignes(base, sql, siennes))
