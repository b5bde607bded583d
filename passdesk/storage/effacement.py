"""Erasure of a person: bodies, salts and drafts go, headers stay, and the chain still verifies (protocol §8)."""

from __future__ import annotations

from passdesk.protocol import canonique
from passdesk.storage.pilote import Database
from passdesk.storage.projections import EFFACABLES, personnes_fusionnees


def effacer(db: Database, personne_id: str) -> None:
    """Drops what tells who this person, or anyone merged into it, is; the tables are emptied by the projection."""
    concernees = personnes_fusionnees(db, personne_id)
    marques = ", ".join("?" for _ in concernees)
    genres = " OR ".join("type LIKE ?" for _ in EFFACABLES)
    trouvees = f"SELECT op_id FROM operation WHERE subject_id IN ({marques}) AND ({genres})"  # noqa: S608
    valeurs = [*concernees, *(debut + "%" for debut in EFFACABLES)]
    db.execute(f"DELETE FROM corps WHERE op_id IN ({trouvees})", valeurs)  # noqa: S608
    db.execute(f"DELETE FROM fiche_en_saisie WHERE personne_id IN ({marques})", concernees)  # noqa: S608
    for brouillon_id, octets in db.execute("SELECT brouillon_id, octets FROM brouillon").fetchall():
        if canonique.decode(octets).get("personne_id") in concernees:
            db.execute("DELETE FROM brouillon WHERE brouillon_id = ?", [brouillon_id])
            db.execute("DELETE FROM numerisation WHERE demande_id = ?", [brouillon_id])
