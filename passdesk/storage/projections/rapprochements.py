"""The keys under which a person's look-alikes are found: written with the identity, gone with it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from passdesk.domain.ressemblance import Identite, cles
from passdesk.storage.pilote import Database
from passdesk.storage.recherche import chiffres_telephone


def noter(db: Database, personne_id: str, corps: Mapping[str, Any]) -> None:
    """Replaces the keys of this person; an empty body leaves none."""
    sql = "SELECT rang FROM personne WHERE personne_id = ?"
    (rang,) = db.execute(sql, [personne_id]).fetchone()
    db.execute("DELETE FROM rapprochement WHERE rang = ?", [rang])
    nom, prenoms, usage, telephone, courriel = (
        str(corps.get(champ) or "") for champ in ("nom_naissance", "prenoms", "nom_usage", "telephone", "courriel")
    )
    naissance = corps.get("naissance")
    identite = Identite(
        nom,
        prenoms,
        date.fromisoformat(naissance) if naissance else None,
        chiffres_telephone(telephone),
        usage,
        courriel.strip().lower(),
    )
    db.conn.executemany("INSERT INTO rapprochement (cle, rang) VALUES (?, ?)", [(cle, rang) for cle in cles(identite)])
