"""Erasure of a person: bodies, salts and drafts go, headers stay, and the chain still verifies (protocol §8)."""

from __future__ import annotations

from collections.abc import Sequence

from passdesk.protocol import canonique
from passdesk.storage.pilote import Database
from passdesk.storage.projections import EFFACABLES, personnes_fusionnees

MENAGE = "menage"
"""Where the desk notes that free pages still hold what was erased: to be rewritten before anything else."""


def effacer(db: Database, personne_id: str, litiges: Sequence[str] = ()) -> None:
    """Drops what tells who this person, or anyone merged into it, is; the tables are emptied by the projection.

    `litiges`: cases about them, whose notes go too: agents write names there.
    """
    concernees = personnes_fusionnees(db, personne_id)
    marques = ", ".join("?" for _ in concernees)
    genres = " OR ".join("type LIKE ?" for _ in EFFACABLES)
    trouvees = f"SELECT op_id FROM operation WHERE subject_id IN ({marques}) AND ({genres})"  # noqa: S608
    valeurs = [*concernees, *(debut + "%" for debut in EFFACABLES)]
    db.execute(f"DELETE FROM corps WHERE op_id IN ({trouvees})", valeurs)  # noqa: S608
    cas = ", ".join("?" for _ in litiges)
    notes = f"SELECT op_id FROM operation WHERE subject_id IN ({cas}) AND type = 'litige.noter' AND v = 1"  # noqa: S608
    db.execute(f"DELETE FROM corps WHERE op_id IN ({notes})", list(litiges))  # noqa: S608
    db.execute(f"DELETE FROM fiche_en_saisie WHERE personne_id IN ({marques})", concernees)  # noqa: S608
    db.execute(f"DELETE FROM consultation WHERE personne_id IN ({marques})", concernees)  # noqa: S608
    for brouillon_id in brouillons_de(db, concernees):
        db.execute("DELETE FROM brouillon WHERE brouillon_id = ?", [brouillon_id])
        db.execute("DELETE FROM numerisation WHERE demande_id = ?", [brouillon_id])
    # In the same transaction: cut before the pages are rewritten, the desk still knows that they must be.
    sql = "INSERT INTO poste (nom, texte) VALUES (?, '1') ON CONFLICT (nom) DO UPDATE SET texte = '1'"
    db.execute(sql, [MENAGE])


def brouillons_de(db: Database, concernees: Sequence[str]) -> list[str]:
    """The drafts of these persons, by id."""
    lus = db.execute("SELECT brouillon_id, octets FROM brouillon").fetchall()
    return [ident for ident, octets in lus if canonique.decode(octets).get("personne_id") in concernees]
