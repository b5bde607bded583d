"""Reading the log as stored: headers, salts and bodies, in the order of epochs and numbers."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from passdesk.protocol.operations import Entete, Operation, Tete
from passdesk.storage.pilote import Database

_COLONNES = "epoch, seq, o.op_id, type, v, agent_id, subject_id, wall, commitment, prev_hash, hash"


def tete(db: Database) -> Tete:
    """The head of the present epoch; epoch 1, number 0 when nothing was written yet."""
    ligne = db.execute("SELECT epoch, seq, hash FROM operation ORDER BY epoch DESC, seq DESC LIMIT 1").fetchone()
    return Tete(*ligne) if ligne else Tete(1)


def operations(
    db: Database, *, apres: tuple[int, int] = (0, 0), epoch: int | None = None, limite: int = -1
) -> Iterator[Operation]:
    """Operations after (epoch, seq), of one epoch or of all, at most `limite` (-1: no limit)."""
    filtre = "(epoch, seq) > (?, ?)" + ("" if epoch is None else " AND epoch = ?")
    valeurs: list[Any] = [*apres, *([] if epoch is None else [epoch]), limite]
    lignes = db.execute(
        f"SELECT {_COLONNES}, sel, octets FROM operation o LEFT JOIN corps c ON c.op_id = o.op_id "  # noqa: S608
        f"WHERE {filtre} ORDER BY epoch, seq LIMIT ?",
        valeurs,
    )
    for ligne in lignes:
        yield Operation(Entete(*ligne[:11]), ligne[11], ligne[12])


def ajouter(db: Database, operation: Operation) -> None:
    """Appends one sealed operation, with its body unless erased."""
    entete = operation.entete
    db.execute(
        "INSERT INTO operation (epoch, seq, op_id, type, v, agent_id, subject_id, wall, commitment, prev_hash, hash) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        entete.vers_fil(),
    )
    if operation.sel is not None and operation.corps is not None:
        db.execute(
            "INSERT INTO corps (op_id, sel, octets) VALUES (?, ?, ?)", [entete.op_id, operation.sel, operation.corps]
        )
