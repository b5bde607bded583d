"""Reading the log as stored: headers, salts and bodies, in the order of epochs and numbers."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
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


def contient(db: Database, entete: Entete) -> bool:
    """True when the log has this very operation at its place."""
    sql = "SELECT 1 FROM operation WHERE epoch = ? AND seq = ? AND hash = ?"
    return db.execute(sql, [entete.epoch, entete.seq, entete.hash]).fetchone() is not None


def dites(db: Database, operations: Iterable[Operation]) -> set[tuple[str, str, bytes]]:
    """(subject, type, body) of what the log says of the subjects of these operations, erased bodies left out."""
    sujets = json.dumps(sorted({operation.entete.subject_id for operation in operations}))
    sql = (
        "SELECT subject_id, type, octets FROM operation JOIN corps USING (op_id) "
        "WHERE subject_id IN (SELECT value FROM json_each(?))"
    )
    return {(str(sujet), str(type_), bytes(octets)) for sujet, type_, octets in db.execute(sql, [sujets])}


def derniere_identite(db: Database, sujet: str) -> bytes | None:
    """The body of the last operation that says who this person is; None when there is none, or when it was erased."""
    sql = (
        "SELECT octets FROM operation LEFT JOIN corps USING (op_id) WHERE subject_id = ? "
        "AND type IN ('personne.enregistrer', 'personne.modifier') ORDER BY epoch DESC, seq DESC LIMIT 1"
    )
    ligne = db.execute(sql, [sujet]).fetchone()
    return bytes(ligne[0]) if ligne and ligne[0] is not None else None


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
