"""What operations do to the decisions as taken. Their subject stays the one written: a merge is followed at reading."""

from __future__ import annotations

import json
from collections.abc import Sequence

from passdesk.protocol import canonique
from passdesk.protocol.operations import Entete
from passdesk.storage.pilote import Database
from passdesk.storage.projections.lignes import Corps, jour_utc


def garder_faits(db: Database, entete: Entete, corps: Corps) -> None:
    """Key `faits` of `demande.deposer/completer`: what the decision that follows was made of."""
    if "faits" in corps:
        db.execute(
            "INSERT INTO decision_faits (op_id, sujet, octets) VALUES (?, ?, ?)",
            [entete.op_id, entete.subject_id, canonique.encode(corps["faits"])],
        )


def noter(db: Database, entete: Entete, corps: Corps) -> None:
    """`attribution.accorder/refuser`: the answer. `faits`: op_id of its facts, absent in bases of earlier programs."""
    db.execute(
        "INSERT INTO decision (op_id, sujet, demande_id, attribution_id, issue, pass, reste, carnets, motifs, "
        "reglement, empreinte, le, agent_id, wall, faits_op) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [
            entete.op_id, entete.subject_id, corps["demande"], corps.get("attribution"),
            corps.get("issue") or "accord", corps.get("pass") or 0, corps.get("reste") or 0,
            json.dumps([carnet["taille"] for carnet in corps.get("carnets", ())]), json.dumps(list(corps["motifs"])),
            corps["reglement"], corps["empreinte"], corps.get("le") or jour_utc(entete), entete.agent_id, entete.wall,
            corps.get("faits"),
        ],
    )  # fmt: skip


def oublier(db: Database, personnes_id: Sequence[str]) -> None:
    """Erasure: the answers stay, with their codes; the facts go."""
    marques = ", ".join("?" for _ in personnes_id)
    db.execute(f"DELETE FROM decision_faits WHERE sujet IN ({marques})", list(personnes_id))  # noqa: S608
