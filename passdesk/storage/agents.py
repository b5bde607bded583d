"""The agents who may use this desk; roles guide, they do not protect (protocol §1)."""

from __future__ import annotations

from dataclasses import dataclass, field

from passdesk.storage.engine import Base
from passdesk.storage.lecture import Ligne, ligne, lignes

MEDIATEUR, RESPONSABLE = "mediateur", "responsable"


@dataclass(frozen=True, slots=True)
class Agent:
    """Somebody who signs acts at this desk. `role`: "mediateur" | "responsable"."""

    agent_id: str
    nom: str = field(repr=False)
    role: str
    actif: bool


def _agent(champs: Ligne) -> Agent:
    return Agent(champs["agent_id"], champs["nom"], champs["role"], bool(champs["actif"]))


def get(base: Base, agent_id: str) -> Agent | None:
    """The agent with this id, or None."""
    trouve = ligne(base, "SELECT * FROM agent WHERE agent_id = ?", [agent_id])
    return _agent(trouve) if trouve else None


def lister(base: Base) -> tuple[Agent, ...]:
    """All agents, retired ones too, in the order they came."""
    return tuple(_agent(champs) for champs in lignes(base, "SELECT * FROM agent ORDER BY depuis, agent_id"))
