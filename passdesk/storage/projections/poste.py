"""What operations do to the rest of the desk: notes on cases, agents, epochs."""

from __future__ import annotations

from passdesk.protocol.operations import Entete
from passdesk.storage.pilote import Database
from passdesk.storage.projections.lignes import Corps, changer, exiger


def noter_litige(db: Database, entete: Entete, corps: Corps | None) -> None:
    """`litige.noter` {texte, traite}: a note on a case; nothing once a person of that case was erased."""
    if corps is None:
        return
    db.execute(
        "INSERT INTO litige_note (op_id, litige_id, texte, traite, agent_id, wall) VALUES (?, ?, ?, ?, ?, ?)",
        [
            entete.op_id, corps["litige"], str(corps.get("texte") or ""), int(bool(corps.get("traite"))),
            entete.agent_id, entete.wall,
        ],
    )  # fmt: skip


def retirer_homonyme(db: Database, entete: Entete, corps: Corps | None) -> None:  # noqa: ARG001
    """`litige.noter` v2 {genre, motif}: the subject is no homonym any more. Read in the log, as the word itself is."""
    exiger(corps)


def ajouter_agent(db: Database, entete: Entete, corps: Corps | None) -> None:
    """`agent.ajouter` {nom, role}: a new agent, or one who comes back."""
    corps = exiger(corps)
    db.execute(
        "INSERT INTO agent (agent_id, nom, role, actif, depuis) VALUES (?, ?, ?, 1, ?) "
        "ON CONFLICT (agent_id) DO UPDATE SET nom = excluded.nom, role = excluded.role, actif = 1",
        [entete.subject_id, corps["nom"], corps.get("role") or "mediateur", entete.wall],
    )


def retirer_agent(db: Database, entete: Entete, corps: Corps | None) -> None:  # noqa: ARG001
    """`agent.retirer`: signs no act any more."""
    changer(db, "UPDATE agent SET actif = 0 WHERE agent_id = ?", [entete.subject_id], 1)


def changer_epoque(db: Database, entete: Entete, corps: Corps | None) -> None:  # noqa: ARG001
    """`poste.epoque`: a new chain. The lots held are left: their next numbers may be on paper already (protocol §5)."""
    db.execute("UPDATE lot SET rendu = 1")
