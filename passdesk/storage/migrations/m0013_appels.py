"""What the calls about each carnet gave, so that those who were called are not read one by one to find the others."""

from __future__ import annotations

from typing import Any

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
        "SELECT o.op_id, o.type, o.subject_id, c.octets FROM operation o LEFT JOIN corps c ON c.op_id = o.op_id "
        "WHERE o.type = 'personne.effacer' OR (o.type = 'personne.modifier' AND c.octets IS NOT NULL) "
        "ORDER BY o.epoch, o.seq"
    ).fetchall()
    for op_id, genre, sujet, octets in actes:
        if genre == "personne.effacer":
            _oublier(db, sujet)
        elif dit := cbor2.loads(octets).get("rappel"):
            _noter(db, op_id, sujet, dit)
    _reporter(db)


def _noter(db: Database, op_id: str, sujet: str, dit: dict[str, Any]) -> None:
    if "carnets" not in dit:
        dernier = "SELECT op_id FROM appel WHERE personne_id = ? AND issue <> 'repris' ORDER BY rang DESC LIMIT 1"
        db.execute(f"DELETE FROM appel WHERE op_id = ({dernier})", [sujet])  # noqa: S608
        return
    mot = ("", "repris") if dit.get("repris") else (dit["le"], dit["issue"])
    for carnet in dit["carnets"]:
        sql = "INSERT INTO appel (op_id, personne_id, campagne, numero, le, issue) VALUES (?, ?, ?, ?, ?, ?)"
        db.execute(sql, [op_id, sujet, *carnet, *mot])


def _oublier(db: Database, sujet: str) -> None:
    """What others said of the carnets of a person who is erased; their own words are no more in the log."""
    db.execute(
        "WITH RECURSIVE f(id) AS (SELECT ? UNION SELECT personne_id FROM personne JOIN f ON fusionnee_dans = f.id) "
        "DELETE FROM appel WHERE (campagne, numero) IN "
        "(SELECT campagne, numero FROM carnet WHERE personne_id IN (SELECT id FROM f))",
        [sujet],
    )


def _reporter(db: Database) -> None:
    """On each carnet, the call that stands."""
    debout: dict[tuple[int, int], list[tuple[str, str]]] = {}
    for campagne, numero, le, issue in db.execute("SELECT campagne, numero, le, issue FROM appel ORDER BY rang"):
        siens = debout.setdefault((campagne, numero), [])
        if issue != "repris":
            siens.append((le, issue))
        elif siens:
            siens.pop()
    sql = "UPDATE carnet SET appel_le = ?, appel_issue = ? WHERE (campagne, numero) = (?, ?)"
    for carnet, siens in debout.items():
        if siens:
            db.execute(sql, [*siens[-1], *carnet])
