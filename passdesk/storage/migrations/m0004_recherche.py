"""Search as one types: beginnings of up to eight letters are indexed, birth year and home are words of the index.

And the keys under which look-alikes are found.
"""

from __future__ import annotations

from datetime import date

from passdesk.domain.ressemblance import Identite, cles
from passdesk.storage.pilote import Database

_FTS = (
    "CREATE VIRTUAL TABLE personne_fts USING fts5(recherche, content='personne', content_rowid='rang', "
    "tokenize='unicode61 remove_diacritics 2', prefix='1 2 3 4 5 6 7 8')"
)
_RETIRER = "INSERT INTO personne_fts(personne_fts, rowid, recherche) VALUES ('delete', old.rang, old.recherche);"
_AJOUTER = "INSERT INTO personne_fts(rowid, recherche) VALUES (new.rang, new.recherche);"
_DECLENCHEURS = {"ai": ("INSERT", _AJOUTER), "ad": ("DELETE", _RETIRER), "au": ("UPDATE", _RETIRER + _AJOUTER)}


def appliquer(db: Database) -> None:
    """Rebuilds the full-text index, and adds the indexes that the other ways of searching read."""
    db.table("personne").disable_fts()
    db.execute(
        "UPDATE personne SET recherche = trim(recherche || ' ' || coalesce(substr(naissance, 1, 4), '') || ' ' || "
        "coalesce(lower(commune), '')) WHERE efface = 0"
    )
    db.execute("UPDATE personne SET recherche = replace(recherche, '  ', ' ')")
    db.execute(_FTS)
    # What is erased must leave the pages of the index too (protocol §8).
    db.execute("INSERT INTO personne_fts(personne_fts, rank) VALUES('secure-delete', 1)")
    for nom, (acte, faire) in _DECLENCHEURS.items():
        db.execute(f"CREATE TRIGGER personne_{nom} AFTER {acte} ON personne BEGIN {faire} END")
    db.execute("INSERT INTO personne_fts(personne_fts) VALUES('rebuild')")
    for rang in (1, 2, 3, 5, 7):
        db.execute(f"CREATE INDEX idx_personne_chiffres_{rang} ON personne ({_chiffres(rang)})")
    db.execute("CREATE INDEX idx_personne_commune ON personne (commune, nom_naissance, prenoms)")
    db.execute("CREATE INDEX idx_personne_fusion ON personne (fusionnee_dans) WHERE fusionnee_dans IS NOT NULL")
    db.execute("CREATE INDEX idx_personne_modifie ON personne (modifie, rang)")
    _rapprochements(db)


def _rapprochements(db: Database) -> None:
    db.execute(
        "CREATE TABLE rapprochement (cle TEXT NOT NULL, rang INTEGER NOT NULL REFERENCES personne (rang), "
        "PRIMARY KEY (cle, rang)) STRICT, WITHOUT ROWID"
    )
    db.execute("CREATE INDEX idx_rapprochement_rang ON rapprochement (rang)")
    sql = "SELECT rang, nom_naissance, prenoms, naissance, chiffres, nom_usage, courriel FROM personne WHERE efface = 0"
    if "courriel" not in {colonne.name for colonne in db.table("personne").columns}:
        sql = sql.replace("courriel", "''")
    for rang, nom, prenoms, naissance, chiffres, usage, courriel in db.execute(sql).fetchall():
        jour = date.fromisoformat(naissance) if naissance else None
        identite = Identite(nom, prenoms, jour, chiffres, usage, courriel.strip().lower())
        db.conn.executemany("INSERT INTO rapprochement VALUES (?, ?)", [(cle, rang) for cle in cles(identite)])


def _chiffres(rang: int) -> str:
    """The expression must be written as the search writes it, or SQLite does not see its index."""
    return "chiffres" if rang == 1 else f"substr(chiffres, {rang})"
