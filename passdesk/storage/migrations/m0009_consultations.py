"""Who looked at which file, and when: kept at this desk alone, told to the person who asks (decision 0035)."""

from __future__ import annotations

from passdesk.storage.pilote import Database


def appliquer(db: Database) -> None:
    """Creates the table. `geste`: what was done with the file, of a closed list."""
    db.execute(
        "CREATE TABLE consultation (rang INTEGER PRIMARY KEY, personne_id TEXT NOT NULL, agent_id TEXT NOT NULL, "
        "geste TEXT NOT NULL, quand INTEGER NOT NULL) STRICT"
    )
    db.execute("CREATE INDEX idx_consultation_personne ON consultation (personne_id, rang)")
