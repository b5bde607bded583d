"""Whose a row was before two records were made one: what a merge that is undone gives back (record 0021)."""

from __future__ import annotations

import cbor2

from passdesk.storage.pilote import Database

_LIGNES = (
    ("demande.deposer", "demande", "demande"),
    ("attribution.accorder", "attribution", "attribution"),
    ("accompagnement.noter", "accompagnement", "accompagnement"),
)
"""Type of operation, key of its body, table."""


def appliquer(db: Database) -> None:
    """Adds the column, filled from the first operation that wrote each row."""
    for _, _, table in _LIGNES:
        db.execute(f"ALTER TABLE {table} ADD COLUMN origine TEXT NOT NULL DEFAULT ''")
    sql = (
        "SELECT o.subject_id, c.octets FROM operation o JOIN corps c ON c.op_id = o.op_id "
        "WHERE o.type = ? ORDER BY o.epoch, o.seq"
    )
    for genre, cle, table in _LIGNES:
        remplir = f"UPDATE {table} SET origine = ? WHERE {table}_id = ? AND origine = ''"  # noqa: S608
        for sujet, octets in db.execute(sql, [genre]).fetchall():
            corps = cbor2.loads(octets)
            if cle in corps:
                db.execute(remplir, [sujet, corps[cle]])
