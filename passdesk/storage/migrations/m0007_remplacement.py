"""The carnet that an award replaces: lost, stolen or damaged after its hand-over (protocol §3)."""

from __future__ import annotations

from passdesk.storage.pilote import Database


def appliquer(db: Database) -> None:
    """Adds the two columns, empty: no award replaced anything before."""
    for colonne in ("remplace_campagne", "remplace_numero"):
        db.execute(f"ALTER TABLE attribution ADD COLUMN {colonne} INTEGER")
