"""The rest of the person's file: birth place, address, contact, needs, note; channel of a request; who saw a proof."""

from __future__ import annotations

from passdesk.protocol import canonique
from passdesk.storage.pilote import Database

_TEXTES_PERSONNE = (
    "lieu_naissance", "adresse", "complement_adresse", "code_postal", "courriel", "preference_contact", "langue",
    "note",
)  # fmt: skip


def appliquer(db: Database) -> None:
    """Adds the columns; what the log already says of proofs is filled in, as a rebuild would."""
    for colonne in _TEXTES_PERSONNE:
        db.execute(f"ALTER TABLE personne ADD COLUMN {colonne} TEXT NOT NULL DEFAULT ''")
    db.execute("ALTER TABLE personne ADD COLUMN besoins TEXT NOT NULL DEFAULT '[]'")
    db.execute("ALTER TABLE demande ADD COLUMN canal TEXT")
    db.execute("ALTER TABLE justificatif ADD COLUMN vu_par TEXT NOT NULL DEFAULT ''")
    db.execute("ALTER TABLE justificatif ADD COLUMN constate INTEGER NOT NULL DEFAULT 0")
    db.execute("ALTER TABLE justificatif ADD COLUMN numerisation TEXT NOT NULL DEFAULT ''")
    db.execute("ALTER TABLE justificatif ADD COLUMN pages INTEGER NOT NULL DEFAULT 0")
    _qui_a_vu(db)
    db.execute(
        "CREATE TABLE numerisation (demande_id TEXT NOT NULL, empreinte TEXT NOT NULL, page INTEGER NOT NULL, "
        "octets BLOB NOT NULL, ajoute INTEGER NOT NULL, PRIMARY KEY (demande_id, empreinte, page)) STRICT"
    )
    db.execute(
        "CREATE TABLE accompagnement (accompagnement_id TEXT NOT NULL PRIMARY KEY, personne_id TEXT NOT NULL, "
        "le TEXT NOT NULL, duree INTEGER NOT NULL, type_lieu TEXT NOT NULL, thematiques TEXT NOT NULL, commune TEXT, "
        "agent_id TEXT NOT NULL, wall INTEGER NOT NULL) STRICT"
    )
    db.execute("CREATE INDEX idx_accompagnement_personne_id ON accompagnement (personne_id)")
    db.execute(
        "CREATE TABLE fiche_en_saisie (personne_id TEXT NOT NULL PRIMARY KEY, octets BLOB NOT NULL, "
        "modifie INTEGER NOT NULL) STRICT"
    )


def _qui_a_vu(db: Database) -> None:
    sql = (
        "SELECT o.agent_id, o.wall, c.octets FROM operation o JOIN corps c ON c.op_id = o.op_id "
        "WHERE o.type = 'justificatif.constater' AND o.v = 1 ORDER BY o.epoch, o.seq"
    )
    for agent_id, wall, octets in db.execute(sql).fetchall():
        corps = canonique.decode(octets)
        db.execute(
            "UPDATE justificatif SET vu_par = ?, constate = ? WHERE demande_id = ? AND type = ?",
            [agent_id, wall, corps["demande"], corps["type"]],
        )
