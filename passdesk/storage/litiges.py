"""The cases that the Region opened about carnets of this desk, and the notes written on them here."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from passdesk.storage.engine import Base
from passdesk.storage.lecture import Ligne, entiers, instant, ligne, lignes, maintenant_ms, nombre, textes


@dataclass(frozen=True, slots=True)
class NoteLitige:
    """A note of an agent on a case."""

    texte: str = field(repr=False)
    agent_id: str
    quand: datetime


@dataclass(frozen=True, slots=True)
class Litige:
    """A case: `sujet` (person id here, if known), the carnets concerned here, pass in excess, desks to call.

    `decision`: what the Region decided, "" before; `decide`: when this desk heard it (UTC). `traite`: seen here, since
    that decision when there is one.
    """

    litige_id: str
    sujet: str | None
    campagne: int
    carnets: tuple[int, ...]
    excedent: int
    postes: tuple[str, ...]
    recu: datetime
    notes: tuple[NoteLitige, ...]
    traite: bool
    decision: str = ""
    decide: datetime | None = None


def ouvrir(
    base: Base,
    *,
    srv_seq: int,
    litige_id: str,
    sujet: str | None,
    campagne: int,
    carnets: Sequence[int],
    excedent: int,
    postes: Sequence[str],
) -> None:
    """Keeps a case told by the Region; told again, it replaces what was known and keeps the first day."""
    with base.ecriture() as db:
        db.execute(
            "INSERT INTO litige (litige_id, sujet, campagne, carnets, excedent, postes, srv_seq, recu) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (litige_id) DO UPDATE SET sujet = excluded.sujet, "
            "campagne = excluded.campagne, carnets = excluded.carnets, excedent = excluded.excedent, "
            "postes = excluded.postes, srv_seq = excluded.srv_seq",
            [
                litige_id, sujet, campagne, json.dumps(list(carnets)), excedent, json.dumps(list(postes)), srv_seq,
                maintenant_ms(base),
            ],
        )  # fmt: skip


def trancher(base: Base, litige_id: str, decision: str) -> None:
    """Keeps what the Region decided; told again, it changes nothing: the case stays seen."""
    with base.ecriture() as db:
        db.execute(
            "UPDATE litige SET decision = ?, decide = ? WHERE litige_id = ? AND decision IS NOT ?",
            [decision, maintenant_ms(base), litige_id, decision],
        )


def _litige(base: Base, champs: Ligne) -> Litige:
    sql = "SELECT texte, traite, agent_id, wall FROM litige_note WHERE litige_id = ? ORDER BY wall, op_id"
    notees = lignes(base, sql, [champs["litige_id"]])
    return Litige(
        litige_id=champs["litige_id"],
        sujet=champs["sujet"],
        campagne=champs["campagne"],
        carnets=entiers(champs["carnets"]),
        excedent=champs["excedent"],
        postes=textes(champs["postes"]),
        recu=instant(champs["recu"]),
        notes=tuple(NoteLitige(note["texte"], note["agent_id"], instant(note["wall"])) for note in notees),
        traite=any(note["traite"] and note["wall"] >= (champs["decide"] or 0) for note in notees),
        decision=champs["decision"] or "",
        decide=instant(champs["decide"]) if champs["decide"] is not None else None,
    )


def get(base: Base, litige_id: str) -> Litige | None:
    """The case with this id, or None."""
    trouve = ligne(base, "SELECT * FROM litige WHERE litige_id = ?", [litige_id])
    return _litige(base, trouve) if trouve else None


def lister(base: Base) -> tuple[Litige, ...]:
    """All cases, oldest first."""
    return tuple(_litige(base, champs) for champs in lignes(base, "SELECT * FROM litige ORDER BY recu, litige_id"))


def compter_a_traiter(base: Base) -> int:
    """Cases that no note here marks as dealt with, since the Region decided when it has."""
    sql = (
        "SELECT count(*) FROM litige l WHERE NOT EXISTS "
        "(SELECT 1 FROM litige_note n WHERE n.litige_id = l.litige_id AND n.traite AND n.wall >= coalesce(l.decide, 0))"
    )
    return nombre(base, sql)
