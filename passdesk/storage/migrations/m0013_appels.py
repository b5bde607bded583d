"""What the calls about each carnet gave, so that those who were called are not read one by one to find the others."""

from __future__ import annotations

import cbor2

from passdesk.storage.pilote import Database


def appliquer(db: Database) -> None:
    """Creates the table, filled from the log; the last call stands on the carnet too, and those in hand are found in
    the order in which their holders are called.
    """
    db.execute(
        "CREATE TABLE appel (rang INTEGER PRIMARY KEY, op_id TEXT NOT NULL, personne_id TEXT NOT NULL, "
        "campagne INTEGER NOT NULL, numero INTEGER NOT NULL, le TEXT NOT NULL, issue TEXT NOT NULL) STRICT"
    )
    db.execute("CREATE INDEX idx_appel_carnet ON appel (campagne, numero, rang)")
    db.execute("CREATE INDEX idx_appel_personne ON appel (personne_id, rang)")
    for colonne in ("appel_le", "appel_issue"):
        db.execute(f"ALTER TABLE carnet ADD COLUMN {colonne} TEXT")
    db.execute(
        "CREATE INDEX idx_carnet_remis ON carnet "
        "(dernier_jour, remis_le, personne_id, campagne, numero, appel_le, appel_issue) WHERE etat = 'remis'"
    )
    actes = db.execute(
        "SELECT o.op_id, o.subject_id, c.octets FROM operation o JOIN corps c ON c.op_id = o.op_id "
        "WHERE o.type = 'personne.modifier' ORDER BY o.epoch, o.seq"
    ).fetchall()
    for op_id, sujet, octets in actes:
        dit = cbor2.loads(octets).get("rappel")
        if not dit:
            continue
        if dit.get("repris"):
            dernier = "SELECT op_id FROM appel WHERE personne_id = ? ORDER BY rang DESC LIMIT 1"
            db.execute(f"DELETE FROM appel WHERE op_id = ({dernier})", [sujet])  # noqa: S608
            continue
        for campagne, numero in dit["carnets"]:
            db.execute(
                "INSERT INTO appel (op_id, personne_id, campagne, numero, le, issue) VALUES (?, ?, ?, ?, ?, ?)",
                [op_id, sujet, campagne, numero, dit["le"], dit["issue"]],
            )
    dernier = "FROM appel a WHERE (a.campagne, a.numero) = (carnet.campagne, carnet.numero) ORDER BY rang DESC LIMIT 1"
    db.execute(f"UPDATE carnet SET (appel_le, appel_issue) = (SELECT le, issue {dernier})")  # noqa: S608
