"""The persons of a commune in the order that is shown: É with E, where the letters as written put it after Z."""

from __future__ import annotations

from passdesk.storage.pilote import Database


def appliquer(db: Database) -> None:
    """`recherche` begins with the birth name, folded, then the first names."""
    db.execute("DROP INDEX idx_personne_commune")
    db.execute("CREATE INDEX idx_personne_commune ON personne (commune, recherche)")
