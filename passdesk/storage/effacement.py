"""Erasure of a person: bodies and salts go, headers stay, and the chain still verifies (protocol §8)."""

from __future__ import annotations

from passdesk.storage.pilote import Database
from passdesk.storage.projections import EFFACABLES, personnes_fusionnees


def effacer_corps(db: Database, personne_id: str) -> int:
    """Drops the bodies that tell who this person (or anyone merged into it) is; returns how many."""
    concernees = personnes_fusionnees(db, personne_id)
    marques = ", ".join("?" for _ in concernees)
    genres = " OR ".join("type LIKE ?" for _ in EFFACABLES)
    trouvees = f"SELECT op_id FROM operation WHERE subject_id IN ({marques}) AND ({genres})"  # noqa: S608
    valeurs = [*concernees, *(debut + "%" for debut in EFFACABLES)]
    return int(db.execute(f"DELETE FROM corps WHERE op_id IN ({trouvees})", valeurs).rowcount)  # noqa: S608
